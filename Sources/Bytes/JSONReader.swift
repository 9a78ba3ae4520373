/// Why JSON text could not be read, and where.
public struct JSONFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, in plain words.
  public let reason: String
  /// Line and column of the offending text.
  public let position: SourcePosition
  /// Path of field names and indices that leads there, such as `operators[3].domain`.
  public var path: String

  /// Makes a failure at a position; `path` may be filled in by callers on the way out.
  public init(reason: String, position: SourcePosition, path: String = "") {
    self.reason = reason
    self.position = position
    self.path = path
  }

  /// `line 3, column 7: operators[3].domain: reason`.
  public var description: String {
    path.isEmpty ? "\(position): \(reason)" : "\(position): \(path): \(reason)"
  }
}

/// What the next JSON value is, told by its first byte.
public enum JSONKind: Sendable, Equatable {
  /// `{`
  case object
  /// `[`
  case array
  /// `"`
  case string
  /// a digit or `-`
  case number
  /// `true` or `false`
  case boolean
  /// `null`
  case null
}

/// A pull reader over UTF-8 JSON that knows where it is; strict RFC 8259, no recursion of its own.
///
/// The bytes stay with the caller and are handed to each call, so that nothing is copied:
/// ```swift
/// var reader = JSONReader()
/// try reader.beginObject(bytes)
/// while let key = try reader.nextKey(bytes) { … }
/// try reader.end(bytes)
/// ```
public struct JSONReader: Sendable {
  /// Offset of the next byte to look at.
  @usableFromInline var at: Int
  /// Whether the innermost open container already had a member, for each open container.
  @usableFromInline var hadMember: [Bool] = []
  private let depthLimit: Int

  /// Starts at `offset`; containers nested deeper than `depthLimit` are refused.
  public init(at offset: Int = 0, depthLimit: Int = 512) {
    at = offset
    self.depthLimit = depthLimit
  }

  /// Offset of the next byte to look at.
  public var offset: Int { at }

  /// A failure at the place reached, or at `offset` if given.
  public func failure(_ reason: String, in bytes: Span<UInt8>, at offset: Int? = nil) -> JSONFailure
  {
    JSONFailure(reason: reason, position: .text(of: offset ?? at, in: bytes))
  }

  // MARK: Structure

