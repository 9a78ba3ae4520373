import Bytes

/// A record on its way from a table to a manifest.
struct DraftRecord {
  var domain = ""
  var name = ""
  var overloads: [String] = []
  var kernel: String?
  var versions: String?
  var status: String?
  var reason: String?
  var types: [(parameter: String, types: TypeSet)] = []
  /// Types that documents name; others are not refused, but nothing speaks for them.
  var documentedTypes = TypeSet()
  var limits: [String] = []
  var ignores: [String] = []
  var products: [(product: String, support: String)] = []
  var decidedBy: String?
  var notes: [String] = []
  var evidence: [Evidence] = []

  /// The record on one line.
  func json(_ sources: [CitedSource]) -> String {
    let types = self.types.map { (key: $0.parameter, value: JSONText.strings($0.types.names)) }
    let limits = self.limits + (documentedTypes.isEmpty ? [] : [documentedLimit])
    let products = self.products.map { (key: $0.product, value: JSONText.quoted($0.support)) }
    return JSONText.object([
      ("domain", JSONText.quoted(domain)), ("op", JSONText.quoted(name)),
      ("overloads", overloads.isEmpty ? nil : JSONText.strings(overloads)),
      ("kernel", kernel.map(JSONText.quoted)),
      ("versions", versions.map(JSONText.quoted)), ("status", status.map(JSONText.quoted)),
      ("reason", reason.map(JSONText.quoted)),
      ("dtypes", types.isEmpty ? nil : JSONText.object(types)),
      ("limits", limits.isEmpty ? nil : JSONText.list(limits)),
      ("ignores", ignores.isEmpty ? nil : JSONText.list(ignores)),
      ("devices", products.isEmpty ? nil : JSONText.object(products)),
      ("asIn", decidedBy.map(JSONText.quoted)),
      ("note", notes.isEmpty ? nil : JSONText.quoted(notes.joined(separator: "; "))),
      ("evidence", evidence.json(sources)),
    ])
  }
}

extension DraftRecord {
  /// Overloads that stand for an operator as ONNX's nodes use it: with tensors in all places.
  private static let mainOverloads: Set<String> = [
    "", "Tensor", "self", "dim", "int", "Tensor_Tensor", "stable", "IntList_out",
  ]

  /// Whether what is said of some overloads holds for the operator as nodes use it.
  func isMeant(by said: [String]) -> Bool {
    let main = overloads.filter { Self.mainOverloads.contains($0) }
    return main.isEmpty ? overloads.allSatisfy(said.contains) : main.contains(where: said.contains)
  }

  /// Notes what holds for other overloads only.
  mutating func noteSome(_ said: [String], _ text: String?) {
    guard let text else { return }
    let names = said.map { "\(name).\($0)" }.joined(separator: ", ")
    let note = "\(names) only: \(text)"
    if !notes.contains(note) { notes.append(note) }
  }

  private var documentedLimit: String {
    let names = documentedTypes.names
    return JSONText.object([
      ("check", JSONText.object([("input", "0"), ("dtypes", JSONText.strings(names))])),
      ("otherwise", JSONText.quoted(Limit.Outcome.conditional.rawValue)),
      ("reason", JSONText.quoted("documented for " + names.joined(separator: ", "))),
    ])
  }

  /// What the record says, without overloads and evidence.
  var mergeKey: String {
    var bare = self
    bare.overloads = []
    bare.evidence = []
    return bare.json([])
  }

  /// Adds a citation; another line of a file that is cited already is added to its lines.
  mutating func cite(_ new: Evidence) {
    let same = evidence.firstIndex {
      $0.source == new.source && $0.path == new.path && $0.confidence == new.confidence
    }
    guard let same, let old = evidence[same].line, let line = new.line else {
      if !evidence.contains(new) { evidence.append(new) }
      return
    }
    if old.split(separator: ",").contains(line[...]) { return }
    evidence[same] = Evidence(
      source: new.source, path: new.path, line: "\(old),\(line)", confidence: new.confidence)
  }
}

/// Builds the document of one front door.
struct DoorBuilder {
  let door: Recipe.Door
  let stack: StackBuilder
  private var sources: SourceTable
  private var book = ReadingBook(file: "", readings: [])
  private var drafts: [DraftRecord] = []
  /// Positions of drafts whose rows are overloads, by what they say.
  private var draftPlaces: [String: Int] = [:]

  init(door: Recipe.Door, stack: StackBuilder) {
    self.door = door
    self.stack = stack
    sources = SourceTable(stack.recipe)
  }

