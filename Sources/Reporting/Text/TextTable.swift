/// Rows under headings, in as many blocks beside one another's place as the width demands.
struct TextTable {
  /// One column.
  struct Column {
    let heading: String
    var isRight = false
  }

  let columns: [Column]
  var rows: [[TextPiece]] = []
  /// How many columns are repeated at the start of every block.
  let fixed: Int

  init(_ columns: [Column], fixed: Int) {
    self.columns = columns
    self.fixed = fixed
  }
}

extension TextPage {
  /// Writes a table, indented by two columns.
  mutating func write(_ table: TextTable) {
    let widths = table.columns.indices.map { index in
      table.rows.reduce(table.columns[index].heading.columns) {
        max($0, $1[index].text.visible(limit: 200).columns)
      }
    }
    let start = (0..<table.fixed).reduce(2) { $0 + widths[$1] + 2 }
    var rest = Array(table.columns.indices.dropFirst(table.fixed))[...]
    repeat {
      var block = Array(0..<table.fixed)
      var width = start
      while let next = rest.first,
        block.count == table.fixed || width + widths[next] <= style.width
      {
        block.append(next)
        width += widths[next] + 2
        rest.removeFirst()
      }
      write(table, block, widths)
      if !rest.isEmpty { line() }
    } while !rest.isEmpty
  }

  private mutating func write(_ table: TextTable, _ block: [Int], _ widths: [Int]) {
    let headings = block.map { TextPiece(table.columns[$0].heading, .faint) }
    for cells in [headings] + table.rows.map({ row in block.map { row[$0] } }) {
      var pieces: [TextPiece] = ["  "]
      for (place, cell) in zip(block, cells) {
        let isLast = place == block.last
        let room = widths[place] - cell.text.visible(limit: 200).columns
        let gap = String(repeating: " ", count: max(room, 0))
        let between = isLast ? "" : "  "
        if table.columns[place].isRight {
          pieces += [TextPiece(gap, nil), cell, TextPiece(between, nil)]
        } else {
          pieces += [cell, TextPiece(isLast ? "" : gap + between, nil)]
        }
      }
      line(pieces)
    }
  }
}