  /// The kind of the next value, without consuming it.
  public mutating func peek(_ bytes: Span<UInt8>) throws(JSONFailure) -> JSONKind {
    skipSpace(bytes)
    guard at < bytes.count else { throw failure("ends where a value was expected", in: bytes) }
    switch bytes[at] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw failure("expected a value", in: bytes)
    }
  }

  /// Enters an object.
  public mutating func beginObject(_ bytes: Span<UInt8>) throws(JSONFailure) {
    try open(UInt8(ascii: "{"), "an object", bytes)
  }

  /// Enters an array.
  public mutating func beginArray(_ bytes: Span<UInt8>) throws(JSONFailure) {
    try open(UInt8(ascii: "["), "an array", bytes)
  }

  /// The next key of the object entered last, or nil after its end (which is consumed).
  public mutating func nextKey(_ bytes: Span<UInt8>) throws(JSONFailure) -> String? {
    guard let key = try nextKeyRange(bytes) else { return nil }
    guard key.hasEscapes else { return bytes.text(key.range) }
    return String(decoding: try unescaped(key.range, bytes), as: UTF8.self)
  }

  /// Like `nextKey`, but tells where the key stands, quotes excluded, without copying it.
  public mutating func nextKeyRange(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> (range: ByteRange, hasEscapes: Bool)? {
    guard try nextMember(UInt8(ascii: "}"), bytes) else { return nil }
    let key = try stringRange(bytes)
    skipSpace(bytes)
    guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else {
      throw failure("expected ':' after the key \"\(bytes.text(key.range))\"", in: bytes)
    }
    at += 1
    return key
  }

  /// Whether the array entered last has another element; its end is consumed.
  public mutating func nextElement(_ bytes: Span<UInt8>) throws(JSONFailure) -> Bool {
    try nextMember(UInt8(ascii: "]"), bytes)
  }

  /// Checks that nothing but white space follows the top-level value.
  public mutating func end(_ bytes: Span<UInt8>) throws(JSONFailure) {
    skipSpace(bytes)
    guard at == bytes.count else { throw failure("text after the end of the document", in: bytes) }
  }

  private mutating func open(
    _ bracket: UInt8, _ name: String, _ bytes: Span<UInt8>
  ) throws(JSONFailure) {
    skipSpace(bytes)
    guard at < bytes.count, bytes[at] == bracket else {
      throw failure("expected \(name)", in: bytes)
    }
    guard hadMember.count < depthLimit else {
      throw failure("nested more than \(depthLimit) levels deep", in: bytes)
    }
    at += 1
    hadMember.append(false)
  }

  private mutating func nextMember(
    _ closing: UInt8, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Bool {
    guard let isLater = hadMember.last else { preconditionFailure("no open container") }
    skipSpace(bytes)
    guard at < bytes.count else { throw failure("ends inside an object or array", in: bytes) }
    if bytes[at] == closing {
      at += 1
      hadMember.removeLast()
      return false
    }
    if isLater {
      guard bytes[at] == UInt8(ascii: ",") else { throw failure("expected ','", in: bytes) }
      at += 1
      skipSpace(bytes)
      guard at < bytes.count, bytes[at] != closing else {
        throw failure("a comma must be followed by another member", in: bytes)
      }
    }
    hadMember[hadMember.count - 1] = true
    return true
  }

  // MARK: Scalars

  /// `true` or `false`.
  public mutating func boolean(_ bytes: Span<UInt8>) throws(JSONFailure) -> Bool {
    skipSpace(bytes)
    if take("true", bytes) { return true }
    if take("false", bytes) { return false }
    throw failure("expected true or false", in: bytes)
  }

  /// Consumes `null` if it is next.
  public mutating func null(_ bytes: Span<UInt8>) -> Bool {
    skipSpace(bytes)
    return take("null", bytes)
  }

  /// The text of a number exactly as written.
  public mutating func numberText(_ bytes: Span<UInt8>) throws(JSONFailure) -> String {
    bytes.text(try numberRange(bytes))
  }

  /// Consumes a number and tells where it stands.
  public mutating func numberRange(_ bytes: Span<UInt8>) throws(JSONFailure) -> ByteRange {
    skipSpace(bytes)
    let start = at
    if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
    let leading = at
    guard takeDigits(bytes) else { throw failure("expected a number", in: bytes, at: start) }
    if bytes[leading] == UInt8(ascii: "0"), at - leading > 1 {
      throw failure("a number may not start with 0", in: bytes, at: start)
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard takeDigits(bytes) else { throw failure("digits must follow '.'", in: bytes) }
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
        at += 1
      }
      guard takeDigits(bytes) else { throw failure("digits must follow the exponent", in: bytes) }
    }
    return ByteRange(start, at)
  }

  /// A whole number that fits 64 bits.
  public mutating func integer(_ bytes: Span<UInt8>) throws(JSONFailure) -> Int64 {
    skipSpace(bytes)
    let start = at
    let text = try numberText(bytes)
    guard let value = Int64(text) else {
      throw failure("expected a whole number of 64 bits, found \(text)", in: bytes, at: start)
    }
    return value
  }

  /// Any number.
  public mutating func double(_ bytes: Span<UInt8>) throws(JSONFailure) -> Double {
    let text = try numberText(bytes)
    guard let value = Double(text) else { throw failure("expected a number", in: bytes) }
    return value
  }

  /// A string, with its escapes resolved.
  public mutating func string(_ bytes: Span<UInt8>) throws(JSONFailure) -> String {
    let content = try stringRange(bytes)
    guard content.hasEscapes else { return bytes.text(content.range) }
    return String(decoding: try unescaped(content.range, bytes), as: UTF8.self)
  }

  /// Consumes a string and tells where its content stands, quotes excluded, without copying it.
  public mutating func stringRange(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> (range: ByteRange, hasEscapes: Bool) {
    skipSpace(bytes)
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
      throw failure("expected a string", in: bytes)
    }
    at += 1
    let start = at
    var hasEscapes = false
    while true {
      at = bytes.offset(ofStringEndFrom: at)
      guard at < bytes.count else { break }
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        defer { at += 1 }
        return (ByteRange(start, at), hasEscapes)
      }
      if byte < 0x20 { throw failure("control character inside a string", in: bytes) }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        at += 1
      }
      at += 1
    }
    at = bytes.count
    throw failure("the string is not closed", in: bytes, at: start - 1)
  }

  /// Consumes and forgets the next value, whatever it is.
  public mutating func skipValue(_ bytes: Span<UInt8>) throws(JSONFailure) {
    let outer = hadMember.count
    repeat {
      if hadMember.count > outer {
        // The key of an object member is skipped together with its colon.
        let isObject = containerIsObject.last ?? false
        if isObject {
          guard try nextKey(bytes) != nil else { containerIsObject.removeLast(); continue }
        } else {
          guard try nextElement(bytes) else { containerIsObject.removeLast(); continue }
        }
      }
      switch try peek(bytes) {
      case .object:
        try beginObject(bytes)
        containerIsObject.append(true)
      case .array:
        try beginArray(bytes)
        containerIsObject.append(false)
      case .string: _ = try stringRange(bytes)
      case .number: _ = try numberText(bytes)
      case .boolean: _ = try boolean(bytes)
      case .null: guard null(bytes) else { throw failure("expected null", in: bytes) }
      }
    } while hadMember.count > outer
  }

  /// Passes over an object that ends its line, without looking inside.
  ///
  /// For files that are known to be valid and hold one object a line; elsewhere use `skipValue`.
  ///
  /// - Returns: Whether such an object was there; nothing is consumed when it was not.
  public mutating func skipLine(_ bytes: Span<UInt8>) -> Bool {
    skipSpace(bytes)
    guard at < bytes.count, bytes[at] == UInt8(ascii: "{") else { return false }
    var end = bytes.offset(of: 0x0A, from: at)
    if end > at, bytes[end - 1] == UInt8(ascii: ",") { end -= 1 }
    guard end > at, bytes[end - 1] == UInt8(ascii: "}") else { return false }
    at = end
    return true
  }

  /// Passes over members of an array up to a line, to just before the comma or end that follows.
  mutating func skipLines(upTo line: Int, _ bytes: Span<UInt8>) {
    at = line - 1
    if at > 0, bytes[at - 1] == UInt8(ascii: ",") { at -= 1 }
  }

  /// Kinds of the containers that `skipValue` has open.
  private var containerIsObject: [Bool] = []

  // MARK: Pieces

  private mutating func skipSpace(_ bytes: Span<UInt8>) {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  private mutating func take(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
    guard let end = bytes.end(of: word, at: at) else { return false }
    at = end
    return true
  }

  private mutating func takeDigits(_ bytes: Span<UInt8>) -> Bool {
    let start = at
    while at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 { at += 1 }
    return at > start
  }
}
