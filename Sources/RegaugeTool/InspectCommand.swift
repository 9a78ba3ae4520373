import CommandLineKit
import Regauge
import Reporting

/// `regauge inspect`: shows what is in models.
enum InspectCommand {
  static let command = Command(
    "inspect", summary: "Show what is in models: operators, opsets, types, sizes",
    options: [CommonOptions.output],
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
    let analysis = Analysis(knowledge, targets: [])
    let report = try analysis.report(onModelsAt: models, toolVersion: RegaugeTool.version)
    let status = try OutputChoice.write(report, choices, arguments)
    let isAnyBad = report.models.contains { $0.failure != nil || $0.isInvalid }
    return max(status, isAnyBad ? ExitCode.unreadableModel : ExitCode.clean)
  }
}
