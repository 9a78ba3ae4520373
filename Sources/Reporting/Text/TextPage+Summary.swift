import Compatibility
import ModelGraph

extension TextPage {
  /// Least columns for the name of a model beside the verdicts of several targets.
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
      writeRows(report.models.map { ($0.displayName, cell($0, target, withCount: true)) })
    } else if !writeMatrix(report, targets) {
      writeList(report)
    }
    writeTotals(of: report)
  }

  // MARK: Layouts

  /// One row for each of the things compared, with a verdict.
  private mutating func writeRows(_ rows: [(name: String, cell: TextPiece)]) {
    let widest = rows.map(\.cell.text.columns).max() ?? 0
    let room = max(style.width - widest - 4, Self.narrowestModel)
    let width = min(rows.map(\.name.columns).max() ?? 0, room)
    for row in rows {
      line("  \(row.name.fitted(to: width).padded(to: width))  ", row.cell)
    }
  }

  /// A row for each model and a column for each target; false when the page is too narrow for it.
  private mutating func writeMatrix(_ report: Report, _ targets: [String]) -> Bool {
    let heads = targets.map { target in
      let parts = target.split(separator: "/", maxSplits: 1).map(String.init)
      return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    }
    let widths = heads.map { head in max(head.0.columns, head.1.columns, 12) }
    let room = style.width - 2 - widths.reduce(0) { $0 + $1 + 2 }
    guard room >= Self.narrowestModel else { return false }
    let first = min(report.models.map(\.displayName.columns).max() ?? 0, room)
    for head in [heads.map(\.0), heads.map(\.1)] {
      let cells = zip(head, widths).map { $0.padded(to: $1) }
      let row = String(repeating: " ", count: first) + "  " + cells.joined(separator: "  ")
      line("  \(row.withoutTrailingSpaces)")
    }
    for model in report.models {
      var row = "  " + model.displayName.fitted(to: first).padded(to: first)
      var cells: [TextPiece] = []
      for (target, width) in zip(targets, widths) {
        let cell = cell(model, target, withCount: false)
        cells.append(TextPiece("\(row)  ", nil))
        cells.append(cell)
        row = String(repeating: " ", count: max(width - cell.text.columns, 0))
      }
      line(cells)
    }
    return true
  }

  /// The verdicts below the name of each model.
  private mutating func writeList(_ report: Report) {
    for model in report.models {
      if model.targets.isEmpty {
        line("  \(model.displayName): ", cell(model, "", withCount: false))
        continue
      }
      line("  \(model.displayName)")
      for target in model.targets {
        line("    \(target.target): ", cell(model, target.target, withCount: true))
      }
    }
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
    let verdicts = readable.filter { !$0.isInvalid }.flatMap(\.targets).map(\.verdict)
    var parts = Verdict.allCases.compactMap { verdict in
      let count = verdicts.count { $0 == verdict }
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

extension String {
  /// The end of the text behind an ellipsis, when the whole takes more than `count` columns.
  fileprivate func fitted(to count: Int) -> String {
    guard columns > count, count > 1 else { return self }
    var end = ""
    for letter in reversed() {
      guard String(letter).columns + end.columns + 1 <= count else { break }
      end = String(letter) + end
    }
    return "…" + end
  }

  fileprivate var withoutTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
