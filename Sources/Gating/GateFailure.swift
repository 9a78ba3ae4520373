import Bytes

/// Why a baseline or a file of accepted findings cannot be used.
public struct GateFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Path as the user gave it.
  public let path: String
  /// What is wrong, where, in plain words.
  public let reason: String

  /// Makes a failure.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// `path: reason`.
  public var description: String { "\(path): \(reason)" }

  init(_ path: String, _ failure: JSONFailure) {
    self.init(path: path, reason: failure.description)
  }
}

/// Reads the members of objects in the small files around the gate.
struct MemberReader {
  private var reader = JSONReader()

  /// Reads an object: `read` is called for every key and says whether it knows it.
  mutating func object(
    _ bytes: Span<UInt8>, known: [String],
    _ read: (inout MemberReader, String) throws(JSONFailure) -> Void
  ) throws(JSONFailure) {
    try reader.beginObject(bytes)
    var seen: Set<String> = []
    while let key = try reader.nextKey(bytes) {
      guard known.contains(key) else {
        throw reader.failure(
          "the key \"\(key)\" is not known; known are \(known.joined(separator: ", "))", in: bytes)
      }
      guard seen.insert(key).inserted else {
        throw reader.failure("the key \"\(key)\" stands twice", in: bytes)
      }
      try read(&self, key)
    }
  }

  /// Reads an array: `read` is called for every element.
  mutating func array(
    _ bytes: Span<UInt8>, _ read: (inout MemberReader) throws(JSONFailure) -> Void
  ) throws(JSONFailure) {
    try reader.beginArray(bytes)
    while try reader.nextElement(bytes) { try read(&self) }
  }

  mutating func string(_ bytes: Span<UInt8>) throws(JSONFailure) -> String {
    try reader.string(bytes)
  }

  mutating func integer(_ bytes: Span<UInt8>) throws(JSONFailure) -> Int {
    Int(try reader.integer(bytes))
  }

  mutating func skip(_ bytes: Span<UInt8>) throws(JSONFailure) { try reader.skipValue(bytes) }

  mutating func end(_ bytes: Span<UInt8>) throws(JSONFailure) { try reader.end(bytes) }

  func failure(_ reason: String, in bytes: Span<UInt8>) -> JSONFailure {
    reader.failure(reason, in: bytes)
  }

  /// Reads the identifier of a schema and refuses another one.
  mutating func schema(_ expected: String, _ bytes: Span<UInt8>) throws(JSONFailure) {
    let found = try string(bytes)
    guard found == expected else {
      throw failure("follows \"\(found)\"; this version reads \"\(expected)\"", in: bytes)
    }
  }
}
