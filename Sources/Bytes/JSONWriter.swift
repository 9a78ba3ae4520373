/// Writes JSON text into memory, with the keys in the order they are given.
///
/// ```swift
/// var json = JSONWriter()
/// json.object { json in
///   json.member("name", "Conv")
///   json.key("opsets")
///   json.array { json in json.integer(13) }
/// }
/// let bytes = json.bytes
/// ```
public struct JSONWriter: Sendable {
  /// The text written since pieces were handed over last, as UTF-8.
  public private(set) var bytes: [UInt8] = []
  private let indentation: Int
  private var depth = 0
  private var needsComma = false
  private var followsKey = false

  /// Starts an empty document; an indentation of 0 puts everything on one line.
  public init(indentation: Int = 2) {
    self.indentation = indentation
  }

  /// Hands over what was written since the last time, so that a long document is never in memory as
  /// a whole.
  public mutating func handOver<Failure: Error>(
    to take: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    try take(bytes.span)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Writes an object whose members `body` writes.
  public mutating func object<Failure: Error>(
    _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    try container("{", "}", body)
  }

  /// Writes an array whose elements `body` writes.
  public mutating func array<Failure: Error>(
    _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    try container("[", "]", body)
  }

  /// Writes the key of the next value.
  public mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    if indentation > 0 { bytes.append(0x20) }
    followsKey = true
  }

  /// Writes a text; control characters are escaped.
  public mutating func string(_ text: String) {
    separate()
    quote(text)
  }

  /// Writes a whole number.
  public mutating func integer(_ number: some BinaryInteger) {
    separate()
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Writes a number in its shortest form; null when it is not finite.
  public mutating func double(_ number: Double) {
    separate()
    let text = number.isFinite ? "\(number)" : "null"
    bytes.append(contentsOf: (text.hasSuffix(".0") ? String(text.dropLast(2)) : text).utf8)
  }

  /// Writes true or false.
  public mutating func boolean(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// Writes null.
  public mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  /// Writes a key with a text.
  public mutating func member(_ name: String, _ text: String) {
    key(name)
    string(text)
  }

  /// Writes a key with a whole number.
  public mutating func member(_ name: String, _ number: some BinaryInteger) {
    key(name)
    integer(number)
  }

  private mutating func container<Failure: Error>(
    _ opening: StaticString, _ closing: StaticString,
    _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    separate()
    bytes.append(contentsOf: "\(opening)".utf8)
    depth += 1
    needsComma = false
    try body(&self)
    depth -= 1
    if needsComma { newLine() }
    bytes.append(contentsOf: "\(closing)".utf8)
    needsComma = true
  }

  /// Writes what has to stand before a key or value.
  private mutating func separate() {
    if followsKey {
      followsKey = false
      needsComma = true
      return
    }
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    if depth > 0 { newLine() }
    needsComma = true
  }

  private mutating func newLine() {
    guard indentation > 0 else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indentation * depth))
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20, 0x7F:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(Self.digit(byte >> 4))
        bytes.append(Self.digit(byte & 15))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