  mutating func text() throws(ManifestFailure) -> String {
    try openBook()
    for table in door.tables { try add(table) }
    for reading in book.unused {
      throw ManifestFailure(
        file: book.file, position: reading.position, path: "",
        reason: "no row of the tables says \"\(reading.text)\" for this reading")
    }
    let written = try writtenRecords()
    for name in door.cited { _ = try citedSources(name) }
    let table = sources.table(
      for: drafts.flatMap(\.evidence) + written.flatMap(\.evidence))
    let records =
      drafts.map { (JSONText.quoted($0.name), $0.json(table)) }
      + written.map { ($0.name, $0.json(table)) }
    var members: [(key: String, value: String?)] = [
      ("schema", JSONText.quoted("regauge/front-door/1")),
      ("stack", JSONText.quoted(stack.recipe.stack)), ("door", JSONText.quoted(door.name)),
    ]
    members += door.head.map { ($0.key, $0.value) }
    members += [("sources", table.json), ("operators", JSONText.records(records))]
    return JSONText.document(members)
  }

  private mutating func openBook() throws(ManifestFailure) {
    guard let name = door.readings else { return }
    let source = try stack.source(name, at: .text(line: 1, column: 1))
    let path = stack.folder + name
    let readings = try ManifestBuilder.parse((path, source)) {
      (parser, bytes) throws(JSONFailure) in try parser.readings(bytes)
    }
    book = ReadingBook(file: path, readings: readings)
  }

  /// A record that the recipe itself holds, with its citations looked up.
  private struct WrittenRecord {
    let members: [(key: String, value: String)]
    let evidence: [Evidence]

    /// The operator's name in JSON.
    var name: String { members.first { $0.key == "op" }?.value ?? "" }

    func json(_ table: [CitedSource]) -> String {
      JSONText.object(members.map { ($0.key, $0.value) } + [("evidence", evidence.json(table))])
    }
  }

  private mutating func writtenRecords() throws(ManifestFailure) -> [WrittenRecord] {
    var written: [WrittenRecord] = []
    for record in door.records {
      var evidence: [Evidence] = []
      for citation in record.citations { evidence += try self.evidence(citation) }
      written.append(WrittenRecord(members: record.members, evidence: evidence))
    }
    return written
  }

  private mutating func evidence(
    _ citation: Recipe.Citation
  ) throws(ManifestFailure) -> [Evidence] {
    try citedSources(citation.cited).map {
      Evidence(
        source: $0, path: citation.path, line: citation.line, confidence: citation.confidence)
    }
  }

  private mutating func citedSources(
    _ name: String
  ) throws(ManifestFailure) -> [EvidenceSource] {
    guard let found = sources.sources(of: name) else {
      throw stack.failure("\"\(name)\" is not among the sources", at: .text(line: 1, column: 1))
    }
    return found
  }

  // MARK: Tables

  private mutating func add(_ table: Recipe.Table) throws(ManifestFailure) {
    let csv = try CSVTable(
      file: stack.path(of: table.file), source: stack.source(table.file, at: table.position))
    let rows = try TableRows(csv, table)
    for row in try rows.chosen() {
      if table.role == .amendments {
        try amend(row, rows)
        continue
      }
      var draft = try rows.draft(row)
      if table.role == .limits, table.skipsUnlisted, places(of: draft).isEmpty { continue }
      draft.evidence = try rows.evidence(row, &sources)
      if table.role == .absences { draft.status = "unsupported" }
      if draft.status == "unsupported" {
        draft.reason = rows.text(row) ?? draft.reason
      } else {
        try read(row, rows, &draft)
      }
      if table.role == .limits {
        try narrow(by: draft, row, rows)
      } else {
        append(draft, table)
      }
    }
  }

  /// Adds a record for each operator that the draft names.
  private mutating func append(_ draft: DraftRecord, _ table: Recipe.Table) {
    guard table.areOverloads else {
      drafts.append(draft)
      return
    }
    for name in draft.name.split(separator: ";") {
      var single = draft
      single.name = String(name)
      if !merge(single) { drafts.append(single) }
    }
  }

  /// Positions of the records that take the operators which a draft names.
  private func places(of draft: DraftRecord) -> [Int] {
    let names = draft.name.split(separator: ";")
    return drafts.indices.filter {
      drafts[$0].domain == draft.domain && names.contains(drafts[$0].name[...])
        && drafts[$0].status == nil
    }
  }

