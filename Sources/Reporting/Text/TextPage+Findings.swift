import Compatibility
import ModelGraph

extension TextPage {
  /// A report that people read ends somewhere; the other formats hold everything.
  private static let mostFindings = 1000
  /// Nodes named for one finding unless the report is verbose.
  private static let shownNodes = 3

  mutating func write(_ target: TargetReport, isModelInvalid: Bool) {
    line()
    let verdict = target.verdict
    let name = TextPiece(target.target, .bold)
    if isModelInvalid {
      paragraph(
        first: 0, rest: 2, name, ": ", TextPiece("INVALID", .red),
        " – its operators alone: \(verdict.rawValue)")
    } else {
      paragraph(
        first: 0, rest: 2, name, ": ", TextPiece(verdict.rawValue.uppercased(), verdict.colour),
        " – \(verdict.headline(throughPyTorch: target.isThroughPyTorch))")
    }
    if style.isVerbose { paragraph(first: 2, rest: 4, "\(target.title); \(target.version)") }
    let counts = Verdict.allCases.compactMap { verdict in
      target.counts[verdict].map { "\($0.grouped) \(verdict.rawValue)" }
    }
    paragraph(
      first: 2, rest: 4,
      "\(target.nodeCount.counted("node"))\(counts.isEmpty ? "" : ": ")",
      "\(counts.joined(separator: ", "))")
    if let confidence = target.confidenceText {
      paragraph(first: 2, rest: 4, TextPiece(confidence, nil))
    }
    if let outdated = target.outdatedNodes {
      let share = Share(outdated, of: target.nodeCount)
      paragraph(
        first: 2, rest: 4,
        "evidence older than --max-evidence-age: \(outdated.counted("node")), \(share)")
    }
    if let fallback = target.fallback {
      paragraph(first: 2, rest: 4, TextPiece(fallback.text, nil))
    }
    if let effort = target.effort { write(effort, before: target.effortBefore) }
    write(target.findings)
    guard style.isVerbose else { return }
    for note in target.notes { paragraph(first: 2, rest: 8, "note: ", TextPiece(note, nil)) }
  }

  /// Writes findings that come worst first, and how many more there are; those that are
  /// accepted or known are only counted, unless the user wants to see them.
  mutating func write(_ all: [Finding]) {
    let findings = all.filter { style.showsSuppressed || !$0.standing.isSettled }
    defer { writeSettled(all) }
    let shown = shownCount(of: findings)
    var help = ""
    for finding in findings.prefix(shown) {
      write(finding, saysHelp: style.isVerbose || finding.help != help)
      help = finding.help
    }
    let rest = findings.dropFirst(shown)
    guard !rest.isEmpty else { return }
    var tally: [(label: String, count: Int)] = []
    for finding in rest {
      if tally.last?.label == finding.label {
        tally[tally.count - 1].count += 1
      } else {
        tally.append((finding.label, 1))
      }
    }
    let kinds = tally.map { "\($0.count.grouped) \($0.label)" }.joined(separator: ", ")
    let way = style.isVerbose ? "a JSON report has more" : "--verbose shows them"
    paragraph(
      first: 2, rest: 4, "… \(rest.count.counted("more finding")) (\(kinds)); \(way)")
  }

  private mutating func writeSettled(_ findings: [Finding]) {
    let accepted = findings.count { $0.standing.suppression != nil }
    let settled = findings.count(where: \.standing.isSettled)
    guard settled > 0, !style.showsSuppressed else { return }
    var parts: [String] = []
    if accepted > 0 { parts.append("\(accepted.grouped) accepted") }
    if settled > accepted { parts.append("\((settled - accepted).grouped) known") }
    let text = "\(parts.joined(separator: " and ")) finding\(settled == 1 ? "" : "s")"
    paragraph(first: 2, rest: 4, "\(text) not shown; --show-suppressed does")
  }

  private func shownCount(of findings: [Finding]) -> Int {
    if style.isVerbose { return Self.mostFindings }
    let errors = findings.prefix { $0.severity == .error }.count
    return errors > limits.errors ? limits.errors : errors + limits.others
  }

