import Bytes
import ModelGraph

extension ManifestParser {
  /// The whole recipe of a stack.
  mutating func recipe(_ bytes: Span<UInt8>) throws(JSONFailure) -> Recipe {
    var recipe = Recipe(file: file)
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "schema": _ = try schema("regauge/recipe/1", bytes)
      case "stack": recipe.stack = try text(bytes)
      case "title": recipe.title = try text(bytes)
      case "vendor": recipe.vendor = try text(bytes)
      case "notes": recipe.notes = try texts(bytes)
      case "sources": recipe.sources = try citedSources(bytes)
      case "products":
        recipe.products = try list(bytes) { (parser) throws(JSONFailure) in
          try parser.product(bytes)
        }
      case "devices": recipe.devices = try deviceTable(bytes)
      case "doors":
        recipe.doors = try list(bytes) { (parser) throws(JSONFailure) in try parser.door(bytes) }
      default: throw unknownKey(key, in: bytes)
      }
    }
    try reader.end(bytes)
    guard !recipe.stack.isEmpty else { throw missing("stack", at: start, in: bytes) }
    return recipe
  }

  /// The next value as JSON text without white space.
  mutating func raw(_ bytes: Span<UInt8>) throws(JSONFailure) -> String {
    let start = try nextOffset(bytes)
    try reader.skipValue(bytes)
    return JSONText.compact(bytes.text(ByteRange(start, reader.offset)))
  }

  /// An object of strings, in file order.
  private mutating func textTable(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [(key: String, value: String)] {
    var members: [(key: String, value: String)] = []
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) { members.append((key, try reader.string(bytes))) }
    return members
  }

  private mutating func columnNames(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [String: String] {
    var names: [String: String] = [:]
    for member in try textTable(bytes) { names[member.key] = member.value }
    return names
  }

  // MARK: Sources and devices

  mutating func citedSources(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [Recipe.CitedSource] {
    var table: [Recipe.CitedSource] = []
    try beginArray(bytes)
    while try nextElement(bytes) {
      table.append(try citedSource(bytes, after: table))
    }
    return table
  }

  private mutating func citedSource(
    _ bytes: Span<UInt8>, after table: [Recipe.CitedSource]
  ) throws(JSONFailure) -> Recipe.CitedSource {
    var cited: String?
    var kind: EvidenceSource.Kind?
    var repository: String?
    var commit: String?
    var date: String?
    var others: [EvidenceSource] = []
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "cited": cited = try text(bytes)
      case "kind": kind = try choice(bytes)
      case "repository": repository = try text(bytes)
      case "commit": commit = try text(bytes)
      case "date": date = try text(bytes)
      case "as":
        for name in try texts(bytes) {
          guard let found = table.first(where: { $0.cited == name }) else {
            throw reader.failure("\"\(name)\" is not cited before", in: bytes, at: start)
          }
          others += found.sources
        }
      default: throw unknownKey(key, in: bytes)
      }
    }
    let name = try required(cited, "cited", at: start, in: bytes)
    if !others.isEmpty { return Recipe.CitedSource(cited: name, sources: others) }
    let source = EvidenceSource(
      kind: try required(kind, "kind", at: start, in: bytes),
      repository: try required(repository, "repository", at: start, in: bytes), commit: commit,
      date: date)
    return Recipe.CitedSource(cited: name, sources: [source])
  }

  private mutating func recipeCitations(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [Recipe.Citation] {
    try list(bytes) { (parser) throws(JSONFailure) in try parser.recipeCitation(bytes) }
  }

  private mutating func recipeCitation(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Recipe.Citation {
    var cited: String?
    var path: String?
    var line: String?
    var confidence = Confidence.high
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "cited": cited = try text(bytes)
      case "path": path = try text(bytes)
      case "line": line = try text(bytes)
      case "confidence": confidence = try choice(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    return Recipe.Citation(
      cited: try required(cited, "cited", at: start, in: bytes), path: path, line: line,
      confidence: confidence)
  }

  private mutating func product(_ bytes: Span<UInt8>) throws(JSONFailure) -> Recipe.Product {
    var name: String?
    var lacks: ElementTypeSet = []
    var has: ElementTypeSet = []
    var citations: [Recipe.Citation] = []
    var note: String?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "product": name = try text(bytes)
      case "lacks": lacks = try elementTypes(bytes)
      case "has": has = try elementTypes(bytes)
      case "evidence": citations = try recipeCitations(bytes)
      case "note": note = try text(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    return Recipe.Product(
      name: try required(name, "product", at: start, in: bytes), lacks: lacks, has: has,
      citations: citations, note: note)
  }

  private mutating func deviceTable(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Recipe.DeviceTable {
    var table = Recipe.DeviceTable()
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "table": table.file = try text(bytes)
      case "columns": table.columns = try columnNames(bytes)
      case "kinds": table.kinds = try figureKinds(bytes)
      case "figures":
        table.figures = try list(bytes) { (parser) throws(JSONFailure) in
          try parser.figureColumn(bytes)
        }
      case "list":
        table.entries = try list(bytes) { (parser) throws(JSONFailure) in
          try parser.deviceEntry(bytes)
        }
      case "leaveOut": table.leftOut = try texts(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    return table
  }

  private mutating func figureKinds(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [(text: String, kind: DeviceFigure.Kind)] {
    var kinds: [(text: String, kind: DeviceFigure.Kind)] = []
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) { kinds.append((key, try choice(bytes))) }
    return kinds
  }

  private mutating func figureColumn(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Recipe.FigureColumn {
    var column: String?
    var figure: String?
    var unit: String?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "column": column = try text(bytes)
      case "figure": figure = try text(bytes)
      case "unit": unit = try text(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    return Recipe.FigureColumn(
      column: try required(column, "column", at: start, in: bytes),
      figure: try required(figure, "figure", at: start, in: bytes), unit: unit)
  }

  private mutating func deviceEntry(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Recipe.DeviceEntry {
    var name: String?
    var aliases: [String] = []
    var product: String?
    var rows: [String] = []
    var note: String?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "name": name = try text(bytes)
      case "aliases": aliases = try texts(bytes)
      case "product": product = try text(bytes)
      case "rows": rows = try texts(bytes)
      case "note": note = try text(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    return Recipe.DeviceEntry(
      name: try required(name, "name", at: start, in: bytes), aliases: aliases, product: product,
      rows: rows, note: note, position: linePosition(of: start, in: bytes))
  }

  // MARK: Doors and tables

  private mutating func door(_ bytes: Span<UInt8>) throws(JSONFailure) -> Recipe.Door {
    var door = Recipe.Door()
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "door": door.name = try text(bytes)
      case "settings": door.head = try rawMembers(bytes)
      case "tables":
        door.tables = try list(bytes) { (parser) throws(JSONFailure) in try parser.table(bytes) }
      case "readings": door.readings = try text(bytes)
      case "cites": door.cited = try texts(bytes)
      case "records":
        door.records = try list(bytes) { (parser) throws(JSONFailure) in
          try parser.recipeRecord(bytes)
        }
      default: throw unknownKey(key, in: bytes)
      }
    }
    guard !door.name.isEmpty else { throw missing("door", at: start, in: bytes) }
    return door
  }

  private mutating func rawMembers(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [(key: String, value: String)] {
    var members: [(key: String, value: String)] = []
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) { members.append((key, try raw(bytes))) }
    return members
  }

  private mutating func recipeRecord(_ bytes: Span<UInt8>) throws(JSONFailure) -> Recipe.Record {
    var members: [(key: String, value: String)] = []
    var citations: [Recipe.Citation] = []
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      if key == "evidence" {
        citations = try recipeCitations(bytes)
      } else {
        members.append((key, try raw(bytes)))
      }
    }
    return Recipe.Record(members: members, citations: citations)
  }

  private mutating func table(_ bytes: Span<UInt8>) throws(JSONFailure) -> Recipe.Table {
    var table = Recipe.Table()
    let start = try beginObject(bytes)
    table.position = linePosition(of: start, in: bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "file": table.file = try text(bytes)
      case "role": table.role = try choice(bytes)
      case "domain": table.domain = try text(bytes)
      case "only":
        table.conditions = try list(bytes) { (parser) throws(JSONFailure) in
          try parser.rowCondition(bytes)
        }
      case "kernel": table.kernel = try choice(bytes)
      case "unlisted": table.skipsUnlisted = try yes("skipped", orNo: "refused", bytes)
      case "equal": table.equalColumns = try texts(bytes)
      case "namePrefixes": table.namePrefixes = try textTable(bytes).map { ($0.key, $0.value) }
      case "amendment": table.amendment = try amendment(bytes)
      case "operatorNames": table.operatorNames = try textTable(bytes).map { ($0.key, $0.value) }
      case "overloads": table.areOverloads = try yes("merged", orNo: "kept", bytes)
      case "statuses":
        table.statuses = try list(bytes) { (parser) throws(JSONFailure) in
          try parser.statusWord(bytes)
        }
      case "typesAre":
        table.typesAreDocumented = try yes("documented", orNo: "registered", bytes)
      case "typeSeparator": table.typeSeparator = try text(bytes).first
      case "columns": table.columns = try columnNames(bytes)
      case "confidence": table.confidence = try choice(bytes)
      case "otherwise": table.otherwise = try choice(bytes)
      case "asIn": table.decidedBy = try doorName(bytes)
      case "typeNames": table.typeNames = try textTable(bytes).map { ($0.key, $0.value) }
      case "scopeNames": table.scopeNames = try textTable(bytes).map { ($0.key, $0.value) }
      case "typesNotInONNX": table.typesNotInONNX = try texts(bytes)
      case "limits":
        table.limits = try list(bytes) { (parser) throws(JSONFailure) in
          try parser.limitText(bytes)
        }
      case "leaveOut": table.leftOut = try texts(bytes)
      case "evidencePrefix": table.evidencePrefix = try text(bytes)
      case "marks":
        table.marks = try list(bytes) { (parser) throws(JSONFailure) in try parser.mark(bytes) }
      default: throw unknownKey(key, in: bytes)
      }
    }
    guard !table.file.isEmpty else { throw missing("file", at: start, in: bytes) }
    return table
  }

  private mutating func rowCondition(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> (column: String, values: [String]) {
    var column: String?
    var values: [String] = []
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "column": column = try text(bytes)
      case "values": values = try texts(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    return (try required(column, "column", at: start, in: bytes), values)
  }

  private mutating func statusWord(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Recipe.StatusWord {
    var word: String?
    var status: OperatorRecord.Status?
    var confidence: Confidence?
    var reason: String?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "word": word = try text(bytes)
      case "status": status = try choice(bytes)
      case "confidence": confidence = try choice(bytes)
      case "reason": reason = try text(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    return Recipe.StatusWord(
      word: try required(word, "word", at: start, in: bytes),
      status: try required(status, "status", at: start, in: bytes), confidence: confidence,
      reason: reason)
  }

  private mutating func amendment(_ bytes: Span<UInt8>) throws(JSONFailure) -> Recipe.Amendment {
    var amendment = Recipe.Amendment()
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "status": amendment.status = try choice(bytes)
      case "kernel": amendment.kernel = try choice(bytes)
      case "reason": amendment.reason = try text(bytes)
      case "note": amendment.note = try text(bytes)
      case "limit": amendment.limitReason = try text(bytes)
      case "otherwise": amendment.otherwise = try choice(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    return amendment
  }

  private mutating func mark(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> (column: String, value: String, note: String) {
    var column: String?
    var value: String?
    var note: String?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "column": column = try text(bytes)
      case "value": value = try text(bytes)
      case "note": note = try text(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    return (
      try required(column, "column", at: start, in: bytes),
      try required(value, "value", at: start, in: bytes),
      try required(note, "note", at: start, in: bytes)
    )
  }
}
