import Bytes

/// Builds the mapping from ONNX's operators to PyTorch's from a table and its readings.
///
/// Each row's alternatives become forms; its variants and its remark need a reading, which may put
/// forms of its own in place of the row's.
struct MappingBuilder {
  /// What `mapping.json` beside the table says.
  struct Recipe {
    var name = ""
    var title = ""
    var table = ""
    var composites = ""
    var readings = ""
    var notes: [String] = []
    /// Names in the table that are no operators; alternatives that need them are dropped.
    var notOperators: [String] = []
    var sources: [Capabilities.Recipe.CitedSource] = []
  }

  /// What the variants or the remark of some rows mean, as JSON text.
  struct Reading {
    var operators: [String] = []
    var text = ""
    var forms: String?
    var also: String?
    var gaps: String?
    var note: String?
    var expressedBy: String?
    var position = SourcePosition.text(line: 1, column: 1)
  }

  let recipe: Recipe
  let folder: String
  let evidence: [(path: String, source: ByteSource)]

  func file() throws(ManifestFailure) -> ManifestBuilder.File {
    let entries = try entries()
    let composites = try composites()
    let citations = entries.map(\.citation) + composites.map(\.citation)
    let table = SourceTable.table(recipe.sources.flatMap(\.sources), for: citations)
    let text = JSONText.document([
      ("schema", JSONText.quoted("regauge/mapping/1")),
      ("mapping", JSONText.quoted(recipe.name)), ("title", JSONText.quoted(recipe.title)),
      ("notes", JSONText.lines(recipe.notes.map(JSONText.quoted))),
      ("sources", table.json),
      ("composites", JSONText.lines(composites.map { $0.json(table) })),
      ("operators", JSONText.records(entries.map { ($0.name, $0.json(table)) })),
    ])
    let path = "mappings/\(recipe.name).json"
    _ = try ManifestReader.mapping(file: path, source: ByteSource(Array(text.utf8)))
    return (path, text)
  }

  /// One line of the document.
  private struct Line {
    let members: [(key: String, value: String?)]
    let citation: Evidence

    /// The operator's name in JSON.
    var name: String { members.first { $0.key == "op" }?.value ?? "" }

    func json(_ table: [CitedSource]) -> String {
      JSONText.object(members + [("evidence", [citation].json(table))])
    }
  }

  private func source(_ cited: String) throws(ManifestFailure) -> EvidenceSource {
    guard let found = recipe.sources.first(where: { $0.cited == cited })?.sources.first else {
      throw failure("\"\(cited)\" is not among the sources")
    }
    return found
  }

  private func failure(_ reason: String) -> ManifestFailure {
    ManifestFailure(
      file: folder + "mapping.json", position: .text(line: 1, column: 1), path: "",
      reason: reason)
  }

  private func open(_ name: String) throws(ManifestFailure) -> ByteSource {
    guard let file = evidence.first(where: { $0.path == folder + name }) else {
      throw failure("there is no file \"\(name)\" beside the recipe")
    }
    return file.source
  }

  // MARK: Entries

  private func entries() throws(ManifestFailure) -> [Line] {
    let csv = try CSVTable(file: folder + recipe.table, source: open(recipe.table))
    var book = try book()
    let derived = try source(recipe.table)
    let columns = try Columns(csv)
    var lines: [Line] = []
    for row in csv.rows { lines.append(try line(row, columns, csv, &book, derived)) }
    if let unused = book.first(where: { !$0.used })?.reading {
      throw ManifestFailure(
        file: folder + recipe.readings, position: unused.position, path: "",
        reason: "no row says \"\(unused.text)\" for this reading")
    }
    return lines
  }

  private struct Columns {
    let domain: Int
    let name: Int
    let route: Int
    let needs: Int
    let variants: Int
    let note: Int
    let confidence: Int

    init(_ csv: CSVTable) throws(ManifestFailure) {
      domain = try csv.index(of: "domain")
      name = try csv.index(of: "onnx_op")
      route = try csv.index(of: "route")
      needs = try csv.index(of: "aten_ops")
      variants = try csv.index(of: "variants")
      note = try csv.index(of: "note")
      confidence = try csv.index(of: "confidence")
    }
  }

  private func line(
    _ row: CSVTable.Row, _ columns: Columns, _ csv: CSVTable,
    _ book: inout [(reading: Reading, used: Bool)], _ derived: EvidenceSource
  ) throws(ManifestFailure) -> Line {
    let name = row.fields[columns.name]
    let domain = row.fields[columns.domain]
    let needs = row.fields[columns.needs]
    var forms: String? = needs.isEmpty ? nil : forms(needs)
    var also: String?
    var gaps: String?
    var note: String?
    for (column, text) in [columns.variants, columns.note].map({ ($0, row.fields[$0]) })
    where !text.isEmpty {
      guard
        let place = book.firstIndex(where: {
          $0.reading.text == text && $0.reading.operators.contains(name)
        })
      else {
        throw csv.failure(
          row, column: csv.columns[column], "there is no reading of \"\(text)\" for \(name)")
      }
      book[place].used = true
      let reading = book[place].reading
      forms = reading.forms ?? forms
      also = reading.also ?? also
      gaps = reading.gaps ?? gaps
      note = reading.note ?? note
    }
    guard let confidence = Confidence(rawValue: row.fields[columns.confidence]) else {
      throw csv.failure(row, column: "confidence", "is none of high, medium, low")
    }
    let kind = try self.kind(row.fields[columns.route], needs: needs, row, csv)
    // What ONNX Runtime adds to the default domain stands there too.
    let known = domain.hasPrefix("ai.onnx (") ? "ai.onnx" : domain
    return Line(
      members: [
        ("domain", JSONText.quoted(known)), ("op", JSONText.quoted(name)),
        ("class", kind == .kernels ? nil : JSONText.quoted(kind.rawValue)),
        ("forms", kind == .kernels ? forms : nil), ("also", also), ("without", gaps),
        ("note", note.map(JSONText.quoted)),
      ],
      citation: Evidence(source: derived, line: String(row.line), confidence: confidence))
  }

