import CommandLineKit
import Gating
import Compatibility
import Regauge
import Reporting

/// `regauge check`: judges models by targets.
enum CheckCommand {
  private static let shard = Option<Shard?>(
    "shard", placeholder: "I/N",
    as: ValueFormat { (text) throws(ValueFailure) in
      guard let shard = Shard(text) else { throw ValueFailure("is no part such as 2/4") }
      return shard
    },
    help: "Judge every Nth model from the Ith on; regauge report merge puts the parts together.")

  private static let profile = Flag(
    "profile",
    help: "Find out, too, what a page tells beyond the verdicts; -o xml then keeps it for later.")

  static let command = Command(
    "check", summary: "Judge every node of models by what stacks take",
    discussion: """
      Verdicts, from best to worst: supported, conditional (depends on what the file does not \
      tell), fallback (runs on the host CPU), unknown (no evidence), silent (accepted, but an \
      attribute in use is ignored), unsupported. A model is as good as its worst node.

      \(ExitCode.explanation)
      """,
    options: [
      CommonOptions.target, CommonOptions.dim, CommonOptions.inputShape,
      CommonOptions.maxEvidenceAge, EffortCommandOptions.none, profile, shard,
    ],
    optionGroups: [ReportingOptions.group, GateOptions.group, EffortCommandOptions.group],
    operands: [
      Operand(
        "model", count: 1...Int.max, completion: .files,
        help: "ONNX file in any serialisation, folder, pattern, or - for standard input.")
    ],
    examples: [
      Example("Judge by one stack", "regauge check model.onnx --target ascend-cann"),
      Example(
        "Judge by one chip, for CI",
        "regauge check models/ -t ascend-cann/atc:310P -o junit=report.xml -o text"),
    ]
  ) { arguments in try run(arguments) }

  private static func run(_ arguments: Arguments) throws -> Int32 {
    let choices = try OutputChoice.chosen(arguments)
    let gate = try GateOptions.gate(arguments)
    let knowledge = try CommonOptions.knowledge(arguments)
    let part = try arguments[shard]
    let all = CommonOptions.models(arguments)
    let models = part?.part(of: all) ?? all
    let progress = CommonOptions.progress(arguments, total: models.count)
    defer { progress.finish() }
    var options = AnalysisOptions(
      pins: try CommonOptions.pins(arguments), hasDigests: OutputChoice.needDigests(choices),
      willRead: progress.step)
    options.evidenceLimit = try CommonOptions.evidenceLimit(arguments)
    if choices.contains(where: \.form.isPage) || arguments[profile] {
      options.promptTokens = Int64(InspectCommand.usualPrompt)
      options.profilesTargets = true
    }
    let named = try arguments[CommonOptions.target]
    // Of all stacks at once nobody asks what each would cost, unless they say so.
    let isAsked =
      !named.isEmpty || EffortCommandOptions.areGiven(arguments) || gate.effortLimit != nil
    // A page tells it in any case.
    let estimates = isAsked || options.profilesTargets
    if estimates, !arguments[EffortCommandOptions.none], knowledge.estimatesEffort {
      options.effort = try EffortCommandOptions.options(arguments, knowledge)
      options.effort?.plans = choices.contains(where: \.form.isComplete)
      options.effort?.joinsTargets = Set(named.map(\.stack)).count > 1
    }
    let analysis = Analysis(knowledge, targetsNamed: named, options: options)
    let report = try analysis.report(onModelsAt: models, toolVersion: RegaugeTool.version)
      .stamped(Clock.timestamp(arguments)).marked(part)
    progress.finish()
    let (decided, verdict) = try GateOptions.decide(consume report, gate, arguments)
    // The page tells costs, too; other forms are what they are without it.
    let explains = arguments[EffortCommandOptions.explain]
    let plain = isAsked ? decided.withoutCosts : decided.withoutCosts.withoutEfforts
    let status = try OutputChoice.write(decided, plain: plain, choices) {
      try $0.options(arguments, explains)
    }
    try ListingFiles.write(for: decided, choices, arguments)
    return max(status, ExitCode.ofModels(in: decided), verdict)
  }
}
