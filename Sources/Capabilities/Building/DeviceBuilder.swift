import Bytes
import ModelGraph

extension StackBuilder {
  /// The document of the stack.
  func stackText() throws(ManifestFailure) -> String {
    var sources = SourceTable(recipe)
    let drafts = try deviceDrafts(&sources)
    let table = sources.table(for: drafts.flatMap(\.evidence))
    return JSONText.document([
      ("schema", JSONText.quoted("regauge/stack/1")),
      ("stack", JSONText.quoted(recipe.stack)), ("title", JSONText.quoted(recipe.title)),
      ("vendor", JSONText.quoted(recipe.vendor)),
      ("frontDoors", JSONText.strings(recipe.doors.map(\.name))),
      ("notes", recipe.notes.isEmpty ? nil : JSONText.lines(recipe.notes.map(JSONText.quoted))),
      ("sources", table.json),
      ("devices", JSONText.lines(drafts.map { $0.json(table) })),
    ])
  }

  private func deviceDrafts(
    _ sources: inout SourceTable
  ) throws(ManifestFailure) -> [DeviceDraft] {
    guard let devices = recipe.devices else { return [] }
    let csv = try CSVTable(
      file: folder + devices.file, source: source(devices.file, at: .text(line: 1, column: 1)))
    let rows = try DeviceRows(csv, devices)
    var drafts: [DeviceDraft] = []
    var isTaken = Array(repeating: false, count: csv.rows.count)
    for entry in devices.entries {
      var draft = try self.draft(entry, &sources)
      for name in entry.rows {
        let indices = csv.rows.indices.filter { rows.device(csv.rows[$0]) == name }
        guard !indices.isEmpty else {
          throw failure("no row of \(devices.file) is about \"\(name)\"", at: entry.position)
        }
        for index in indices {
          isTaken[index] = true
          try rows.add(csv.rows[index], to: &draft)
        }
      }
      drafts.append(draft)
    }
    for (row, taken) in zip(csv.rows, isTaken)
    where !taken && !devices.leftOut.contains(rows.device(row)) {
      throw csv.failure(
        row, column: devices.columns["device"] ?? "",
        "no device of the recipe takes the rows of \"\(rows.device(row))\"")
    }
    return drafts
  }

  private func draft(
    _ entry: Recipe.DeviceEntry, _ sources: inout SourceTable
  ) throws(ManifestFailure) -> DeviceDraft {
    var draft = DeviceDraft(entry)
    guard let name = entry.product else { return draft }
    guard let product = recipe.products.first(where: { $0.name == name }) else {
      throw failure("there is no product \"\(name)\"", at: entry.position)
    }
    draft.lacks = product.lacks
    draft.has = product.has
    if let note = product.note { draft.notes.append(note) }
    for citation in product.citations {
      guard let found = sources.sources(of: citation.cited) else {
        throw failure("\"\(citation.cited)\" is not among the sources", at: entry.position)
      }
      draft.evidence += found.map {
        Evidence(
          source: $0, path: citation.path, line: citation.line, confidence: citation.confidence)
      }
    }
    return draft
  }
}

/// A device on its way from a table to a manifest.
struct DeviceDraft {
  let entry: Recipe.DeviceEntry
  var lacks: ElementTypeSet = []
  var has: ElementTypeSet = []
  var figures: [String] = []
  var evidence: [Evidence] = []
  var notes: [String]

  init(_ entry: Recipe.DeviceEntry) {
    self.entry = entry
    notes = entry.note.map { [$0] } ?? []
  }

  func json(_ sources: [CitedSource]) -> String {
    JSONText.object([
      ("name", JSONText.quoted(entry.name)),
      ("aliases", entry.aliases.isEmpty ? nil : JSONText.strings(entry.aliases)),
      ("product", entry.product.map(JSONText.quoted)),
      ("lacks", lacks.isEmpty ? nil : JSONText.strings(lacks.types.map(\.name))),
      ("has", has.isEmpty ? nil : JSONText.strings(has.types.map(\.name))),
      ("evidence", evidence.isEmpty ? nil : evidence.json(sources)),
      ("note", notes.isEmpty ? nil : JSONText.quoted(notes.joined(separator: "; "))),
      ("figures", figures.isEmpty ? nil : JSONText.lines(figures)),
    ])
  }
}

/// Reads figures from the rows of a device table.
struct DeviceRows {
  private let csv: CSVTable
  private let table: Recipe.DeviceTable
  private let columns: NamedColumns

  /// What columns can be for.
  private static let meanings: Set<String> = [
    "device", "figure", "value", "unit", "kind", "source", "edition", "path", "line", "date",
    "confidence", "note",
  ]

  init(_ csv: CSVTable, _ table: Recipe.DeviceTable) throws(ManifestFailure) {
    columns = try NamedColumns(table.columns, of: csv, meanings: Self.meanings)
    self.csv = csv
    self.table = table
  }

  /// The device that a row is about.
  func device(_ row: CSVTable.Row) -> String { columns.field("device", row) ?? "" }

