import CommandLineKit
import Compatibility
import Regauge
import Reporting

/// `regauge check`: judges models by targets.
enum CheckCommand {
  /// Verdicts at or above which the exit code is 1.
  enum Threshold: String, CaseIterable, Sendable {
    case unsupported
    case silent
    case unknown
    case fallback
    case conditional
    case never

    /// Whether a verdict is at or above the threshold.
    func isReached(by verdict: Verdict) -> Bool {
      switch self {
      case .never: false
      case .unsupported: verdict >= .unsupported
      case .silent: verdict >= .silent
      case .unknown: verdict >= .unknown
      case .fallback: verdict >= .fallback
      case .conditional: verdict >= .conditional
      }
    }
  }

  static let failOn = Option(
    "fail-on", as: ValueFormat.choice(of: Threshold.self), default: .unsupported,
    help: "Exit with 1 when a target's verdict is this one or worse.")

  static let command = Command(
    "check", summary: "Judge every node of models by what stacks take",
    discussion: """
      Verdicts, from best to worst: supported, conditional (depends on what the file does not \
      tell), fallback (runs on the host CPU), unknown (no evidence), silent (accepted, but an \
      attribute in use is ignored), unsupported. A model is as good as its worst node.

      \(ExitCode.explanation)
      """,
    options: [
      CommonOptions.target, CommonOptions.output, failOn, CommonOptions.dim,
      CommonOptions.inputShape, EffortCommandOptions.none,
    ],
    optionGroups: [EffortCommandOptions.group],
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
    let knowledge = try CommonOptions.knowledge(arguments)
    let models = CommonOptions.models(arguments)
    let targets = try CommonOptions.targets(arguments, knowledge)
    var options = AnalysisOptions(pins: try CommonOptions.pins(arguments))
    let named = try arguments[CommonOptions.target]
    // Of all stacks at once nobody asks what each would cost, unless they say so.
    let isAsked = !named.isEmpty || EffortCommandOptions.areGiven(arguments)
    if isAsked, !arguments[EffortCommandOptions.none], knowledge.estimatesEffort {
      options.effort = try EffortCommandOptions.options(arguments, knowledge)
      options.effort?.joinsTargets = Set(named.map(\.stack)).count > 1
    }
    let analysis = Analysis(knowledge, targets: targets, options: options)
    let report = try analysis.report(onModelsAt: models, toolVersion: RegaugeTool.version)
    let threshold = try arguments[failOn]
    let status = try OutputChoice.write(
      report, choices, arguments, explainsEffort: arguments[EffortCommandOptions.explain],
      isFailure: { threshold.isReached(by: $0) })
    return max(status, exitCode(report, threshold))
  }

  private static func exitCode(_ report: Report, _ threshold: Threshold) -> Int32 {
    if report.models.contains(where: { $0.failure != nil || $0.isInvalid }) {
      return ExitCode.unreadableModel
    }
    let isReached = report.models.contains { model in
      model.targets.contains { threshold.isReached(by: $0.verdict) }
    }
    return isReached ? ExitCode.findings : ExitCode.clean
  }
}