  private func kind(
    _ route: String, needs: String, _ row: CSVTable.Row, _ csv: CSVTable
  ) throws(ManifestFailure) -> OperatorMapping.Class {
    switch route {
    // A composition of nothing but views needs no kernel either.
    case "direct", "composite": return needs.isEmpty ? .view : .kernels
    default:
      guard let kind = OperatorMapping.Class(rawValue: route) else {
        throw csv.failure(row, column: "route", "\"\(route)\" is no route")
      }
      return kind
    }
  }

  /// `aten::a;aten::b|aten::c` as two forms.
  private func forms(_ text: String) -> String {
    let possible = Self.alternatives(text).filter { needs in
      !needs.contains { recipe.notOperators.contains($0) }
    }
    return JSONText.list(possible.map { JSONText.object([("needs", JSONText.strings($0))]) })
  }

  private static func alternatives(_ text: String) -> [[String]] {
    text.split(separator: "|").map { alternative in
      alternative.split(separator: ";").map { name in
        name.hasPrefix("aten::") ? String(name.dropFirst("aten::".count)) : String(name)
      }
    }
  }

  // MARK: Composites

  private func composites() throws(ManifestFailure) -> [Line] {
    let csv = try CSVTable(file: folder + recipe.composites, source: open(recipe.composites))
    let column = try [
      csv.index(of: "aten_op"), csv.index(of: "calls"), csv.index(of: "confidence"),
      csv.index(of: "source_repo"), csv.index(of: "commit"), csv.index(of: "path"),
      csv.index(of: "line"),
    ]
    var names: [String] = []
    var calls: [String: [String]] = [:]
    var citations: [String: Evidence] = [:]
    for row in csv.rows {
      let fields = column.map { row.fields[$0] }
      guard let confidence = Confidence(rawValue: fields[2]) else {
        throw csv.failure(row, column: "confidence", "is none of high, medium, low")
      }
      if calls[fields[0]] == nil { names.append(fields[0]) }
      calls[fields[0], default: []] += Self.alternatives(fields[1]).map(JSONText.strings)
      citations[fields[0]] = Evidence(
        source: try source("\(fields[3])@\(fields[4])"), path: fields[5], line: fields[6],
        confidence: confidence)
    }
    return names.compactMap { name in
      guard let citation = citations[name], let calls = calls[name] else { return nil }
      return Line(
        members: [("op", JSONText.quoted(name)), ("calls", JSONText.list(calls))],
        citation: citation)
    }
  }

  private func book() throws(ManifestFailure) -> [(reading: Reading, used: Bool)] {
    let file = (path: folder + recipe.readings, source: try open(recipe.readings))
    let readings = try ManifestBuilder.parse(file) { (parser, bytes) throws(JSONFailure) in
      try parser.mappingReadings(bytes)
    }
    return readings.map { ($0, false) }
  }
}

// MARK: - Parsing

extension ManifestParser {
  /// The recipe of a mapping.
  mutating func mappingRecipe(_ bytes: Span<UInt8>) throws(JSONFailure) -> MappingBuilder.Recipe {
    var recipe = MappingBuilder.Recipe()
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "schema": _ = try schema("regauge/mapping-recipe/1", bytes)
      case "mapping": recipe.name = try text(bytes)
      case "title": recipe.title = try text(bytes)
      case "table": recipe.table = try text(bytes)
      case "composites": recipe.composites = try text(bytes)
      case "readings": recipe.readings = try text(bytes)
      case "notes": recipe.notes = try texts(bytes)
      case "notOperators": recipe.notOperators = try texts(bytes)
      case "sources": recipe.sources = try citedSources(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    try reader.end(bytes)
    return recipe
  }

  /// The document of readings of a mapping.
  mutating func mappingReadings(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [MappingBuilder.Reading] {
    var readings: [MappingBuilder.Reading] = []
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "schema": _ = try schema("regauge/mapping-readings/1", bytes)
      case "readings":
        readings = try list(bytes) { (parser) throws(JSONFailure) in
          try parser.mappingReading(bytes)
        }
      default: throw unknownKey(key, in: bytes)
      }
    }
    try reader.end(bytes)
    return readings
  }

  private mutating func mappingReading(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> MappingBuilder.Reading {
    var reading = MappingBuilder.Reading()
    let start = try beginObject(bytes)
    reading.position = linePosition(of: start, in: bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "ops": reading.operators = try texts(bytes)
      case "text": reading.text = try text(bytes)
      case "forms": reading.forms = try raw(bytes)
      case "also": reading.also = try raw(bytes)
      case "without": reading.gaps = try raw(bytes)
      case "note": reading.note = try text(bytes)
      case "expressedBy": reading.expressedBy = try text(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    let saysNothing =
      reading.forms == nil && reading.also == nil && reading.gaps == nil && reading.note == nil
      && reading.expressedBy == nil
    if saysNothing { throw missing("forms", at: start, in: bytes) }
    return reading
  }
}
