import Bytes

/// Reads the rows of a table through the column names of a recipe.
struct TableRows {
  let csv: CSVTable
  let table: Recipe.Table
  private let columns: NamedColumns

  /// What columns can be for.
  private static let meanings: Set<String> = [
    "domain", "op", "overload", "from", "to", "versions", "status", "types", "text", "repository",
    "commit", "path", "line", "unread", "evidence", "products", "scope", "confidence",
  ]

  init(_ csv: CSVTable, _ table: Recipe.Table) throws(ManifestFailure) {
    columns = try NamedColumns(table.columns, of: csv, meanings: Self.meanings)
    self.csv = csv
    self.table = table
  }

  /// The rows that the recipe uses.
  ///
  /// Every operator that the recipe leaves out must be there.
  func chosen() throws(ManifestFailure) -> [CSVTable.Row] {
    var rows = csv.rows
    for condition in table.conditions {
      let index = try csv.index(of: condition.column)
      rows = rows.filter { condition.values.contains($0.fields[index]) }
    }
    if !table.equalColumns.isEmpty {
      var indices: [Int] = []
      for column in table.equalColumns { indices.append(try csv.index(of: column)) }
      rows = rows.filter { row in Set(indices.map { row.fields[$0] }).count == 1 }
    }
    let names = table.leftOut + table.operatorNames.map(\.text)
    for name in names where !rows.contains(where: { columns.field("op", $0) == name }) {
      throw ManifestFailure(
        file: csv.file, position: .text(line: 1, column: 1), path: table.columns["op"] ?? "",
        reason: "no row is about \"\(name)\", which the recipe names")
    }
    // A name with a module or class left in it is no operator.
    let areFunctions = !table.namePrefixes.isEmpty
    return rows.filter { row in
      let name = columns.field("op", row) ?? ""
      if table.leftOut.contains(name) { return false }
      return !areFunctions || table.operatorNames.contains { $0.text == name }
        || !bareName(name).contains(".")
    }
  }

  /// The row's sentences.
  func text(_ row: CSVTable.Row) -> String? { columns.field("text", row) }

  /// Attributes that the row lists as never read.
  func unreadAttributes(_ row: CSVTable.Row) -> [String] {
    (columns.field("unread", row) ?? "").split(separator: ";").map(String.init)
  }

  /// The record without what the row's sentences mean and without evidence.
  func draft(_ row: CSVTable.Row) throws(ManifestFailure) -> DraftRecord {
    var draft = DraftRecord()
    draft.domain =
      if let domain = columns.field("domain", row) ?? table.domain {
        domain
      } else {
        try columns.required("domain", row)
      }
    (draft.name, draft.overloads) = try name(row)
    draft.kernel = table.kernel?.rawValue
    draft.versions = try versions(row)
    if let word = try statusWord(row) {
      if word.status != .supported { draft.status = word.status.rawValue }
      draft.reason = word.reason
    }
    draft.types = try types(row)
    draft.products = try products(row)
    draft.limits = table.limits.map { json($0, row) }
    draft.decidedBy = table.decidedBy?.description
    for mark in table.marks {
      let index = try csv.index(of: mark.column)
      if row.fields[index] == mark.value { draft.notes.append(mark.note) }
    }
    return draft
  }

  /// The operator's name and, for PyTorch's operators, the overload that the row is about.
  private func name(
    _ row: CSVTable.Row
  ) throws(ManifestFailure) -> (name: String, overloads: [String]) {
    let written = try columns.required("op", row)
    let name = table.operatorNames.first { $0.text == written }?.name ?? written
    guard table.areOverloads, table.namePrefixes.isEmpty else { return (bareName(name), []) }
    let parts = bareName(name).split(separator: ".", maxSplits: 1)
    let overload = parts.count == 2 ? String(parts[1]) : columns.field("overload", row) ?? ""
    return (String(parts[0]), [overload])
  }

  /// A name of PyTorch without the module that it stands in.
  private func bareName(_ name: String) -> String {
    if table.namePrefixes.isEmpty, !table.areOverloads, table.role != .amendments { return name }
    for prefix in table.namePrefixes where name.hasPrefix(prefix.text) {
      return prefix.name + name.dropFirst(prefix.text.count)
    }
    return name.hasPrefix("aten::") ? String(name.dropFirst("aten::".count)) : name
  }

