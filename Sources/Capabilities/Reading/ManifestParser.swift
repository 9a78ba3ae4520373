import Bytes
import ModelGraph

/// A JSON reader that knows the path of keys and indices it is at and refuses repeated keys.
struct ManifestParser {
  /// An object or array that is being read.
  private struct Frame {
    let isObject: Bool
    /// Where the keys of an object begin among those of all that are open.
    let firstKey: Int
    /// Elements of an array so far.
    var count = 0
  }

  let file: String
  var reader = JSONReader(depthLimit: 64)
  /// Finds the operators whose records are read; nil when all are.
  var wanted: RecordSearch?
  /// Whether the devices of a stack are read.
  var listsDevices = true
  /// Sources by position, once they are read.
  var sources: [CitedSource]?
  /// Whether to go on after a problem in a part that can be left out.
  let collectsProblems: Bool
  var problems: [ManifestFailure] = []
  private var frames: [Frame] = []
  /// Keys so far of all objects that are open.
  private var keys: [String] = []
  private var lines = LineCount()

  init(file: String, collectsProblems: Bool) {
    self.file = file
    self.collectsProblems = collectsProblems
  }

  /// The path to the value being read, such as `operators[3].op`.
  var path: String {
    var text = ""
    for (level, frame) in frames.enumerated() {
      let end = level + 1 < frames.count ? frames[level + 1].firstKey : keys.count
      if !frame.isObject {
        text += "[\(max(0, frame.count - 1))]"
      } else if let key = keys[frame.firstKey..<end].last {
        text += text.isEmpty ? key : ".\(key)"
      }
    }
    return text
  }

  /// Turns a failure of the reader into one that names file and path.
  func failure(_ failure: JSONFailure) -> ManifestFailure {
    ManifestFailure(
      file: file, position: failure.position, path: path, reason: failure.reason)
  }

  /// Reads a whole document by its members and tells where it starts.
  ///
  /// Citations name sources by position, so the members `citing` wait until the sources are known.
  mutating func document(
    _ bytes: Span<UInt8>, citing: Set<String>,
    _ member: (inout Self, String) throws(JSONFailure) -> Void
  ) throws(JSONFailure) -> Int {
    let start = try beginObject(bytes)
    var waiting: [(key: String, parser: Self)] = []
    while let key = try nextKey(bytes) {
      if sources == nil, citing.contains(key) {
        waiting.append((key, self))
        try reader.skipValue(bytes)
        continue
      }
      _ = try recovering(bytes) { (parser) throws(JSONFailure) in try member(&parser, key) }
    }
    try reader.end(bytes)
    for (key, var parser) in waiting {
      parser.sources = sources ?? []
      parser.problems = problems
      try member(&parser, key)
      problems = parser.problems
    }
    return start
  }

  /// Runs the last check of a document; in collecting mode a problem is noted.
  mutating func recoveringWhole<Result>(
    _ body: (Self) throws(JSONFailure) -> Result
  ) throws(JSONFailure) -> Result? {
    do {
      return try body(self)
    } catch {
      guard collectsProblems else { throw error }
      problems.append(failure(error))
      return nil
    }
  }

  /// Runs `body`; in collecting mode a problem is noted, the value skipped and nil returned.
  mutating func recovering<Result>(
    _ bytes: Span<UInt8>, _ body: (inout Self) throws(JSONFailure) -> Result
  ) throws(JSONFailure) -> Result? {
    guard collectsProblems else { return try body(&self) }
    let start = self
    do {
      return try body(&self)
    } catch {
      let problem = failure(error)
      let found = problems
      self = start
      problems = found + [problem]
      try reader.skipValue(bytes)
      return nil
    }
  }
}

/// A source with what citations of it need not repeat.
struct CitedSource {
  let source: EvidenceSource
  /// The file of citations that name none.
  let path: String?
  /// The confidence of citations that state none.
  let confidence: Confidence?
}

/// How many lines were counted up to an offset, so that each is counted once.
private struct LineCount {
  var offset = 0
  var line = 1
  var start = 0
}

