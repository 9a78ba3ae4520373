import Capabilities
import Compatibility
import ModelGraph
import Porting

extension ReportFormat {
  /// The comparison for people.
  public static let comparisonText = ReportFormat("text", for: .people, "a page for people") {
    report, options in
    Array(ComparisonText.text(report, layout: options.layout, style: options.style).utf8)
  }
}

/// The comparison for people: the ranking first, then what would move it.
public enum ComparisonText {
  /// How the targets of a model are laid out.
  public enum Layout: Sendable, Hashable {
    /// Stacks, each by its best front door.
    case stacks
    /// Every target asked for.
    case targets
    /// Operators by targets.
    case operators
  }

  /// Writes what came out for each model and, for several, models by stacks.
  public static func text(_ report: Report, layout: Layout, style: TextStyle) -> String {
    var page = TextPage(
      style: style, verdictCount: report.models.reduce(0) { $0 + $1.targets.count })
    let compared = report.models.map { ($0, Comparison(of: $0)) }
    if report.models.count == 1, let (model, comparison) = compared.first {
      page.write(model, comparison, layout)
    } else {
      page.writeZoo(compared)
    }
    page.line()
    page.writeRules(of: report)
    return page.text
  }
}

extension TextPage {
  fileprivate mutating func write(
    _ model: ModelReport, _ comparison: Comparison?, _ layout: ComparisonText.Layout
  ) {
    guard let summary = model.summary, let comparison else {
      write(model)
      return
    }
    writeHeadline(model, summary, comparison)
    switch layout {
    case .stacks: writeRanking(comparison.stacks, isByStack: true)
    case .targets: writeRanking(comparison.targets, isByStack: false)
    case .operators: writeOperators(comparison, model)
    }
    if let effort = model.effort { write(effort) }
    writeOpsets(comparison)
    if let kernels = comparison.kernels { write(kernels, model) }
  }

  private mutating func writeHeadline(
    _ model: ModelReport, _ summary: ModelSummary, _ comparison: Comparison
  ) {
    let best = comparison.stacks.first
    let answer =
      best.map { row in
        let rest = row.target.verdict.headline(throughPyTorch: row.target.isThroughPyTorch)
        guard let effort = row.target.effortFigures, effort.isComplete else {
          return "\(row.target.target) takes it best: \(rest)"
        }
        let days = PersonDays.range(effort.p50, effort.p90)
        return "\(row.target.target) takes the fewest person-days, \(days); as it stands: \(rest)"
      } ?? "no stack was compared"
    paragraph(first: 0, rest: 2, TextPiece(model.displayName, .bold), ": \(answer)")
    let opsets = summary.opsets.map { "\($0.domain) \($0.version)" }.joined(separator: ", ")
    let work =
      model.cost.map { cost in
        let open = cost.openNodes > 0 ? " at least" : ""
        return ";\(open) \(cost.flops.scaled)FLOP a run"
      } ?? ""
    paragraph(
      first: 2, rest: 4,
      "\(summary.nodeCount.counted("node")) of \(summary.operators.count.counted("operator")), ",
      "\(summary.parameterCount.inWords) parameters\(work); opset \(opsets)")
    if model.isInvalid {
      paragraph(
        first: 2, rest: 4, TextPiece("The model itself is invalid", .red),
        "; regauge check tells why.")
    }
    line()
  }

  // MARK: Ranking

