import Bytes

/// Writes HTML whose texts and attribute values cannot become markup.
///
/// Names of elements and attributes are part of the program (`StaticString`); everything else goes
/// through one escape, after characters that steer or hide were spelled out.
struct HTMLBuilder {
  /// Attributes in the order they are written; nil leaves one out, an empty text is a bare name.
  typealias Attributes = KeyValuePairs<StaticString, String?>

  /// The page so far.
  private(set) var bytes: [UInt8] = []

  /// Code points that are kept of one text.
  private static let textLimit = 1000

  /// Begins a page.
  init() { bytes.append(contentsOf: "<!DOCTYPE html>\n".utf8) }

  /// Writes an element with content.
  mutating func element(
    _ name: StaticString, _ attributes: Attributes = [:], _ content: (inout HTMLBuilder) -> Void
  ) {
    begin(name, attributes)
    content(&self)
    end(name)
  }

  /// Writes an element that holds a text.
  mutating func element(
    _ name: StaticString, _ attributes: Attributes = [:], text: String, limit: Int = textLimit
  ) {
    begin(name, attributes)
    write(text: text, limit: limit)
    end(name)
  }

  /// Writes an element that has no content and no end, such as `meta`.
  mutating func void(_ name: StaticString, _ attributes: Attributes = [:]) {
    begin(name, attributes)
  }

  /// Writes a text.
  mutating func write(text: String, limit: Int = textLimit) {
    escape(text.visible(limit: limit))
  }

  /// Starts a new line of the file, for those who read the source.
  mutating func newLine() { bytes.append(UInt8(ascii: "\n")) }

  /// Writes a style sheet or a script as it is.
  mutating func write(_ asset: PageAsset) {
    begin(asset.element, [:])
    bytes.append(contentsOf: asset.text.utf8)
    end(asset.element)
  }

  // MARK: Parts

  mutating func begin(_ name: StaticString, _ attributes: Attributes) {
    bytes.append(UInt8(ascii: "<"))
    append(name)
    for (key, value) in attributes {
      guard let value else { continue }
      bytes.append(UInt8(ascii: " "))
      append(key)
      if value.isEmpty { continue }
      bytes.append(contentsOf: "=\"".utf8)
      escape(value.visible(limit: Self.textLimit))
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
  }

  mutating func end(_ name: StaticString) {
    bytes.append(contentsOf: "</".utf8)
    append(name)
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func append(_ name: StaticString) {
    bytes.append(contentsOf: name.description.utf8)
  }

  private mutating func escape(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
      case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
      default: bytes.append(byte)
      }
    }
  }
}

/// A style sheet or a script that is part of the program.
struct PageAsset {
  /// `style` or `script`.
  let element: StaticString
  /// What stands in it; never a text from outside.
  let text: String

  /// The source by which a content security policy allows it, such as `'sha256-…'`.
  var policySource: String {
    var hash = SHA256()
    hash.update(text)
    return "'sha256-\(hash.digest().base64)'"
  }
}

extension [UInt8] {
  /// The bytes in base64 with padding (RFC 4648, section 4).
  var base64: String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: count, by: 3) {
      let group = self[start..<Swift.min(start + 3, count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        let digit = alphabet[bits >> (18 - 6 * place) & 63]
        text.append(place > group.count ? UInt8(ascii: "=") : digit)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
