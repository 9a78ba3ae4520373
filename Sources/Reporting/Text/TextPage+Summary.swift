import Compatibility
import ModelGraph

extension TextPage {
  /// Least columns for the names of models beside their verdicts.
  private static let narrowestModel = 20

  /// Writes what came out for every model on every target, when there is more than one pair.
  mutating func writeSummary(of report: Report) {
    let targets = report.targetNames
    guard !targets.isEmpty, report.models.count > 1 || targets.count > 1 else { return }
    line()
    line(TextPiece("Summary", .bold))
    if let model = report.models.first, report.models.count == 1 {
      writeRows(model.targets.map { ($0.target, cell(model, $0.target, withCount: true)) })
    } else if let target = targets.first, targets.count == 1 {
      writeRows(report.models.map { (name(of: $0), cell($0, target, withCount: true)) })
    } else {
      writeMatrix(report, targets)
    }
    writeTotals(of: report)
  }

  // MARK: Layouts

  /// One row for each of the things compared, with a verdict.
  private mutating func writeRows(_ rows: [(name: String, cell: TextPiece)]) {
    let widest = rows.map(\.cell.text.columns).max() ?? 0
    let room = max(style.width - widest - 4, Self.narrowestModel)
    let width = min(rows.map(\.name.columns).max() ?? 0, room)
    for row in rows { line("  \(fitted(row.name, to: width))  ", row.cell) }
  }

  /// Rows for the models and columns for the targets, in as many blocks as the width demands.
  private mutating func writeMatrix(_ report: Report, _ targets: [String]) {
    let widest = report.models.map { name(of: $0).columns }.max() ?? 0
    let first = min(widest, max(style.width * 2 / 5, Self.narrowestModel))
    var rest = targets.map(SummaryColumn.init)[...]
    while let column = rest.popFirst() {
      var block = [column]
      var width = 2 + first + 2 + column.width
      while let next = rest.first, width + 2 + next.width <= style.width {
        block.append(next)
        width += 2 + next.width
        rest.removeFirst()
      }
      write(block, first, report)
      if !rest.isEmpty { line() }
    }
  }

  private mutating func write(_ block: [SummaryColumn], _ first: Int, _ report: Report) {
    for head in [block.map(\.stack), block.map(\.door)] {
      let cells = zip(head, block).map { $0.padded(to: $1.width) }
      let row = String(repeating: " ", count: first + 2) + cells.joined(separator: "  ")
      line("  \(row.withoutTrailingSpaces)")
    }
    for model in report.models {
      var pieces: [TextPiece] = []
      var gap = "  \(fitted(name(of: model), to: first))"
      for column in block {
        let cell = cell(model, column.target, withCount: false)
        pieces += [TextPiece("\(gap)  ", nil), cell]
        gap = String(repeating: " ", count: max(column.width - cell.text.columns, 0))
      }
      line(pieces)
    }
  }

  /// The model's name as this page shows it.
  private func name(of model: ModelReport) -> String {
    model.displayName.visible(limit: 1000, isASCII: !style.usesUnicode)
  }

  /// The text on exactly so many columns: the end of it, if it is too long.
  private func fitted(_ text: String, to count: Int) -> String {
    guard text.columns > count else { return text.padded(to: count) }
    let mark = style.usesUnicode ? "…" : "..."
    var end = ""
    for letter in text.reversed() {
      guard mark.columns + String(letter).columns + end.columns <= count else { break }
      end = String(letter) + end
    }
    return (mark + end).padded(to: count)
  }

  /// What came out for one model on one target.
  private func cell(_ model: ModelReport, _ target: String, withCount: Bool) -> TextPiece {
    if model.failure != nil { return TextPiece("not readable", .red) }
    if model.isInvalid { return TextPiece("invalid", .red) }
    guard let report = model.targets.first(where: { $0.target == target }) else { return "-" }
    let verdict = report.verdict
    let worst = report.counts[verdict] ?? 0
    let share = withCount && worst > 0 && verdict != .supported
    let count = share ? ", \(worst.grouped) of \(report.nodeCount.counted("node"))" : ""
    return TextPiece("\(verdict.rawValue)\(count)", verdict.colour)
  }

  private mutating func writeTotals(of report: Report) {
    guard report.models.count > 1 else { return }
    let readable = report.models.filter { $0.failure == nil }
    var counts: [Verdict: Int] = [:]
    for model in readable where !model.isInvalid {
      for target in model.targets { counts[target.verdict, default: 0] += 1 }
    }
    var parts = Verdict.allCases.compactMap { verdict in
      let count = counts[verdict, default: 0]
      return count > 0 ? "\(count.grouped) \(verdict.rawValue)" : nil
    }
    let invalid = readable.count(where: \.isInvalid)
    if invalid > 0 { parts.append("\(invalid.counted("model")) invalid") }
    let unreadable = report.models.count - readable.count
    if unreadable > 0 { parts.append("\(unreadable.counted("model")) not readable") }
    let size =
      "\(report.models.count.counted("model")) on "
      + report.targetNames.count.counted("target")
    paragraph(first: 2, rest: 4, "\(size): \(parts.map(\.unbroken).joined(separator: ", "))")
  }
}

extension Report {
  /// Names of all targets in the order they were asked for.
  fileprivate var targetNames: [String] {
    // Every model that was read has been judged by the same targets.
    models.first { !$0.targets.isEmpty }?.targets.map(\.target) ?? []
  }
}

/// A target as the head of a column.
private struct SummaryColumn {
  let target: String
  let stack: String
  let door: String
  let width: Int

  init(_ target: String) {
    let parts = target.split(separator: "/", maxSplits: 1).map(String.init)
    self.target = target
    stack = parts.first ?? ""
    door = parts.count > 1 ? parts[1] : ""
    // The longest entry is "not readable".
    width = max(stack.columns, door.columns, 12)
  }
}

extension String {
  fileprivate var withoutTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
