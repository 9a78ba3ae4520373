#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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

  /// The bytes that the content of a string, as told by `stringRange`, stands for.
  public func unescaped(
    _ range: ByteRange, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = range.start
    while index < range.end {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      let escape = bytes[index]
      index += 1
      switch escape {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(escape)
      case UInt8(ascii: "u"):
        result.append(contentsOf: String(try unicodeEscape(&index, range, bytes)).utf8)
      default: throw failure("unknown escape in a string", in: bytes, at: index - 2)
      }
    }
    return result
  }

  /// The character that an escape names by its number, alone or with the escape behind it as the
  /// other half of a surrogate pair.
  private func unicodeEscape(
    _ index: inout Int, _ range: ByteRange, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Unicode.Scalar {
    let start = index - 2
    let first = try fourHexDigits(&index, range, bytes)
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, index + 2 <= range.end, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    {
      index += 2
      let second = try fourHexDigits(&index, range, bytes)
      if let scalar = Unicode.Scalar(surrogates: first, second) { return scalar }
    }
    throw failure("half of a surrogate pair", in: bytes, at: start)
  }

  private func fourHexDigits(
    _ index: inout Int, _ range: ByteRange, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> UInt32 {
    let start = index
    var value: UInt32 = 0
    while index < min(start + 4, range.end), let digit = bytes.digit(index, radix: 16) {
      value = value << 4 | UInt32(digit)
      index += 1
    }
    guard index == start + 4 else {
      throw failure("\\u needs four hexadecimal digits", in: bytes, at: start - 2)
    }
    return value
  }
}

extension SourcePosition {
  /// The line and column of a byte offset, found by counting line feeds.
  public static func text(of offset: Int, in bytes: Span<UInt8>) -> SourcePosition {
    var line = 1
    var lineStart = 0
    for index in 0..<min(offset, bytes.count) where bytes[index] == 0x0A {
      line += 1
      lineStart = index + 1
    }
    return .text(line: line, column: offset - lineStart + 1)
  }
}

extension Unicode.Scalar {
  /// The character that a high and a low surrogate stand for together; nil when they are none.
  public init?(surrogates high: UInt32, _ low: UInt32) {
    guard 0xD800...0xDBFF ~= high, 0xDC00...0xDFFF ~= low else { return nil }
    self.init(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
  }
}

extension Span where Element == UInt8 {
  /// The value of a digit, if the byte at `index` is one; a radix of at most 16.
  public func digit(_ index: Int, radix: UInt64) -> UInt64? {
    let byte = self[index]
    let value: UInt64
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): value = UInt64(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): value = UInt64(byte - UInt8(ascii: "A")) + 10
    default: return nil
    }
    return value < radix ? value : nil
  }

  /// The offset of the first such byte at or behind `start`; the end when there is none.
  package func offset(of byte: UInt8, from start: Int) -> Int {
    let rest = extracting(start..<count)
    let distance = unsafe rest.withUnsafeBufferPointer { buffer -> Int? in
      guard let base = buffer.baseAddress,
        let found = unsafe memchr(base, Int32(byte), buffer.count)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
    return distance.map { start + $0 } ?? count
  }

  /// The offset of the first byte at or behind `start` that does not stand for itself inside a JSON
  /// string: a quote, a backslash or a control character; the end when there is none.
  public func offset(ofStringEndFrom start: Int) -> Int {
    var at = start
    // Eight bytes at a time: in each of the three words the lowest top bit that is set marks the
    // first byte of a kind.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops = ones << 7
    while at + 8 <= count {
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian
      let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
      let slashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
      let marks =
        ((quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes
          | (word &- ones &* 0x20) & ~word) & tops
      if marks != 0 { return at + marks.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < count {
      let byte = self[at]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return at }
      at += 1
    }
    return count
  }

  /// The end of `text` if it stands at an offset.
  public func end(of text: StaticString, at offset: Int) -> Int? {
    let length = text.utf8CodeUnitCount
    guard count - offset >= length else { return nil }
    for index in 0..<length where unsafe self[offset + index] != text.utf8Start[index] {
      return nil
    }
    return offset + length
  }

  /// Whether two spans hold the same bytes.
  public func isEqual(to other: Span<UInt8>) -> Bool {
    count == other.count && indices.allSatisfy { self[$0] == other[$0] }
  }

  /// The bytes of a range as text; invalid UTF-8 is repaired with U+FFFD.
  public func text(_ range: ByteRange) -> String {
    let part = extracting(range.start..<range.end)
    return unsafe part.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
