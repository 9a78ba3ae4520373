package import Bytes

/// A table of comma-separated values (RFC 4180) with a header, which knows where its rows start.
package struct CSVTable: Sendable {
  /// One row after the header.
  package struct Row: Sendable {
    /// Line of the file where the row starts, from 1.
    package let line: Int
    package let fields: [String]
  }

  let file: String
  let columns: [String]
  package let rows: [Row]

  package init(file: String, source: ByteSource) throws(ManifestFailure) {
    var scanner = CSVScanner(file: file)
    let all = try source.withBytes { (bytes) throws(ManifestFailure) in try scanner.rows(bytes) }
    guard let header = all.first else {
      throw ManifestFailure(
        file: file, position: .text(line: 1, column: 1), path: "",
        reason: "the table is empty; a header was expected")
    }
    self.file = file
    columns = header.fields
    rows = Array(all.dropFirst())
    for row in rows where row.fields.count != columns.count {
      throw failure(
        row, column: "",
        "the row has \(row.fields.count) fields, the header \(columns.count)")
    }
  }

  /// Position of a column in the header.
  package func index(of column: String) throws(ManifestFailure) -> Int {
    guard let index = columns.firstIndex(of: column) else {
      throw ManifestFailure(
        file: file, position: .text(line: 1, column: 1), path: column,
        reason: "there is no column \"\(column)\"")
    }
    return index
  }

  /// A failure in one field of a row.
  package func failure(_ row: Row, column: String, _ reason: String) -> ManifestFailure {
    ManifestFailure(
      file: file, position: .text(line: row.line, column: 1), path: column, reason: reason)
  }
}

/// Splits comma-separated values into rows; quoted fields may hold commas, quotes and line ends.
private struct CSVScanner {
  let file: String
  private var at = 0
  private var line = 1

  init(file: String) {
    self.file = file
  }

  mutating func rows(_ bytes: Span<UInt8>) throws(ManifestFailure) -> [CSVTable.Row] {
    var rows: [CSVTable.Row] = []
    while at < bytes.count {
      let start = line
      var fields = [try field(bytes)]
      while at < bytes.count, bytes[at] == UInt8(ascii: ",") {
        at += 1
        fields.append(try field(bytes))
      }
      try endLine(bytes)
      if fields != [""] { rows.append(CSVTable.Row(line: start, fields: fields)) }
    }
    return rows
  }

  private mutating func field(_ bytes: Span<UInt8>) throws(ManifestFailure) -> String {
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return bareField(bytes) }
    let start = line
    at += 1
    var content: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\"") {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
          return String(decoding: content, as: UTF8.self)
        }
        at += 1
      } else if byte == 0x0A {
        line += 1
      }
      content.append(byte)
    }
    throw failure("a quoted field is not closed", line: start)
  }

  private mutating func bareField(_ bytes: Span<UInt8>) -> String {
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: ","), bytes[at] != 0x0A, bytes[at] != 0x0D {
      at += 1
    }
    return bytes.text(ByteRange(start, at))
  }

  private mutating func endLine(_ bytes: Span<UInt8>) throws(ManifestFailure) {
    guard at < bytes.count else { return }
    if bytes[at] == 0x0D { at += 1 }
    guard at < bytes.count, bytes[at] == 0x0A else {
      throw failure("text after a quoted field", line: line)
    }
    at += 1
    line += 1
  }

  private func failure(_ reason: String, line: Int) -> ManifestFailure {
    ManifestFailure(file: file, position: .text(line: line, column: 1), path: "", reason: reason)
  }
}