  /// The operators that an amendment is about, each with its overloads; several stand apart by `;`.
  func amendedNames(_ row: CSVTable.Row) -> [String: [String]] {
    guard let written = columns.field("op", row) else { return [:] }
    let names = table.operatorNames.first { $0.text == written }?.name ?? written
    var result: [String: [String]] = [:]
    for name in names.split(separator: ";") {
      let parts = bareName(String(name)).split(separator: ".", maxSplits: 1)
      result[String(parts[0]), default: []].append(parts.count == 2 ? String(parts[1]) : "")
    }
    return result
  }

  /// A text with the fields of a row in place of `{column}`.
  func filled(_ template: String, _ row: CSVTable.Row) throws(ManifestFailure) -> String {
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"),
      let close = rest[open...].firstIndex(of: "}")
    {
      result += rest[..<open]
      let column = String(rest[rest.index(after: open)..<close])
      result += row.fields[try csv.index(of: column)]
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  private func statusWord(_ row: CSVTable.Row) throws(ManifestFailure) -> Recipe.StatusWord? {
    guard let written = columns.field("status", row) else { return nil }
    guard let word = table.statuses.first(where: { $0.word == written }) else {
      throw csv.failure(
        row, column: table.columns["status"] ?? "", "the recipe knows no status \"\(written)\"")
    }
    return word
  }

  // MARK: Versions

  private func versions(_ row: CSVTable.Row) throws(ManifestFailure) -> String? {
    let written: String
    if let list = columns.field("versions", row) {
      written = list == "any" ? list : Self.ranges(list)
    } else if let from = columns.field("from", row) {
      written = columns.field("to", row).map { "\(from)-\($0)" } ?? "\(from)+"
    } else {
      return nil
    }
    guard let versions = VersionSet(written) else {
      throw csv.failure(
        row, column: table.columns["versions"] ?? table.columns["from"] ?? "",
        "\"\(written)\" is no list of versions")
    }
    return versions.description
  }

  /// `8;9;10;12` as `8-10,12`.
  private static func ranges(_ list: String) -> String {
    var ranges: [(from: Int, through: Int)] = []
    for part in list.split(separator: ";") {
      guard let version = Int(part) else { return list }
      if let last = ranges.last, last.through + 1 == version {
        ranges[ranges.count - 1].through = version
      } else {
        ranges.append((version, version))
      }
    }
    return ranges.map { $0.from == $0.through ? "\($0.from)" : "\($0.from)-\($0.through)" }
      .joined(separator: ",")
  }

  // MARK: Types

  private func types(
    _ row: CSVTable.Row, mayBeOutsideONNX: Bool = false
  ) throws(ManifestFailure) -> [(parameter: String, types: TypeSet)] {
    var result: [(parameter: String, types: TypeSet)] = []
    let written = columns.field("types", row) ?? ""
    let parts = table.typeSeparator == nil ? written.split(separator: "|") : [Substring(written)]
    for part in parts where !part.isEmpty {
      let (parameter, names) = Self.parameter(of: part)
      var types = TypeSet()
      for name in names.split(separator: table.typeSeparator ?? ";") {
        let text = Self.trimmed(name)
        if table.typesNotInONNX.contains(text) { continue }
        let known = table.typeNames.first { $0.text == text }?.name ?? text
        guard types.insert(name: known) else {
          throw csv.failure(
            row, column: table.columns["types"] ?? "", "there is no type \"\(text)\"")
        }
      }
      if types.isEmpty, mayBeOutsideONNX { continue }
      guard !types.isEmpty else {
        throw csv.failure(
          row, column: table.columns["types"] ?? "", "none of the types is one of ONNX")
      }
      result.append((parameter, types))
    }
    return result
  }

  /// Splits `T=…` or `T:…`; without either the types are those of the first input.
  private static func parameter(of part: Substring) -> (String, Substring) {
    guard let end = part.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
      return (TypeLimit.firstInput, part)
    }
    return (trimmed(part[..<end]), part[part.index(after: end)...])
  }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }

  // MARK: Products and evidence

  private func products(
    _ row: CSVTable.Row
  ) throws(ManifestFailure) -> [(product: String, support: String)] {
    var result: [(product: String, support: String)] = []
    for part in (columns.field("products", row) ?? "").split(separator: ";") {
      let ends = part.split(separator: "=")
      guard ends.count == 2 else {
        throw csv.failure(
          row, column: table.columns["products"] ?? "", "\"\(part)\" is not product=answer")
      }
      // A question mark means that no document was found, which says nothing.
      if ends[1] != "?" { result.append((String(ends[0]), String(ends[1]))) }
    }
    return result
  }