extension ManifestParser {
  /// Line and column of an offset; cheap when asked for in ascending order.
  mutating func linePosition(of offset: Int, in bytes: Span<UInt8>) -> SourcePosition {
    if offset < lines.offset { lines = LineCount() }
    var lineEnd = bytes.offset(of: 0x0A, from: lines.offset)
    while lineEnd < offset {
      lines.line += 1
      lines.start = lineEnd + 1
      lineEnd = bytes.offset(of: 0x0A, from: lines.start)
    }
    lines.offset = offset
    return .text(line: lines.line, column: offset - lines.start + 1)
  }
}

// MARK: - Structure

extension ManifestParser {
  /// Enters an object and returns where it starts.
  mutating func beginObject(_ bytes: Span<UInt8>) throws(JSONFailure) -> Int {
    let start = try nextOffset(bytes)
    try reader.beginObject(bytes)
    frames.append(Frame(isObject: true, firstKey: keys.count))
    return start
  }

  /// The next key of the object entered last; a key that was there already is refused.
  mutating func nextKey(_ bytes: Span<UInt8>) throws(JSONFailure) -> String? {
    guard let frame = frames.last, frame.isObject else { return nil }
    let before = reader.offset
    guard let key = try reader.nextKey(bytes) else {
      frames.removeLast()
      keys.removeSubrange(frame.firstKey...)
      return nil
    }
    guard !keys[frame.firstKey...].contains(key) else {
      throw reader.failure("the key \"\(key)\" is given twice", in: bytes, at: before)
    }
    keys.append(key)
    return key
  }

  /// Enters an array.
  mutating func beginArray(_ bytes: Span<UInt8>) throws(JSONFailure) {
    try reader.beginArray(bytes)
    frames.append(Frame(isObject: false, firstKey: keys.count))
  }

  /// Whether the array entered last has another element.
  mutating func nextElement(_ bytes: Span<UInt8>) throws(JSONFailure) -> Bool {
    guard let frame = frames.indices.last, !frames[frame].isObject else { return false }
    guard try reader.nextElement(bytes) else {
      frames.removeLast()
      return false
    }
    frames[frame].count += 1
    return true
  }

  /// A failure for a key that has no meaning where it stands.
  func unknownKey(_ key: String, in bytes: Span<UInt8>) -> JSONFailure {
    reader.failure("the key \"\(key)\" has no meaning here", in: bytes)
  }

  /// A failure for a key that an object starting at `start` should have.
  func missing(_ key: String, at start: Int, in bytes: Span<UInt8>) -> JSONFailure {
    reader.failure("the key \"\(key)\" is missing", in: bytes, at: start)
  }

  /// The value of a key that must be there.
  func required<Value>(
    _ value: Value?, _ key: String, at start: Int, in bytes: Span<UInt8>
  ) throws(JSONFailure) -> Value {
    guard let value else { throw missing(key, at: start, in: bytes) }
    return value
  }

  /// Where the next value starts.
  mutating func nextOffset(_ bytes: Span<UInt8>) throws(JSONFailure) -> Int {
    _ = try reader.peek(bytes)
    return reader.offset
  }
}

// MARK: - Values

extension ManifestParser {
  /// A string that is not empty.
  mutating func text(_ bytes: Span<UInt8>) throws(JSONFailure) -> String {
    let start = try nextOffset(bytes)
    let text = try reader.string(bytes)
    guard !text.isEmpty else { throw reader.failure("is empty", in: bytes, at: start) }
    return text
  }

  /// A list; `element` reads one.
  mutating func list<Element>(
    _ bytes: Span<UInt8>, _ element: (inout Self) throws(JSONFailure) -> Element
  ) throws(JSONFailure) -> [Element] {
    var elements: [Element] = []
    try beginArray(bytes)
    while try nextElement(bytes) { elements.append(try element(&self)) }
    return elements
  }

