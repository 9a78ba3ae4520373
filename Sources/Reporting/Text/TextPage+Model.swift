import Compatibility
import ModelGraph

extension TextPage {
  /// Findings shown for one target unless the report is verbose.
  private static let shownFindings = 12

  mutating func write(_ model: ModelReport) {
    switch model.content {
    case .failure(let failure):
      line("\(painted(model.path.printable, .bold)): \(painted("not readable", .red))")
      let place = failure.position.map { " (\($0))" } ?? ""
      paragraph(failure.reason.printable + place, indent: 2, first: "  ")
    case .success(let summary):
      line("\(painted(model.path.printable, .bold)): \(summary.oneLine)")
      for finding in model.structure { write(finding) }
      if model.targets.isEmpty { writeContents(summary) }
      for target in model.targets { write(target) }
    }
  }

  private mutating func write(_ target: TargetReport) {
    line()
    let verdict = painted(target.verdict.rawValue.uppercased(), target.verdict.colour)
    line("\(painted(target.target, .bold))  \(verdict)  \(target.verdict.headline)")
    let counts = Verdict.allCases.compactMap { verdict in
      target.counts[verdict].map { "\($0) \(verdict.rawValue)" }
    }
    line("  \(target.nodeCount) nodes: \(counts.joined(separator: ", "))")
    let shown = style.isVerbose ? target.findings.count : Self.shownFindings
    for finding in target.findings.prefix(shown) { write(finding) }
    if target.findings.count > shown {
      line("  … \(target.findings.count - shown) more; show them with --verbose")
    }
    if style.isVerbose {
      for note in target.notes { paragraph(note, indent: 8, first: "  note: ") }
    }
  }

  private mutating func write(_ finding: Finding) {
    let colour = finding.verdict?.colour ?? finding.severity.colour
    let label = finding.verdict?.rawValue ?? finding.severity.rawValue
    var subject =
      finding.operation.map { operation in
        let domain = operation.domain == "ai.onnx" ? "" : "\(operation.domain)::"
        let version = finding.sinceVersion.map { "@\($0)" } ?? ""
        return "\(domain)\(operation.name)\(version) ".printable
      } ?? ""
    if finding.count > 1 { subject += "×\(finding.count) " }
    paragraph(
      "\(subject)\(dot) \(finding.reason.printable) [\(finding.rule.id)]", indent: 4,
      first: "  \(painted(label, colour)) ")
    if let names = nodeNames(of: finding) { paragraph(names, indent: 6, first: "    ") }
    guard style.isVerbose else { return }
    paragraph(finding.help, indent: 10, first: "    help: ")
    for citation in finding.evidence.prefix(3) {
      paragraph(citation.oneLine, indent: 14, first: "    evidence: ")
    }
  }

  private func nodeNames(of finding: Finding) -> String? {
    guard !finding.nodes.isEmpty else { return finding.position.map { "at \($0)" } }
    let named = finding.nodes.prefix(3).map { node in
      let scope = node.scope == "main" ? "" : " in \(node.scope.printable)"
      return "\(node.label.printable)\(scope) (\(node.position))"
    }
    let rest = finding.count - named.count
    return "at " + named.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private mutating func writeContents(_ summary: ModelSummary) {
    line("  format       \(summary.format), \(summary.byteCount.grouped) bytes")
    if let version = summary.irVersion { line("  IR version   \(version)") }
    if !summary.producer.isEmpty { line("  producer     \(summary.producer.printable)") }
    let opsets = summary.opsets.map { "\($0.domain.printable) \($0.version)" }
    line("  opsets       \(opsets.joined(separator: ", "))")
    line("  parameters   \(summary.parameterCount.grouped), \(summary.weightBytes.grouped) bytes")
    for entry in summary.weightTypes {
      line("               \(entry.type.name): \(entry.elements.grouped)")
    }
    if summary.subgraphCount > 0 { line("  subgraphs    \(summary.subgraphCount)") }
    for function in summary.functions { line("  function     \(function.description.printable)") }
    for file in summary.externalFiles { line("  weights in   \(file.printable)") }
    for input in summary.inputs { line("  input        \(input.name.printable): \(input.type)") }
    for output in summary.outputs {
      line("  output       \(output.name.printable): \(output.type)")
    }
    line("  operators")
    for entry in summary.operators {
      let count = String(repeating: " ", count: max(8 - String(entry.count).count, 0))
      line("  \(count)\(entry.count)  \(entry.operation.description.printable)")
    }
  }
}

extension ModelSummary {
  /// The contents in one line.
  var oneLine: String {
    let sets = opsets.map { "\($0.domain.printable) \($0.version)" }.joined(separator: ", ")
    return "\(nodeCount.grouped) nodes, \(operators.count) operators, "
      + "\(parameterCount.grouped) parameters, opset \(sets.isEmpty ? "not stated" : sets)"
  }
}

extension Severity {
  var colour: TextColour {
    switch self {
    case .note: .faint
    case .warning: .yellow
    case .error: .red
    }
  }
}

extension Citation {
  /// The citation in one line.
  var oneLine: String {
    let commit = self.commit.isEmpty ? "" : "@\(self.commit.prefix(12))"
    let line = self.line.isEmpty ? "" : ":\(self.line)"
    let path = self.path.isEmpty ? "" : " \(self.path)\(line)"
    let date = self.date.isEmpty ? "" : "\(self.date), "
    return "\(repository)\(commit)\(path) (\(date)\(confidence) confidence)"
  }
}

extension FixedWidthInteger {
  /// The number with its digits in groups of three.
  var grouped: String {
    var result = ""
    for (index, digit) in String(magnitude).reversed().enumerated() {
      if index > 0, index % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return (self < 0 ? "-" : "") + String(result.reversed())
  }
}
