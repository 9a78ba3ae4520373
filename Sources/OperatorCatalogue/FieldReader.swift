import Bytes

/// A JSON reader that knows the path of the field it is at and refuses repeated keys.
///
/// Each key or element that is entered must be left with `leave()` once its value is read; when a
/// value cannot be read, the path stays where it was and tells where the failure is.
struct FieldReader {
  var json: JSONReader
  private var path: [Step] = []
  /// Offset of the key entered last.
  private var keyOffset = 0

  private enum Step {
    case key(String)
    case index(Int)
  }

  /// Starts at an offset.
  init(at offset: Int = 0) {
    json = JSONReader(at: offset, depthLimit: 16)
  }

  /// The path of the field entered last, such as `operators[3].inputs.X`.
  var pathText: String {
    var text = ""
    for step in path {
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .index(let index): text += "[\(index)]"
      }
    }
    return text
  }

  // MARK: Failures

  /// A failure at an offset.
  func failure(_ reason: String, at offset: Int, _ bytes: Span<UInt8>) -> JSONFailure {
    json.failure(reason, in: bytes, at: offset)
  }

  /// A failure at the key entered last.
  func keyFailure(_ reason: String, _ bytes: Span<UInt8>) -> JSONFailure {
    failure(reason, at: keyOffset, bytes)
  }

  /// The failure for a key that the format does not have.
  func unknownKey(_ bytes: Span<UInt8>) -> JSONFailure {
    keyFailure("the format has no such key", bytes)
  }

  /// The failure for an object that starts at `offset` and lacks a key.
  func missing(_ key: String, at offset: Int, _ bytes: Span<UInt8>) -> JSONFailure {
    failure("the key \"\(key)\" is missing", at: offset, bytes)
  }

  // MARK: Structure

  /// Offset of the next value.
  mutating func valueOffset(_ bytes: Span<UInt8>) throws(JSONFailure) -> Int {
    _ = try json.peek(bytes)
    return json.offset
  }

  /// Whether the next value is an object.
  mutating func isAtObject(_ bytes: Span<UInt8>) throws(JSONFailure) -> Bool {
    try json.peek(bytes) == .object
  }

  /// Enters an object and tells the offset of its start.
  @discardableResult
  mutating func beginObject(_ bytes: Span<UInt8>) throws(JSONFailure) -> Int {
    let start = try valueOffset(bytes)
    try json.beginObject(bytes)
    return start
  }

  /// Enters the next member of an object unless its key is among `seen`, where it is then noted.
  mutating func nextKey(
    _ bytes: Span<UInt8>, _ seen: inout [String]
  ) throws(JSONFailure) -> String? {
    guard let key = try nextKey(bytes, unless: { seen.contains($0) }) else { return nil }
    seen.append(key)
    return key
  }

  /// Enters the next member of an object unless its key is known already.
  mutating func nextKey(
    _ bytes: Span<UInt8>, unless isKnown: (String) -> Bool = { _ in false }
  ) throws(JSONFailure) -> String? {
    keyOffset = json.offset
    guard let key = try json.nextKey(bytes) else { return nil }
    while bytes[keyOffset] != UInt8(ascii: "\"") { keyOffset += 1 }
    path.append(.key(key))
    guard !isKnown(key) else { throw keyFailure("the key occurs twice", bytes) }
    return key
  }

  /// Leaves the member or element entered last.
  mutating func leave() {
    path.removeLast()
  }

  /// Checks that nothing follows the top-level value.
  mutating func end(_ bytes: Span<UInt8>) throws(JSONFailure) {
    try json.end(bytes)
  }

  /// Reads an array, calling `element` for each value with the index entered.
  mutating func array(
    _ bytes: Span<UInt8>,
    _ element: (inout FieldReader, Span<UInt8>) throws(JSONFailure) -> Void
  ) throws(JSONFailure) {
    try json.beginArray(bytes)
    var index = 0
    while try json.nextElement(bytes) {
      path.append(.index(index))
      try element(&self, bytes)
      leave()
      index += 1
    }
  }

  // MARK: Values

  /// `true` or `false`.
  mutating func boolean(_ bytes: Span<UInt8>) throws(JSONFailure) -> Bool {
    try json.boolean(bytes)
  }

  /// A whole number.
  mutating func integer(_ bytes: Span<UInt8>) throws(JSONFailure) -> Int64 {
    try json.integer(bytes)
  }

  /// Any number.
  mutating func double(_ bytes: Span<UInt8>) throws(JSONFailure) -> Double {
    try json.double(bytes)
  }

  /// A string.
  mutating func string(_ bytes: Span<UInt8>) throws(JSONFailure) -> String {
    try json.string(bytes)
  }

  /// A string that is not empty.
  mutating func nonEmptyString(_ bytes: Span<UInt8>) throws(JSONFailure) -> String {
    let start = try valueOffset(bytes)
    let text = try json.string(bytes)
    guard !text.isEmpty else { throw failure("may not be empty", at: start, bytes) }
    return text
  }

  /// A whole number from `smallest` to 2³¹−1.
  mutating func count(
    _ bytes: Span<UInt8>, from smallest: Int64
  ) throws(JSONFailure) -> Int {
    let start = try valueOffset(bytes)
    let value = try json.integer(bytes)
    guard smallest...Int64(Int32.max) ~= value else {
      throw failure(
        "expected a whole number from \(smallest) to \(Int32.max), found \(value)", at: start, bytes
      )
    }
    return Int(value)
  }

  /// An array of strings.
  mutating func strings(_ bytes: Span<UInt8>) throws(JSONFailure) -> [String] {
    var values: [String] = []
    try array(bytes) { (fields, bytes) throws(JSONFailure) in
      values.append(try fields.json.string(bytes))
    }
    return values
  }

  /// An array of whole numbers.
  mutating func integers(_ bytes: Span<UInt8>) throws(JSONFailure) -> [Int64] {
    var values: [Int64] = []
    try array(bytes) { (fields, bytes) throws(JSONFailure) in
      values.append(try fields.json.integer(bytes))
    }
    return values
  }

  /// An array of whole numbers from 1 to 2³¹−1.
  mutating func counts(_ bytes: Span<UInt8>) throws(JSONFailure) -> [Int] {
    var values: [Int] = []
    try array(bytes) { (fields, bytes) throws(JSONFailure) in
      values.append(try fields.count(bytes, from: 1))
    }
    return values
  }

  /// An array of numbers.
  mutating func doubles(_ bytes: Span<UInt8>) throws(JSONFailure) -> [Double] {
    var values: [Double] = []
    try array(bytes) { (fields, bytes) throws(JSONFailure) in
      values.append(try fields.json.double(bytes))
    }
    return values
  }
}
