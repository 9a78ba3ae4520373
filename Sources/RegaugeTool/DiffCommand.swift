import Bytes
import CommandLineKit
import Compatibility
import Gating
import ModelGraph
import Regauge
import Reporting

/// `regauge diff`: what is new, fixed and unchanged between two models or reports.
enum DiffCommand {
  static let command = Command(
    "diff", summary: "Compare two models, or two saved reports: new, fixed, unchanged, effort",
    discussion: """
      Findings are the same when rule, operator, types and reason are, whatever the nodes are \
      called and in whatever order they stand. What the ports take is compared at P50, P80 and P90; \
      of saved reports, where both hold estimates. Exits with 1 when a new finding fails by \
      --fail-on.
      """,
    options: [
      CommonOptions.target, CommonOptions.dim, CommonOptions.inputShape, EffortCommandOptions.none,
    ],
    optionGroups: [ReportingOptions.group, GateOptions.thresholds, EffortCommandOptions.group],
    operands: [
      Operand(
        "model", count: 2...2, completion: .files,
        help: "The old one and the new one: models, or reports written with -o xml.")
    ],
    examples: [
      Example("After an export with another opset", "regauge diff old.onnx new.onnx -t ascend-cann")
    ]
  ) { arguments in
    try compare(arguments) { path in
      SavedReport.isReport(path) ? try SavedReport.read(path) : try judged(path, arguments)
    }
  }

  private static func judged(_ path: String, _ arguments: Arguments) throws -> Report {
    let knowledge = try CommonOptions.knowledge(arguments)
    var options = AnalysisOptions(pins: try CommonOptions.pins(arguments), hasDigests: true)
    if !arguments[EffortCommandOptions.none], knowledge.estimatesEffort {
      options.effort = try EffortCommandOptions.options(arguments, knowledge)
    }
    let analysis = Analysis(
      knowledge, targets: try CommonOptions.targets(arguments, knowledge), options: options)
    return try analysis.report(
      onModelsAt: ModelFiles.paths(for: path), toolVersion: RegaugeTool.version)
  }

  /// Compares what the two operands give, and writes the second with what is new in it.
  static func compare(_ arguments: Arguments, _ read: (String) throws -> Report) throws -> Int32 {
    let choices = try OutputChoice.chosen(arguments)
    let (old, new) = (try read(arguments.operands[0]), try read(arguments.operands[1]))
    let baseline = try Baseline(
      path: arguments.operands[0], ByteSource(Baseline.text(of: old.ungated.named(like: new))))
    try baseline.check(against: new)
    let gate = Gate(thresholds: try arguments[GateOptions.failOn], baseline: baseline)
    let decided = gate.applied(to: new.ungated).comparingEffort(with: old.named(like: new))
      .stamped(Clock.timestamp(arguments))
    if arguments.isGiven(CommonOptions.output) {
      _ = try OutputChoice.write(decided, choices, arguments)
    } else if !arguments[CommonOptions.quiet] {
      let isVerbose = arguments[CommonOptions.verbose]
      try RegaugeTool.print(
        DiffPage(old.named(like: new), decided, mostLines: isVerbose ? Int.max : 20).text)
    }
    let verdict = gate.isPassed(by: decided) ? ExitCode.clean : ExitCode.findings
    return max(ExitCode.ofModels(in: old), ExitCode.ofModels(in: new), verdict)
  }
}

extension Report {
  /// The report with its only model called like the only one of another report, so that they pair.
  fileprivate func named(like other: Report) -> Report {
    guard let model = models.first, let new = other.models.first, models.count == 1,
      other.models.count == 1
    else { return self }
    return replacing(models: [model.renamed(new.path)])
  }
}

/// A comparison for people: for each model and target what became of the verdict and the findings.
private struct DiffPage {
  private(set) var text = ""
  private let mostLines: Int

  init(_ old: Report, _ new: Report, mostLines: Int) {
    self.mostLines = mostLines
    if let rules = Self.rules(old, new) { text += "The rules differ: \(rules)\n" }
    let before = Dictionary(old.models.map { ($0.path, $0) }) { first, _ in first }
    for model in new.models {
      text += "\(model.path == "-" ? "standard input" : model.path.visible())\n"
      var same = 0
      for target in model.targets {
        let fixed = fixed(new, model.path, target.target)
        let earlier = before[model.path]?.targets.first { $0.target == target.target }
        let effort = EffortDifference(earlier?.effort, target.effort)
        let isSame =
          fixed.isEmpty && earlier?.verdict == target.verdict && effort?.isNone ?? true
          && target.findings.allSatisfy { $0.standing.novelty == .unchanged }
        same += isSame ? 1 : 0
        if !isSame || mostLines == Int.max {
          write(target, earlier?.verdict, fixed: fixed)
          if let effort { text += "    effort: \(effort.text.visible(limit: 1000))\n" }
        }
      }
      if same > 0 { text += "  \(same) target\(same == 1 ? "" : "s") as before\n" }
    }
    for gone in old.models where !new.models.contains(where: { $0.path == gone.path }) {
      text += "\(gone.path.visible())\n  no longer there\n"
    }
  }

  /// What the reports rest on that is not the same: files by name, if both tell them.
  private static func rules(_ old: Report, _ new: Report) -> String? {
    let before = Dictionary(old.ruleFiles.map { ($0.name, $0.sha256) }) { first, _ in first }
    let changed = new.ruleFiles.filter { file in
      before[file.name].map { $0 != file.sha256 } ?? false
    }
    if !changed.isEmpty { return changed.map { $0.name.visible() }.joined(separator: ", ") }
    guard old.ruleFiles.isEmpty || new.ruleFiles.isEmpty, old.rulesDigest != new.rulesDigest else {
      return nil
    }
    return "sha256 \(old.rulesDigest.prefix(12)), then \(new.rulesDigest.prefix(12))"
  }

  private func fixed(_ report: Report, _ model: String, _ target: String) -> [FixedFinding] {
    report.fixed.filter { $0.model == model.withoutLeadingDot && $0.target == target }
  }

  private mutating func write(
    _ target: TargetReport, _ before: Verdict?, fixed: [FixedFinding]
  ) {
    let verdict =
      before == target.verdict || before == nil
      ? target.verdict.rawValue : "\(before?.rawValue ?? "") → \(target.verdict.rawValue)"
    let new = target.findings.filter { $0.standing.novelty != .unchanged }
    text += "  \(target.target.visible()): \(verdict); \(new.count) new, \(fixed.count) fixed, "
    text += "\(target.findings.count - new.count) unchanged\n"
    let lines =
      new.map { finding in
        let more = finding.standing.novelty == .updated ? ", of more nodes" : ""
        return "    + \(line(finding.operation?.description, finding.reason, finding.rule.id))"
          + " ×\(finding.count)\(more)\n"
      } + fixed.map { "    - \(line($0.operation, $0.reason, $0.rule))\n" }
    text += lines.prefix(mostLines).joined()
    if lines.count > mostLines { text += "    … \(lines.count - mostLines) more; -v shows them\n" }
  }

  private func line(_ operation: String?, _ reason: String, _ rule: String) -> String {
    let subject = operation.map { $0.isEmpty ? "" : "\($0.visible()): " } ?? ""
    return "\(subject)\(reason.visible(limit: 300)) [\(rule)]"
  }
}