  private mutating func writeRanking(_ rows: [Comparison.Row], isByStack: Bool) {
    let names = [isByStack ? "stack, best door" : "target", "verdict", "share of nodes"]
    let shares = ["native", "cond.", "CPU", "unknown", "silent", "blocked"].map(Self.number)
    let fits = ["opset", "types", "memory", "sure"].map(Self.column)
    let hasEffort = rows.contains { $0.target.effort != nil }
    let effort =
      hasEffort
      ? [Self.column("grade"), Self.number("person-days"), Self.number("by hand")] : []
    var table = TextTable(
      [Self.number("#")] + names.map(Self.column) + effort + shares + fits, fixed: 2)
    for row in rows { table.rows.append(cells(row, hasEffort: hasEffort)) }
    write(table)
    line()
    let key = ShareBar.key(usesUnicode: style.usesUnicode)
    paragraph(
      first: 2, rest: 4,
      "\(key). Shares are percent of nodes/of FLOPs. ",
      hasEffort
        ? "Person-days are P50–P90 of the best route and of native kernels by hand. " : "",
      hasEffort
        ? "Ranked by expected person-days, then by what is blocked, silent, unknown, on the CPU."
        : "Ranked by what is blocked, then silent, unknown, on the CPU, conditional.")
  }

  private static func column(_ heading: String) -> TextTable.Column {
    TextTable.Column(heading: heading)
  }

  private static func number(_ heading: String) -> TextTable.Column {
    TextTable.Column(heading: heading, isRight: true)
  }

  private func cells(_ row: Comparison.Row, hasEffort: Bool) -> [TextPiece] {
    let target = row.target
    let shares: [TextPiece] = Verdict.allCases.map { verdict in
      let nodes = row.nodeShare(verdict)
      let flops = row.flopShare(verdict)
      guard nodes > 0 || (flops ?? 0) > 0 else { return TextPiece("·", .faint) }
      let work = flops.map(Self.percent) ?? "?"
      return TextPiece("\(Self.percent(nodes))/\(work)", verdict.colour)
    }
    return [
      TextPiece(row.rank.map(String.init) ?? "-", nil),
      TextPiece(target.target, .bold),
      TextPiece(target.verdict.rawValue, target.verdict.colour),
      TextPiece(ShareBar(row).text(usesUnicode: style.usesUnicode), nil),
    ] + (hasEffort ? effortCells(target) : []) + shares + [
      opsetCell(target), typesCell(target), memoryCell(target), confidenceCell(target),
    ]
  }

  /// A fraction of 1 in whole percents.
  private static func percent(_ share: Double) -> String { String(Share(share).percent ?? 0) }

  /// Grade and size, the range of the best route, and that of native kernels by hand.
  private func effortCells(_ target: TargetReport) -> [TextPiece] {
    guard let estimate = target.effort?.estimate else { return ["-", "-", "-"] }
    let colour: TextColour = estimate.blocked.isEmpty ? .green : .red
    return [
      TextPiece("\(estimate.grade.rawValue)\(estimate.size)", colour),
      TextPiece(estimate.personDays(of: estimate.best), nil),
      TextPiece(estimate.byHand.map(estimate.personDays) ?? "-", .faint),
    ]
  }

  private func opsetCell(_ target: TargetReport) -> TextPiece {
    guard let zone = target.profile?.opsets else { return TextPiece("any", .faint) }
    if zone.opsets.contains(zone.current), target.profile?.refusesModel != true {
      return TextPiece("ok", .green)
    }
    guard let to = zone.recommended, to != zone.current else { return TextPiece("none", .red) }
    return TextPiece(style.usesUnicode ? "→ \(to)" : "-> \(to)", .yellow)
  }

  private func typesCell(_ target: TargetReport) -> TextPiece {
    let types = target.profile?.refusedTypes ?? []
    guard let first = types.first else { return TextPiece("ok", .green) }
    return TextPiece(types.count > 1 ? "no \(first) +\(types.count - 1)" : "no \(first)", .red)
  }

  private func memoryCell(_ target: TargetReport) -> TextPiece {
    let devices = target.profile?.devices.filter { $0.memory != nil } ?? []
    guard !devices.isEmpty else { return TextPiece("?", .faint) }
    let fitting = devices.count { $0.fits == true }
    let maybe = devices.count { $0.fits == nil }
    if devices.count == 1 {
      return fitting == 1
        ? TextPiece("fits", .green)
        : maybe == 1 ? TextPiece("may fit", .yellow) : TextPiece("too big", .red)
    }
    if fitting + maybe == 0 { return TextPiece("too big", .red) }
    let text = "\(fitting + maybe) of \(devices.count)"
    return TextPiece(maybe > 0 ? "may fit \(text)" : "fits \(text)", maybe > 0 ? .yellow : .green)
  }

