import CommandLineKit
import Regauge
import Reporting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `regauge compare`: ranks stacks by what they make of models.
enum CompareCommand {
  private enum Layout: String, CaseIterable, Sendable {
    case stack
    case target
    case `operator`

    var layout: ComparisonText.Layout {
      switch self {
      case .stack: .stacks
      case .target: .targets
      case .operator: .operators
      }
    }
  }

  private enum Format: String, CaseIterable, Sendable {
    case text
    case json
  }

  private static let by = Option(
    "by", as: ValueFormat.choice(of: Layout.self), default: .stack,
    help: "Rows of the table: stacks by their best door, all targets, or operators.")
  private static let format = Option(
    "output", short: "o", as: ValueFormat.choice(of: Format.self), default: .text,
    help: "Form of the comparison on standard output.")

  static let command = Command(
    "compare", summary: "Rank stacks by what they make of models",
    discussion: """
      Targets are ranked by the share of the work that is blocked, then silently wrong, unknown, on \
      the host CPU, conditional; each by FLOPs and then by nodes; ties go by name. Targets of which \
      nothing is known stand last, without a rank. Of several models each is a row and each stack \
      a column.

      \(ExitCode.explanation)
      """,
    options: [
      CommonOptions.target, by, format, InspectCommand.prompt, CommonOptions.dim,
      CommonOptions.inputShape, CommonOptions.maxEvidenceAge,
    ],
    operands: [
      Operand(
        "model", count: 1...Int.max, completion: .files,
        help: "ONNX file in any serialisation, folder, pattern, or - for standard input.")
    ],
    examples: [
      Example("Which stack takes the model best", "regauge compare model.onnx"),
      Example(
        "Three chips",
        "regauge compare model.onnx -t ascend-cann -t moorethreads-musa -t metax-maca"
      ),
      Example("A folder of models", "regauge compare models/"),
    ]
  ) { arguments in try run(arguments) }

  private static func run(_ arguments: Arguments) throws -> Int32 {
    let knowledge = try CommonOptions.knowledge(arguments)
    var options = AnalysisOptions(
      pins: try CommonOptions.pins(arguments),
      promptTokens: Int64(try arguments[InspectCommand.prompt]))
    options.profilesTargets = true
    options.evidenceLimit = try CommonOptions.evidenceLimit(arguments)
    let analysis = Analysis(
      knowledge, targets: try CommonOptions.targets(arguments, knowledge), options: options)
    let report = try analysis.report(
      onModelsAt: CommonOptions.models(arguments), toolVersion: RegaugeTool.version)
    switch try arguments[format] {
    case .json: try OutputFile.write(ComparisonJSON.text(report), to: "-")
    case .text:
      let terminal = Terminal.live(
        descriptor: STDOUT_FILENO, colour: try arguments[CommonOptions.colour])
      let style = TextStyle(
        width: terminal.width, usesColour: terminal.hasColour, usesUnicode: terminal.hasUnicode,
        isVerbose: arguments[CommonOptions.verbose])
      let text = ComparisonText.text(report, layout: try arguments[by].layout, style: style)
      try OutputFile.write(Array(text.utf8), to: "-")
    }
    let isAnyBad = report.models.contains { $0.failure != nil || $0.isInvalid }
    return isAnyBad ? ExitCode.unreadableModel : ExitCode.clean
  }
}