  private mutating func write(_ finding: Finding, saysHelp: Bool) {
    var subject = finding.subject
    if finding.count > 1 { subject += " ×\(finding.count.grouped)" }
    if !subject.isEmpty { subject = " \(subject)" }
    paragraph(
      first: 2, rest: 4, TextPiece(finding.label, finding.colour), "\(subject): ",
      TextPiece(finding.reason, nil), "\(Self.hardSpace)[\(finding.rule.id)]",
      TextPiece(finding.standing.remark, .faint))
    if let places = places(of: finding) { paragraph(first: 4, rest: 6, "at ", places) }
    guard style.isVerbose || finding.severity == .error else { return }
    if saysHelp { paragraph(first: 4, rest: 6, "help: ", TextPiece(finding.help, nil)) }
    for citation in finding.evidence.prefix(style.isVerbose ? 3 : 1) {
      paragraph(first: 4, rest: 6, "evidence: ", TextPiece(citation.oneLine, nil))
    }
  }

  /// The first nodes of a finding with their places, or the place of the finding itself.
  private func places(of finding: Finding) -> TextPiece? {
    guard !finding.nodes.isEmpty else { return finding.position.map { "\($0)" } }
    let named = finding.nodes.prefix(style.isVerbose ? Finding.namedNodes : Self.shownNodes)
    let list = named.map { node in
      let scope = node.scope == "main" ? "" : " in \(node.scope.visible())"
      return "\(node.label.visible())\(scope) (\("\(node.position)".unbroken))"
    }
    let rest = finding.count - named.count
    return "\(list.joined(separator: ", "))\(rest > 0 ? " and \(rest.grouped) more" : "")"
  }
}

extension Finding {
  /// The verdict, or the severity of a finding about the model itself.
  var label: String { verdict?.rawValue ?? severity.rawValue }

  fileprivate var colour: TextColour { verdict?.colour ?? severity.colour }

  /// The operator with the version of its definition, without the default domain.
  fileprivate var subject: String {
    guard let operation else { return "" }
    let version = sinceVersion.map { "@\($0)" } ?? ""
    return operation.shortName.visible() + version
  }
}

extension OperatorIdentity {
  /// The operator without the default domain, such as `Conv` or `com.microsoft::Gelu`.
  var shortName: String {
    let prefix = domain == "ai.onnx" ? "" : "\(domain)::"
    return overload.isEmpty ? "\(prefix)\(name)" : "\(prefix)\(name):\(overload)"
  }
}

extension Citation {
  /// The citation in one line.
  var oneLine: String {
    let commit = self.commit.isEmpty ? "" : "@\(shortCommit)"
    let line = self.line.isEmpty ? "" : ":\(self.line)"
    let path = self.path.isEmpty ? "" : " \(self.path)\(line)"
    let date = self.date.isEmpty ? "" : "\(self.date), "
    let age = excessiveAge.map { ", \($0) days old" } ?? ""
    return "\(repository)\(commit)\(path) (\(date)\(confidence) confidence\(age))"
  }
}

extension Fallback {
  /// The cost in one sentence.
  var text: String {
    let device = devicePartitions.counted("partition")
    var sizes: [String] = []
    if crossings > crossingsOfUnknownSize { sizes.append("\(crossingBytes.grouped) bytes") }
    if crossingsOfUnknownSize > 0 { sizes.append("\(crossingsOfUnknownSize) of unknown size") }
    let detail = sizes.isEmpty ? "" : " (\(sizes.joined(separator: ", ")))"
    return "on the CPU: \(hostNodes.counted("node")) in \(hostPartitions.counted("partition")), "
      + "beside \(device) on the accelerator; \(crossings.counted("tensor")) between them\(detail)"
      + workText
  }

  /// The host's share of the work; empty when no work is known.
  private var workText: String {
    guard flops > 0 else { return "" }
    let share = 100 * Double(hostFlops) / Double(flops)
    let percent =
      switch share {
      case 0: "none"
      case ..<1: "less than 1 %"
      case 100: "all"
      default: "\(Int64(min(99, share.rounded()))) %"
      }
    return "; \(percent) of the known FLOPs on the CPU"
  }
}
