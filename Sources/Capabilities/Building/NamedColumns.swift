import Bytes

/// The columns of a table by what a recipe says they are for.
struct NamedColumns {
  private let csv: CSVTable
  private let columns: [String: String]
  private let indices: [String: Int]

  /// Takes a recipe's columns by meaning; each meaning must be among `meanings`.
  init(
    _ columns: [String: String], of csv: CSVTable, meanings: Set<String>
  ) throws(ManifestFailure) {
    var indices: [String: Int] = [:]
    for (meaning, column) in columns.sorted(by: { $0.key < $1.key }) {
      guard meanings.contains(meaning) else {
        throw ManifestFailure(
          file: csv.file, position: .text(line: 1, column: 1), path: column,
          reason: "a column cannot be \"\(meaning)\"")
      }
      indices[meaning] = try csv.index(of: column)
    }
    self.csv = csv
    self.columns = columns
    self.indices = indices
  }

  /// What a row holds in the column of that meaning; nil when there is no such column or no text.
  func field(_ meaning: String, _ row: CSVTable.Row) -> String? {
    guard let index = indices[meaning], !row.fields[index].isEmpty else { return nil }
    return row.fields[index]
  }

  /// The same where the text must be there.
  func required(_ meaning: String, _ row: CSVTable.Row) throws(ManifestFailure) -> String {
    guard let text = field(meaning, row) else {
      throw csv.failure(row, column: columns[meaning] ?? meaning, "the field is empty")
    }
    return text
  }
}
