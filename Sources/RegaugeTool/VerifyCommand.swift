import CommandLineKit
import Compatibility
import Regauge
import Reporting

/// `regauge report verify`: whether a report still holds.
enum VerifyCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    let path = arguments.operands[0]
    let saved = try SavedReport.read(path)
    let knowledge = try CommonOptions.knowledge(arguments)
    var problems = try generalProblems(of: saved, knowledge)
    problems += knowledge.rules.changes(since: saved.ruleFiles)
    let analysis = Analysis(
      knowledge, targets: try targets(of: saved, knowledge, arguments),
      options: AnalysisOptions(pins: try CommonOptions.pins(arguments), hasDigests: true))
    let models = saved.models.filter { $0.path != "-" }
    let now = try analysis.report(
      onModelsAt: models.map(\.path), toolVersion: saved.toolVersion)
    for (model, again) in zip(models, now.models) { problems += Self.problems(of: model, again) }
    let size = "\(saved.models.count) model\(saved.models.count == 1 ? "" : "s")"
    guard problems.isEmpty else {
      try RegaugeTool.print("\(path): does NOT hold\n")
      for problem in problems { try RegaugeTool.print("  \(problem)\n") }
      return ExitCode.findings
    }
    let others =
      try knowledge.digest() == saved.rulesDigest
      ? "" : " (of the others, some have changed since)"
    let files =
      saved.ruleFiles.isEmpty ? "rules" : "\(saved.ruleFiles.count) rule files\(others)"
    try RegaugeTool.print(
      "\(path): holds; \(size) judged again with the same \(files) and results\n")
    return ExitCode.clean
  }

  private static func generalProblems(of saved: Report, _ knowledge: Knowledge) throws -> [String] {
    var problems: [String] = []
    if saved.toolVersion != RegaugeTool.version {
      problems.append("written by Regauge \(saved.toolVersion), this is \(RegaugeTool.version)")
    }
    // What it rests on is told file by file; a report without digests of files knows only the whole.
    let digest = try knowledge.digest()
    if saved.ruleFiles.isEmpty, saved.rulesDigest != digest {
      problems.append(
        "the rules are others: sha256 \(saved.rulesDigest.prefix(12)), now \(digest.prefix(12))")
    }
    if saved.models.contains(where: { $0.path == "-" }) {
      problems.append("a model came from standard input and cannot be judged again")
    }
    return problems
  }

  private static func targets(
    of saved: Report, _ knowledge: Knowledge, _ arguments: Arguments
  ) throws -> [Target] {
    let names = saved.models.first { !$0.targets.isEmpty }?.targets.map(\.target) ?? []
    return try names.flatMap { name in
      guard let target = TargetName(name) else {
        throw arguments.failure("the report names the target '\(name.visible())', which is none")
      }
      return try knowledge.targets(target)
    }
  }

  /// How a model and its findings differ from what they were.
  private static func problems(of saved: ModelReport, _ now: ModelReport) -> [String] {
    let name = saved.path.visible()
    if let failure = now.failure {
      return saved.failure == failure ? [] : ["\(name): \(failure.reason)"]
    }
    guard let before = saved.summary, let after = now.summary else {
      return ["\(name): could not be read then, and can be now"]
    }
    guard before.digest == nil || before.digest == after.digest else {
      return ["\(name): is another model: sha256 of what is not weights differs"]
    }
    guard facts(of: saved) != facts(of: now) else { return [] }
    let targets = zip(saved.targets, now.targets).filter { facts(of: $0) != facts(of: $1) }
    return targets.isEmpty
      ? ["\(name): its contents are reported differently"]
      : targets.map { "\(name): \($0.target) is now \($1.verdict.rawValue), other findings" }
  }

  /// Everything that judging gives, as text.
  private static func facts(of model: ModelReport) -> [UInt8] {
    let report = Report(
      toolVersion: "", rulesOrigin: "", rulesDigest: "", models: [model.judgementAlone])
    return JSONReport.text(report.ungated)
  }

  private static func facts(of target: TargetReport) -> [String] {
    [target.verdict.rawValue] + target.findings.map { "\($0.fingerprint(on: "")) \($0.count)" }
  }
}