  /// The row's own citation and those of its sentences.
  func evidence(
    _ row: CSVTable.Row, _ sources: inout SourceTable
  ) throws(ManifestFailure) -> [Evidence] {
    let citation =
      "\(try columns.required("repository", row))@\(try columns.required("commit", row))"
    guard let found = sources.sources(of: citation) else {
      throw csv.failure(
        row, column: table.columns["commit"] ?? "",
        "\"\(citation)\" is not among the sources of the recipe")
    }
    let confidence = try confidence(row)
    var evidence = found.map {
      Evidence(
        source: $0, path: columns.field("path", row), line: columns.field("line", row),
        confidence: confidence)
    }
    for (path, line) in Self.places(columns.field("evidence", row) ?? "") {
      evidence += found.map {
        Evidence(
          source: $0, path: table.evidencePrefix + path, line: line, confidence: .medium)
      }
    }
    return evidence
  }

  private func confidence(_ row: CSVTable.Row) throws(ManifestFailure) -> Confidence {
    guard let written = columns.field("confidence", row) else {
      return try statusWord(row)?.confidence ?? table.confidence
    }
    guard let confidence = Confidence(rawValue: written) else {
      throw csv.failure(
        row, column: table.columns["confidence"] ?? "", "is none of high, medium, low")
    }
    return confidence
  }

  /// Splits `a.cc:1-2 | b.cc:3; c.h:4` into files and lines, each once.
  private static func places(_ text: String) -> [(path: String, line: String?)] {
    var seen: Set<String> = []
    var result: [(path: String, line: String?)] = []
    for part in text.split(whereSeparator: { $0 == "|" || $0 == ";" }) {
      let place = trimmed(part)
      guard !place.isEmpty, seen.insert(place).inserted else { continue }
      if let colon = place.lastIndex(of: ":") {
        result.append((String(place[..<colon]), String(place[place.index(after: colon)...])))
      } else {
        result.append((place, nil))
      }
    }
    return result
  }

  // MARK: Limits

  /// A limit as JSON; its reason tells the scope that the row names.
  func json(_ limit: Reading.LimitText, _ row: CSVTable.Row) -> String {
    let otherwise = limit.otherwise ?? table.otherwise
    return JSONText.object([
      ("check", limit.check), ("when", limit.when),
      ("otherwise", otherwise.map { JSONText.quoted($0.rawValue) }),
      ("reason", JSONText.quoted(limit.reason + scope(row))),
      ("help", limit.help.map(JSONText.quoted)),
    ])
  }

  /// A limit to the types that a document lists.
  func documentedTypes(_ types: TypeSet, _ row: CSVTable.Row) -> String {
    let names = types.names
    let otherwise = table.otherwise ?? .unsupported
    return JSONText.object([
      ("check", JSONText.object([("input", "0"), ("dtypes", JSONText.strings(names))])),
      ("otherwise", JSONText.quoted(otherwise.rawValue)),
      (
        "reason",
        JSONText.quoted("documented for \(names.joined(separator: ", "))" + scope(row))
      ),
    ])
  }

  /// The limit of an amendment: on the types that a row names, or on every node.
  func amendingLimit(
    _ amendment: Recipe.Amendment, _ row: CSVTable.Row
  ) throws(ManifestFailure) -> String? {
    guard let template = amendment.limitReason else { return nil }
    let reason = try filled(template, row)
    let isAboutTypes = columns.field("types", row) != nil
    let names = try types(row, mayBeOutsideONNX: true).first?.types.names ?? []
    if isAboutTypes, names.isEmpty { return nil }
    let check =
      isAboutTypes
      ? JSONText.object([
        ("not", JSONText.object([("input", "0"), ("dtypes", JSONText.strings(names))]))
      ]) : JSONText.object([("undecidable", JSONText.quoted("whether it works here"))])
    return JSONText.object([
      ("check", check), ("otherwise", JSONText.quoted(amendment.otherwise.rawValue)),
      ("reason", JSONText.quoted(reason)),
    ])
  }

  private func scope(_ row: CSVTable.Row) -> String {
    guard let text = columns.field("scope", row) else { return "" }
    return " (\(table.scopeNames.first { $0.text == text }?.name ?? text))"
  }
}
