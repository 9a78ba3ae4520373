import CommandLineKit
import Regauge
import Reporting

/// `regauge inspect`: shows what is in models.
enum InspectCommand {
  static let cost = Flag(
    "cost", help: "Show weights, FLOPs, activations and traffic; for language models by token.")
  /// Tokens of the prompt that language models are costed for unless told otherwise.
  static let usualPrompt = 512
  static let prompt = Option(
    "prompt", placeholder: "TOKENS", as: .integer(in: 1...1_000_000_000), default: usualPrompt,
    help: "Cost language models for a prompt of this length.")
  static let values = Flag("values", help: "List every value with its inferred type.")

  static let command = Command(
    "inspect", summary: "Show what is in models: operators, opsets, types, sizes",
    options: [
      cost, prompt, values, CommonOptions.dim, CommonOptions.inputShape,
    ], optionGroups: [ReportingOptions.group],
    operands: [
      Operand(
        "model", count: 1...Int.max, completion: .files,
        help: "ONNX file in any serialisation, folder, pattern, or - for standard input.")
    ],
    examples: [Example("As JSON", "regauge inspect model.onnx -o json")]
  ) { arguments in
    let choices = try OutputChoice.chosen(arguments)
    let knowledge = try CommonOptions.knowledge(arguments)
    let models = CommonOptions.models(arguments)
    let options = AnalysisOptions(
      pins: try CommonOptions.pins(arguments), listsValues: arguments[values],
      promptTokens: arguments[cost] ? Int64(try arguments[prompt]) : nil,
      hasDigests: OutputChoice.needDigests(choices))
    let analysis = Analysis(knowledge, targets: [], options: options)
    let report = try analysis.report(onModelsAt: models, toolVersion: RegaugeTool.version)
      .stamped(Clock.timestamp(arguments))
    let status = try OutputChoice.write(report, choices, arguments)
    return max(status, ExitCode.ofModels(in: report))
  }
}