  /// Adds the figures of a row.
  func add(_ row: CSVTable.Row, to draft: inout DeviceDraft) throws(ManifestFailure) {
    guard let source = columns.field("source", row) else {
      // What nobody publishes is worth telling, but it is no figure.
      draft.notes.append(
        "\(columns.field("figure", row) ?? ""): \(columns.field("value", row) ?? "")")
      return
    }
    let origin = try self.origin(source, row, draft)
    if let figure = columns.field("figure", row), let value = columns.field("value", row) {
      draft.figures.append(json(figure, value, columns.field("unit", row), origin))
      return
    }
    let before = draft.figures.count
    for column in table.figures {
      let value = row.fields[try csv.index(of: column.column)]
      if !value.isEmpty { draft.figures.append(json(column.figure, value, column.unit, origin)) }
    }
    if draft.figures.count == before, let remark = columns.field("note", row) {
      draft.figures.append(json("remark", remark, nil, origin.withoutNote))
    }
  }

  /// Where a row's figures come from.
  private struct Origin {
    let kind: DeviceFigure.Kind
    let source: String
    var commit: String?
    var path: String?
    var line: String?
    var date: String?
    let confidence: Confidence
    var note: String?

    var withoutNote: Origin {
      var bare = self
      bare.note = nil
      return bare
    }
  }

  private func origin(
    _ source: String, _ row: CSVTable.Row, _ draft: DeviceDraft
  ) throws(ManifestFailure) -> Origin {
    let kindText = columns.field("kind", row) ?? ""
    // The same word can mean another kind in one publication than in all others.
    let kinds = ["\(kindText) (\(source))", kindText].compactMap { text in
      table.kinds.first { $0.text == text }?.kind
    }
    guard let kind = kinds.first else {
      throw csv.failure(
        row, column: table.columns["kind"] ?? "", "the recipe knows no kind \"\(kindText)\"")
    }
    guard let confidence = Confidence(rawValue: columns.field("confidence", row) ?? "") else {
      throw csv.failure(
        row, column: table.columns["confidence"] ?? "", "is none of high, medium, low")
    }
    let variant = device(row) == draft.entry.name ? nil : device(row)
    let note = [variant, columns.field("note", row)].compactMap(\.self).joined(separator: ": ")
    let parts = source.split(separator: "@", maxSplits: 1)
    let isAddress = source.contains("://")
    var origin = Origin(
      kind: kind, source: isAddress || parts.count < 2 ? source : String(parts[0]),
      commit: isAddress || parts.count < 2 ? nil : String(parts[1]),
      path: columns.field("path", row),
      line: columns.field("line", row), date: columns.field("date", row), confidence: confidence,
      note: note.isEmpty ? nil : note)
    Self.splitEdition(columns.field("edition", row), &origin)
    Self.splitPlace(&origin)
    return origin
  }

  /// Splits `commit (date)`; a text without a commit is a date when it begins with a year, and
  /// the name of an edition otherwise.
  private static func splitEdition(_ text: String?, _ origin: inout Origin) {
    guard let text else { return }
    let parts = text.split(separator: " ", maxSplits: 1)
    guard let first = parts.first else { return }
    if first.count >= 7, first.allSatisfy(\.isHexDigit) {
      origin.commit = String(first)
      if parts.count == 2 { origin.date = String(parts[1].filter { $0 != "(" && $0 != ")" }) }
    } else if text.prefix(4).allSatisfy(\.isNumber), text.count >= 4 {
      origin.date = text
    } else {
      origin.commit = text
    }
  }

  /// Moves the lines of `file:12-14` out of the path.
  private static func splitPlace(_ origin: inout Origin) {
    guard origin.line == nil, let path = origin.path, let colon = path.lastIndex(of: ":") else {
      return
    }
    let line = path[path.index(after: colon)...]
    guard let first = line.first, first.isNumber else { return }
    origin.path = String(path[..<colon])
    origin.line = String(line)
  }

  /// Whether a text is a number as JSON writes it.
  private func isNumber(_ text: String) -> Bool {
    guard let first = text.first, first.isNumber, Double(text) != nil else { return false }
    return !(first == "0" && text.count > 1 && !text.hasPrefix("0."))
      && text.utf8.allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x2E }
  }

  private func json(_ figure: String, _ value: String, _ unit: String?, _ origin: Origin) -> String
  {
    JSONText.object([
      ("figure", JSONText.quoted(figure)),
      ("value", isNumber(value) ? value : JSONText.quoted(value)),
      ("unit", unit.map(JSONText.quoted)),
      ("kind", JSONText.quoted(origin.kind.rawValue)),
      ("source", JSONText.quoted(origin.source)),
      ("commit", origin.commit.map(JSONText.quoted)),
      ("path", origin.path.map(JSONText.quoted)),
      ("line", origin.line.map(JSONText.quoted)),
      ("date", origin.date.map(JSONText.quoted)),
      ("confidence", JSONText.quoted(origin.confidence.rawValue)),
      ("note", origin.note.map(JSONText.quoted)),
    ])
  }
}
