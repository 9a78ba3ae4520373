import Bytes
import ModelGraph

extension ManifestParser {
  /// The whole document of a mapping.
  mutating func mapping(_ bytes: Span<UInt8>) throws(JSONFailure) -> OperatorMapping? {
    var schema: String?
    var title: String?
    var notes: [String] = []
    var composites: [String: [[String]]] = [:]
    var entries: [OperatorMapping.Entry]?
    let start = try document(bytes, citing: ["composites", "operators"]) {
      (parser, key) throws(JSONFailure) in
      switch key {
      case "schema": schema = try parser.schema("regauge/mapping/1", bytes)
      case "mapping": _ = try parser.text(bytes)
      case "title": title = try parser.text(bytes)
      case "notes": notes = try parser.texts(bytes)
      case "sources": parser.sources = try parser.sourceTable(bytes)
      case "composites": composites = try parser.compositeTable(bytes)
      case "operators": entries = try parser.mappingEntries(bytes)
      default: throw parser.unknownKey(key, in: bytes)
      }
    }
    return try recoveringWhole { (parser) throws(JSONFailure) in
      _ = try parser.required(schema, "schema", at: start, in: bytes)
      return OperatorMapping(
        title: try parser.required(title, "title", at: start, in: bytes), notes: notes,
        entries: try parser.required(entries, "operators", at: start, in: bytes),
        composites: composites)
    }
  }

  private mutating func compositeTable(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [String: [[String]]] {
    var table: [String: [[String]]] = [:]
    try beginArray(bytes)
    while try nextElement(bytes) {
      var name: String?
      var calls: [[String]] = []
      var evidence: [Evidence]?
      let start = try beginObject(bytes)
      while let key = try nextKey(bytes) {
        switch key {
        case "op": name = try text(bytes)
        case "calls":
          calls = try filledList(bytes) { (parser) throws(JSONFailure) in try parser.texts(bytes) }
        case "evidence": evidence = try citations(bytes)
        default: throw unknownKey(key, in: bytes)
        }
      }
      _ = try required(evidence, "evidence", at: start, in: bytes)
      table[try required(name, "op", at: start, in: bytes)] = calls
    }
    return table
  }

  private mutating func mappingEntries(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [OperatorMapping.Entry] {
    var entries: [OperatorMapping.Entry] = []
    try beginArray(bytes)
    while try nextElement(bytes) {
      if skipUnwanted(bytes) { continue }
      let entry = try recovering(bytes) { (parser) throws(JSONFailure) in
        try parser.mappingEntry(bytes)
      }
      if let entry { entries.append(entry) }
    }
    return entries
  }

  private mutating func mappingEntry(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> OperatorMapping.Entry {
    var entry = OperatorMapping.Entry()
    var domain: String?
    var name: String?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "domain": domain = try text(bytes)
      case "op": name = try text(bytes)
      case "class": entry.kind = try choice(bytes)
      case "forms": entry.forms = try mappingForms(bytes)
      case "also": entry.also = try mappingForms(bytes)
      case "without": entry.gaps = try mappingGaps(bytes)
      case "note": entry.note = try text(bytes)
      case "evidence": entry.evidence = try citations(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    guard !entry.evidence.isEmpty else { throw missing("evidence", at: start, in: bytes) }
    entry.operation = OperatorIdentity(
      domain: try required(domain, "domain", at: start, in: bytes),
      name: try required(name, "op", at: start, in: bytes))
    return entry
  }

  /// Alternatives, or further needs.
  mutating func mappingForms(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [OperatorMapping.Form] {
    try filledList(bytes) { (parser) throws(JSONFailure) in
      var when: Condition?
      var needs: [String]?
      let start = try parser.beginObject(bytes)
      while let key = try parser.nextKey(bytes) {
        switch key {
        case "when": when = try parser.condition(bytes)
        case "needs": needs = try parser.texts(bytes)
        default: throw parser.unknownKey(key, in: bytes)
        }
      }
      return OperatorMapping.Form(
        when: when, needs: try parser.required(needs, "needs", at: start, in: bytes))
    }
  }

  /// Cases in which there is no way.
  mutating func mappingGaps(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [OperatorMapping.Gap] {
    try filledList(bytes) { (parser) throws(JSONFailure) in
      var when: Condition?
      var reason: String?
      let start = try parser.beginObject(bytes)
      while let key = try parser.nextKey(bytes) {
        switch key {
        case "when": when = try parser.condition(bytes)
        case "reason": reason = try parser.text(bytes)
        default: throw parser.unknownKey(key, in: bytes)
        }
      }
      return OperatorMapping.Gap(
        when: try parser.required(when, "when", at: start, in: bytes),
        reason: try parser.required(reason, "reason", at: start, in: bytes))
    }
  }
}
