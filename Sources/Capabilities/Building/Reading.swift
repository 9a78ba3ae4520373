import Bytes

/// What a sentence of a table means in the vocabulary of limits.
struct Reading {
  /// A limit with its conditions as JSON text.
  struct LimitText {
    let check: String
    let when: String?
    let otherwise: Limit.Outcome?
    let reason: String
    let help: String?
    /// Attributes that the conditions speak of.
    let attributes: Set<String>
  }

  /// Operators that the reading is for; empty means any.
  var operators: [String] = []
  /// Table that the reading is for; nil means any.
  var table: String?
  /// The sentence, or several joined by `; `.
  var text = ""
  var limits: [LimitText] = []
  /// Attributes that are accepted and not read, as JSON text.
  var ignores: [(attribute: String, json: String)] = []
  /// Attributes that are not read without harm.
  var harmless: [String] = []
  /// Types by parameter that stand in for the table's; nil drops the table's types.
  var types: [(parameter: String, types: TypeSet?)] = []
  var note: String?
  /// What the sentence makes of the operator; its note is the reason then.
  var status: OperatorRecord.Status?
  /// Where else the sentence is expressed already, so that nothing is added.
  var expressedBy: String?
  var position = SourcePosition.text(line: 1, column: 1)
}

/// All readings of a front door, with a record of which were needed.
struct ReadingBook {
  let file: String
  private let readings: [Reading]
  private var isUsed: [Bool]

  init(file: String, readings: [Reading]) {
    self.file = file
    self.readings = readings
    isUsed = Array(repeating: false, count: readings.count)
  }

  /// The readings that together cover a row's text, or the part that none covers.
  mutating func cover(_ text: String, table: String, name: String) -> Result<[Reading], Uncovered> {
    let parts = Self.parts(of: text)
    var found: [Reading] = []
    var start = 0
    while start < parts.count {
      var end = parts.count
      var match: Int?
      while end > start {
        let candidate = parts[start..<end].joined(separator: "; ")
        match = index(of: candidate, table: table, name: name)
        if match != nil { break }
        end -= 1
      }
      guard let match else { return .failure(Uncovered(text: parts[start])) }
      isUsed[match] = true
      found.append(readings[match])
      start = end
    }
    return .success(found)
  }

  /// A part of a text without a reading.
  struct Uncovered: Error {
    let text: String
  }

  /// The text at its semicolons.
  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    var current = ""
    for character in text {
      if character == " ", current.last == ";" {
        parts.append(String(current.dropLast()))
        current = ""
      } else {
        current.append(character)
      }
    }
    return current.isEmpty ? parts : parts + [current]
  }

  /// A reading for the operator goes before one for any.
  private func index(of text: String, table: String, name: String) -> Int? {
    var general: Int?
    for (index, reading) in readings.enumerated() where reading.text == text {
      guard reading.table == nil || reading.table == table else { continue }
      if reading.operators.contains(name) { return index }
      if reading.operators.isEmpty { general = general ?? index }
    }
    return general
  }

  /// Readings that no row needed.
  var unused: [Reading] { zip(readings, isUsed).filter { !$0.1 }.map(\.0) }
}

// MARK: - Parsing

extension ManifestParser {
  /// The whole document of readings.
  mutating func readings(_ bytes: Span<UInt8>) throws(JSONFailure) -> [Reading] {
    var readings: [Reading] = []
    let start = try beginObject(bytes)
    var name: String?
    while let key = try nextKey(bytes) {
      switch key {
      case "schema": name = try schema("regauge/readings/1", bytes)
      case "readings":
        readings = try list(bytes) { (parser) throws(JSONFailure) in try parser.reading(bytes) }
      default: throw unknownKey(key, in: bytes)
      }
    }
    _ = try required(name, "schema", at: start, in: bytes)
    try reader.end(bytes)
    return readings
  }

  private mutating func reading(_ bytes: Span<UInt8>) throws(JSONFailure) -> Reading {
    var reading = Reading()
    let start = try beginObject(bytes)
    reading.position = linePosition(of: start, in: bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "ops": reading.operators = try texts(bytes)
      case "table": reading.table = try text(bytes)
      case "text": reading.text = try text(bytes)
      case "limits":
        reading.limits = try list(bytes) { (parser) throws(JSONFailure) in
          try parser.limitText(bytes)
        }
      case "ignores":
        reading.ignores = try list(bytes) { (parser) throws(JSONFailure) in
          try parser.ignoredText(bytes)
        }
      case "harmless": reading.harmless = try texts(bytes)
      case "types": reading.types = try readTypes(bytes)
      case "note": reading.note = try text(bytes)
      case "status": reading.status = try choice(bytes)
      case "expressedBy": reading.expressedBy = try text(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    guard !reading.text.isEmpty else { throw missing("text", at: start, in: bytes) }
    let saysNothing =
      reading.limits.isEmpty && reading.ignores.isEmpty && reading.types.isEmpty
      && reading.note == nil && reading.expressedBy == nil
    if saysNothing { throw missing("limits", at: start, in: bytes) }
    return reading
  }

  private mutating func readTypes(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [(parameter: String, types: TypeSet?)] {
    var types: [(parameter: String, types: TypeSet?)] = []
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      types.append((key, reader.null(bytes) ? nil : try typeSet(bytes)))
    }
    return types
  }

  /// A condition, checked, as JSON text.
  private mutating func conditionText(
    _ bytes: Span<UInt8>, _ attributes: inout Set<String>
  ) throws(JSONFailure) -> String {
    let start = try nextOffset(bytes)
    attributes.formUnion(try condition(bytes).attributeNames)
    return JSONText.compact(bytes.text(ByteRange(start, reader.offset)))
  }

  /// A limit whose conditions are checked and kept as JSON text.
  mutating func limitText(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Reading.LimitText {
    var check: String?
    var when: String?
    var otherwise: Limit.Outcome?
    var reason: String?
    var help: String?
    var attributes: Set<String> = []
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "check": check = try conditionText(bytes, &attributes)
      case "when": when = try conditionText(bytes, &attributes)
      case "otherwise": otherwise = try choice(bytes)
      case "reason": reason = try text(bytes)
      case "help": help = try text(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    return Reading.LimitText(
      check: try required(check, "check", at: start, in: bytes), when: when, otherwise: otherwise,
      reason: try required(reason, "reason", at: start, in: bytes), help: help,
      attributes: attributes)
  }

  private mutating func ignoredText(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> (attribute: String, json: String) {
    let start = try nextOffset(bytes)
    let attribute = try ignoredAttribute(bytes).attribute
    return (attribute, JSONText.compact(bytes.text(ByteRange(start, reader.offset))))
  }
}

extension Condition {
  /// Attributes that the condition speaks of.
  var attributeNames: Set<String> {
    switch self {
    case .attribute(let name, _): [name]
    case .all(let parts), .any(let parts):
      parts.reduce(into: []) { $0.formUnion($1.attributeNames) }
    case .not(let part): part.attributeNames
    case .input, .output, .inputCount, .outputCount, .opset, .sinceVersion, .inSubgraph,
      .undecidable:
      []
    }
  }
}