  /// A list with at least one element.
  mutating func filledList<Element>(
    _ bytes: Span<UInt8>, _ element: (inout Self) throws(JSONFailure) -> Element
  ) throws(JSONFailure) -> [Element] {
    let start = try nextOffset(bytes)
    let elements = try list(bytes, element)
    guard !elements.isEmpty else { throw reader.failure("is empty", in: bytes, at: start) }
    return elements
  }

  /// A list of strings.
  mutating func texts(_ bytes: Span<UInt8>) throws(JSONFailure) -> [String] {
    try list(bytes) { (parser) throws(JSONFailure) in try parser.text(bytes) }
  }

  /// One of the words that an enumeration knows.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ bytes: Span<UInt8>, of _: Choice.Type = Choice.self
  ) throws(JSONFailure) -> Choice where Choice.RawValue == String {
    let start = try nextOffset(bytes)
    let text = try reader.string(bytes)
    guard let choice = Choice(rawValue: text) else {
      let words = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      throw reader.failure("\"\(text)\" is none of \(words)", in: bytes, at: start)
    }
    return choice
  }

  /// Two words, the first of which means yes.
  mutating func yes(
    _ yes: String, orNo no: String, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Bool {
    let start = try nextOffset(bytes)
    let text = try reader.string(bytes)
    guard text == yes || text == no else {
      throw reader.failure(
        "\"\(text)\" is neither \"\(yes)\" nor \"\(no)\"", in: bytes, at: start)
    }
    return text == yes
  }

  /// `[minimum, maximum]`, where null leaves an end open.
  mutating func ends<End: Comparable>(
    _ bytes: Span<UInt8>, _ end: (inout JSONReader) throws(JSONFailure) -> End
  ) throws(JSONFailure) -> (End?, End?) {
    let start = try nextOffset(bytes)
    let ends = try list(bytes) { (parser) throws(JSONFailure) -> End? in
      parser.reader.null(bytes) ? nil : try end(&parser.reader)
    }
    guard ends.count == 2 else {
      throw reader.failure("a range is [minimum, maximum]", in: bytes, at: start)
    }
    if let low = ends[0], let high = ends[1], low > high {
      throw reader.failure("the range is empty", in: bytes, at: start)
    }
    guard ends[0] != nil || ends[1] != nil else {
      throw reader.failure("the range has no end", in: bytes, at: start)
    }
    return (ends[0], ends[1])
  }

  /// A range of whole numbers.
  mutating func integerRange(_ bytes: Span<UInt8>) throws(JSONFailure) -> IntegerRange {
    let (low, high) = try ends(bytes) { (reader) throws(JSONFailure) in try reader.integer(bytes) }
    return IntegerRange(low, high)
  }

  /// A range of numbers.
  mutating func numberRange(_ bytes: Span<UInt8>) throws(JSONFailure) -> NumberRange {
    let (low, high) = try ends(bytes) { (reader) throws(JSONFailure) in try reader.double(bytes) }
    return NumberRange(low, high)
  }

  /// A list of names of element types.
  mutating func elementTypes(_ bytes: Span<UInt8>) throws(JSONFailure) -> ElementTypeSet {
    var set: ElementTypeSet = []
    let types = try filledList(bytes) { (parser) throws(JSONFailure) -> ElementType in
      let start = try parser.nextOffset(bytes)
      let name = try parser.reader.string(bytes)
      guard let type = ElementType(name: name), type != .undefined else {
        throw parser.reader.failure("there is no element type \"\(name)\"", in: bytes, at: start)
      }
      return type
    }
    for type in types { set.insert(ElementTypeSet(type)) }
    return set
  }

  /// A list of types, also of sequences and the like.
  mutating func typeSet(_ bytes: Span<UInt8>) throws(JSONFailure) -> TypeSet {
    let start = try nextOffset(bytes)
    var types = TypeSet()
    try beginArray(bytes)
    while try nextElement(bytes) {
      let place = try nextOffset(bytes)
      let name = try reader.string(bytes)
      guard types.insert(name: name) else {
        throw reader.failure("there is no type \"\(name)\"", in: bytes, at: place)
      }
    }
    guard !types.isEmpty else { throw reader.failure("is empty", in: bytes, at: start) }
    return types
  }
}
