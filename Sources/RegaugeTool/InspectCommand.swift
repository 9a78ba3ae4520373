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
    let knowledge = try CommonOptions.knowledge(arguments)
    let models = try CommonOptions.models(arguments)
    let analysis = Analysis(knowledge, targets: [])
    let report = try analysis.report(onModelsAt: models, toolVersion: RegaugeTool.version)
    try OutputChoice.write(report, try arguments[CommonOptions.output], arguments)
    return report.models.contains { $0.failure != nil || $0.isInvalid }
      ? ExitCode.unreadableModel : ExitCode.clean
  }
}
