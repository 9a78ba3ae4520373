import Capabilities
import Compatibility

extension ReportFormat {
  static let comparisonMarkdown = ReportFormat(
    "markdown", for: .people, "a table of models by stacks"
  ) {
    report, _ in Array(ComparisonMarkdown.text(report).utf8)
  }
}

/// The comparison as a table in Markdown: models by stacks.
enum ComparisonMarkdown {
  /// Writes a row a model and a column a stack, each by its best front door.
  static func text(_ report: Report) -> String {
    let compared = report.models.map { ($0, Comparison(of: $0)) }
    let stacks = Set(compared.flatMap { $0.1?.stacks.map(\.stack) ?? [] }).sorted()
    let folder = commonFolder(report.models.map(\.displayName))
    var lines = [
      row(["model"] + stacks), row(Array(repeating: "---", count: stacks.count + 1)),
    ]
    for (model, comparison) in compared {
      let name = String(model.displayName.dropFirst(folder.count)).visible()
      lines.append(
        row([name.markdownCode] + stacks.map { cell(model, comparison, stack: $0) }))
    }
    lines += [
      "",
      "Each stack by the front door that takes the model best. Where it does not run as it stands, "
        + "the verdict follows, with the share of nodes that run natively. In brackets stands the "
        + "weakest confidence that a verdict rests on, if it is not high.",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ cells: [String]) -> String {
    "| \(cells.joined(separator: " | ")) |"
  }

  private static func cell(
    _ model: ModelReport, _ comparison: Comparison?, stack: String
  ) -> String {
    if model.failure != nil { return "not readable" }
    if model.isInvalid { return "invalid" }
    guard let best = comparison?.stacks.first(where: { $0.stack == stack }) else { return "–" }
    let target = best.target
    var text = String(target.target.dropFirst(stack.count + 1))
    if target.verdict != .supported {
      let native = Share(target.counts[.supported] ?? 0, of: target.nodeCount)
      text += ": \(target.verdict.rawValue), \(native)"
    }
    let weakest = Confidence.allCases.filter { (target.confidences[$0] ?? 0) > 0 }.min()
    return weakest.map { $0 == .high ? text : "\(text) (\($0.rawValue))" } ?? text
  }

  /// The folder that all paths start with, its last `/` included.
  private static func commonFolder(_ paths: [String]) -> String {
    guard let first = paths.first, let slash = first.lastIndex(of: "/") else { return "" }
    let folder = first[...slash]
    return paths.allSatisfy { $0.hasPrefix(folder) } ? String(folder) : ""
  }
}