  /// The share of nodes whose verdicts rest on evidence of high confidence.
  private func confidenceCell(_ target: TargetReport) -> TextPiece {
    TextPiece("\(Share(target.confidences[.high] ?? 0, of: target.nodeCount))", nil)
  }

  // MARK: Operators

  private mutating func writeOperators(_ comparison: Comparison, _ model: ModelReport) {
    let rows = comparison.targets.count > Self.mostTargets ? comparison.stacks : comparison.targets
    let targets = rows.map { TextTable.Column(heading: $0.target.target) }
    var table = TextTable([Self.column("operator"), Self.number("nodes")] + targets, fixed: 2)
    for judged in rows.first?.target.profile?.operators.byFrequency ?? [] {
      let operation = judged.operation
      var cells = [
        TextPiece(operation.shortName, nil), TextPiece(judged.nodeCount.grouped, nil),
      ]
      for row in rows {
        let verdict = row.target.profile?.operators.first { $0.operation == operation }?.verdict
        cells.append(verdict.map { TextPiece($0.rawValue, $0.colour) } ?? "-")
      }
      table.rows.append(cells)
    }
    write(table)
    if rows.count < comparison.targets.count {
      line()
      paragraph(
        first: 2, rest: 4, "Each stack by its best front door; --target names others.")
    }
  }

  /// More targets than this are shown by their stacks alone.
  private static let mostTargets = 12

  // MARK: Several models

  fileprivate mutating func writeZoo(_ compared: [(ModelReport, Comparison?)]) {
    let hasEffort = compared.contains { $0.0.targets.contains { $0.effort != nil } }
    let stacks = Set(compared.flatMap { $0.1?.stacks.map(\.stack) ?? [] }).sorted()
    var table = TextTable(
      [Self.column("model"), Self.number("nodes")] + stacks.map(Self.column), fixed: 2)
    for (model, comparison) in compared {
      var cells = [
        TextPiece(model.displayName, nil),
        TextPiece(model.summary.map { $0.nodeCount.grouped } ?? "", nil),
      ]
      for stack in stacks { cells.append(zooCell(model, comparison, stack)) }
      table.rows.append(cells)
    }
    write(table)
    line()
    paragraph(
      first: 2, rest: 4,
      "Each stack by the front door that takes the model best. ",
      hasEffort
        ? "Letter, size and person-days (P50–P90) of the port; --no-effort shows verdicts."
        : "The percentage is the share of nodes that run there natively.")
  }

  private func zooCell(
    _ model: ModelReport, _ comparison: Comparison?, _ stack: String
  ) -> TextPiece {
    if model.failure != nil { return TextPiece("not readable", .red) }
    if model.isInvalid { return TextPiece("invalid", .red) }
    guard let row = comparison?.stacks.first(where: { $0.stack == stack }) else { return "-" }
    if let estimate = row.target.effort?.estimate {
      let cells = effortCells(row.target)
      return TextPiece("\(cells[0].text) \(cells[1].text) d", estimate.blocked.isEmpty ? nil : .red)
    }
    let verdict = row.target.verdict
    let native = Self.percent(row.nodeShare(.supported))
    return TextPiece(
      verdict == .supported ? verdict.rawValue : "\(verdict.rawValue) \(native) %",
      verdict.colour)
  }
}

extension [JudgedOperator] {
  /// The most frequent ones first.
  fileprivate var byFrequency: [JudgedOperator] {
    sorted { left, right in
      left.nodeCount == right.nodeCount
        ? left.operation.description < right.operation.description
        : left.nodeCount > right.nodeCount
    }
  }
}

extension JudgedOperator {
  fileprivate var nodeCount: Int { counts.values.reduce(0, +) }
}
