import Bytes

/// A small JSON document as a tree that knows where each value stands.
///
/// The rules of this module are small and are validated across files, which a tree makes plain;
/// manifests, which are large, are read by a pull parser.
struct JSONTree {
  indirect enum Value {
    case object([(key: String, value: JSONTree)])
    case array([JSONTree])
    case string(String)
    case number(Double)
    case boolean(Bool)
    case null
  }

  let value: Value
  let path: String
  let place: Place

  /// Where a value stands; lines are only counted for a failure.
  struct Place {
    let file: String
    let source: ByteSource
    let offset: Int

    var position: SourcePosition {
      source.withBytes { bytes in SourcePosition.text(of: offset, in: bytes) }
    }
  }

  /// Reads a whole document.
  static func read(file: String, _ source: ByteSource) throws(EffortFailure) -> JSONTree {
    try source.withBytes { (bytes) throws(EffortFailure) in
      var reader = JSONReader(depthLimit: 16)
      do throws(JSONFailure) {
        let tree = try read(&reader, bytes, (file, source), "")
        try reader.end(bytes)
        return tree
      } catch {
        throw EffortFailure(
          file: file, position: error.position, path: error.path, reason: error.reason)
      }
    }
  }

  private static func read(
    _ reader: inout JSONReader, _ bytes: Span<UInt8>, _ file: (name: String, source: ByteSource),
    _ path: String
  ) throws(JSONFailure) -> JSONTree {
    let kind = try reader.peek(bytes)
    let place = Place(file: file.name, source: file.source, offset: reader.offset)
    let value: Value
    switch kind {
    case .object: value = .object(try members(&reader, bytes, file, path))
    case .array:
      var elements: [JSONTree] = []
      try reader.beginArray(bytes)
      while try reader.nextElement(bytes) {
        elements.append(try read(&reader, bytes, file, "\(path)[\(elements.count)]"))
      }
      value = .array(elements)
    case .string: value = .string(try reader.string(bytes))
    case .number: value = .number(try reader.double(bytes))
    case .boolean: value = .boolean(try reader.boolean(bytes))
    case .null:
      _ = reader.null(bytes)
      value = .null
    }
    return JSONTree(value: value, path: path, place: place)
  }

  private static func members(
    _ reader: inout JSONReader, _ bytes: Span<UInt8>, _ file: (name: String, source: ByteSource),
    _ path: String
  ) throws(JSONFailure) -> [(key: String, value: JSONTree)] {
    var members: [(key: String, value: JSONTree)] = []
    try reader.beginObject(bytes)
    while let key = try reader.nextKey(bytes) {
      let inner = path.isEmpty ? key : "\(path).\(key)"
      guard !members.contains(where: { $0.key == key }) else {
        throw reader.failure("the key \"\(key)\" is given twice", in: bytes)
      }
      members.append((key, try read(&reader, bytes, file, inner)))
    }
    return members
  }

  // MARK: Access

  /// A failure at this value.
  func failure(_ reason: String) -> EffortFailure {
    EffortFailure(file: place.file, position: place.position, path: path, reason: reason)
  }

  /// The members of an object that has no other keys than these.
  func object(_ known: [String]) throws(EffortFailure) -> [String: JSONTree] {
    guard case .object(let members) = value else { throw failure("is no object") }
    var table: [String: JSONTree] = [:]
    for (key, value) in members {
      guard known.contains(key) else {
        throw value.failure(
          "the key \"\(key)\" has no meaning here; known are \(known.joined(separator: ", "))")
      }
      table[key] = value
    }
    return table
  }

  /// The value of a key that must be there.
  func required(_ key: String, in table: [String: JSONTree]) throws(EffortFailure) -> JSONTree {
    guard let value = table[key] else { throw failure("the key \"\(key)\" is missing") }
    return value
  }

  func elements() throws(EffortFailure) -> [JSONTree] {
    guard case .array(let elements) = value else { throw failure("is no list") }
    return elements
  }

  /// A text that is not empty.
  func text() throws(EffortFailure) -> String {
    guard case .string(let text) = value else { throw failure("is no text") }
    guard !text.isEmpty else { throw failure("is empty") }
    return text
  }

  func texts() throws(EffortFailure) -> [String] {
    try elements().map { (element) throws(EffortFailure) in try element.text() }
  }

  /// A finite number that is not negative and not absurdly large.
  func number() throws(EffortFailure) -> Double {
    guard case .number(let number) = value else { throw failure("is no number") }
    guard number.isFinite, number >= 0 else { throw failure("\(number) is negative") }
    guard number <= 1e6 else { throw failure("\(number) is more than a million") }
    return number
  }

  /// A whole number.
  func count() throws(EffortFailure) -> Int {
    guard let count = Int(exactly: try number()) else { throw failure("is no whole number") }
    return count
  }

  func boolean() throws(EffortFailure) -> Bool {
    guard case .boolean(let value) = value else { throw failure("is neither true nor false") }
    return value
  }

  /// One of the words of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(
    of _: Choice.Type = Choice.self
  ) throws(EffortFailure) -> Choice where Choice.RawValue == String {
    let text = try text()
    guard let choice = Choice(rawValue: text) else {
      let words = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      throw failure("\"\(text)\" is none of \(words)")
    }
    return choice
  }

  /// The members of a document of some schema.
  func document(_ schema: String, _ keys: [String]) throws(EffortFailure) -> [String: JSONTree] {
    let table = try object(["schema"] + keys)
    let tag = try required("schema", in: table)
    let text = try tag.text()
    guard text == schema else {
      throw tag.failure("expected \"\(schema)\", found \"\(text)\"")
    }
    return table
  }
}