  /// Changes what the records say of the operators that a row names.
  private mutating func amend(
    _ row: CSVTable.Row, _ rows: TableRows
  ) throws(ManifestFailure) {
    guard let amendment = rows.table.amendment else { return }
    let names = rows.amendedNames(row)
    let places = drafts.indices.filter {
      drafts[$0].domain == rows.table.domain && names[drafts[$0].name] != nil
    }
    guard !places.isEmpty else { return }
    let evidence = try rows.evidence(row, &sources)
    let reason = try amendment.reason.map { (text) throws(ManifestFailure) in
      try rows.filled(text, row)
    }
    let note = try amendment.note.map { (text) throws(ManifestFailure) in
      try rows.filled(text, row)
    }
    let limit = try rows.amendingLimit(amendment, row)
    for place in places {
      let overloads = names[drafts[place].name] ?? []
      // A function stands for all overloads of its operator.
      guard !rows.table.namePrefixes.isEmpty || drafts[place].isMeant(by: overloads) else {
        drafts[place].noteSome(overloads, reason ?? note)
        for citation in evidence { drafts[place].cite(citation) }
        continue
      }
      if let status = amendment.status {
        drafts[place].status = status.rawValue
        // The citation for the status comes before those for being listed.
        drafts[place].evidence = evidence + drafts[place].evidence
      }
      if let reason { drafts[place].reason = reason }
      if let kernel = amendment.kernel { drafts[place].kernel = kernel.rawValue }
      if let note, !drafts[place].notes.contains(note) { drafts[place].notes.append(note) }
      if let limit, !drafts[place].limits.contains(limit) { drafts[place].limits.append(limit) }
      for citation in evidence { drafts[place].cite(citation) }
    }
  }

  /// Adds an overload to the record that says the same of another overload, if there is one.
  private mutating func merge(_ draft: DraftRecord) -> Bool {
    guard let place = draftPlaces[draft.mergeKey] else {
      draftPlaces[draft.mergeKey] = drafts.count
      return false
    }
    drafts[place].overloads += draft.overloads
    for evidence in draft.evidence { drafts[place].cite(evidence) }
    return true
  }

  /// Adds what the row's sentences mean.
  private mutating func read(
    _ row: CSVTable.Row, _ rows: TableRows, _ draft: inout DraftRecord
  ) throws(ManifestFailure) {
    let found: [Reading]
    switch book.cover(rows.text(row) ?? "", table: rows.table.file, name: draft.name) {
    case .success(let readings): found = readings
    case .failure(let uncovered):
      throw rows.csv.failure(
        row, column: rows.table.columns["text"] ?? "",
        "there is no reading of \"\(uncovered.text)\" for \(draft.name)")
    }
    var mentioned: Set<String> = []
    for reading in found {
      for limit in reading.limits {
        draft.limits.append(rows.json(limit, row))
        mentioned.formUnion(limit.attributes)
      }
      draft.ignores += reading.ignores.map(\.json)
      mentioned.formUnion(reading.ignores.map(\.attribute))
      mentioned.formUnion(reading.harmless)
      if let status = reading.status {
        draft.status = status == .supported ? nil : status.rawValue
        draft.reason = reading.note
      } else if let note = reading.note {
        draft.notes.append(note)
      }
      for (parameter, types) in reading.types {
        draft.types.removeAll { $0.parameter == parameter }
        if let types { draft.types.append((parameter, types)) }
      }
    }
    if rows.table.typesAreDocumented {
      for (_, types) in draft.types { draft.documentedTypes.formUnion(types) }
      draft.types = []
    }
    for attribute in rows.unreadAttributes(row) where !mentioned.contains(attribute) {
      throw rows.csv.failure(
        row, column: rows.table.columns["unread"] ?? "",
        "no reading says what follows from not reading \"\(attribute)\"")
    }
  }

  /// Adds a row's limits to the records of its operator.
  private mutating func narrow(
    by draft: DraftRecord, _ row: CSVTable.Row, _ rows: TableRows
  ) throws(ManifestFailure) {
    let indices = places(of: draft)
    guard !indices.isEmpty else {
      throw rows.csv.failure(
        row, column: rows.table.columns["op"] ?? "",
        "no record of \(draft.domain)::\(draft.name) that could be narrowed")
    }
    let types = draft.types.map { rows.documentedTypes($0.types, row) }
    for index in indices {
      drafts[index].limits += types + draft.limits
      drafts[index].documentedTypes.formUnion(draft.documentedTypes)
      drafts[index].ignores += draft.ignores
      drafts[index].notes += draft.notes.filter { !drafts[index].notes.contains($0) }
      // What the narrower table says of a product goes before what was said.
      drafts[index].products.removeAll { old in
        draft.products.contains { $0.product == old.product }
      }
      drafts[index].products += draft.products
      drafts[index].evidence += draft.evidence
    }
  }
}
