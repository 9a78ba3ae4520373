import CommandLineKit
import Regauge
import Reporting

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

  private static let by = Option(
    "by", as: ValueFormat.choice(of: Layout.self), default: .stack,
    help: "Rows of the table: stacks by their best door, all targets, or operators.")
  private static let output = Option<[OutputChoice]>(
    "output", short: "o", placeholder: "FORMAT[=FILE]",
    as: OutputChoice.format(ReportFormat.comparisons),
    help: "Write the comparison in this form to FILE, or to standard output. Repeatable.")

  static let command = Command(
    "compare", summary: "Rank stacks by what they make of models",
    discussion: """
      Targets are ranked by the person-days expected (those without a way through after the others), \
      then by the share of the work that is blocked, silently wrong, unknown, on the host CPU, \
      conditional; each by FLOPs and then by nodes; ties go by name. Targets of which nothing is \
      known stand last, without a rank. Of several models each is a row and each stack \
      a column.

      \(ExitCode.explanation)
      """,
    options: [
      CommonOptions.target, by, output, ReportingOptions.language, InspectCommand.prompt,
      CommonOptions.dim, CommonOptions.inputShape, CommonOptions.maxEvidenceAge,
      EffortCommandOptions.none,
    ],
    optionGroups: [EffortCommandOptions.group],
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
      Example("A page to show others", "regauge compare model.onnx -o html=report.html"),
      Example(
        "All of it, for pages to come (regauge report render)",
        "regauge compare model.onnx -o xml=report.xml"),
    ]
  ) { arguments in try run(arguments) }

  private static func run(_ arguments: Arguments) throws -> Int32 {
    let choices = try OutputChoice.chosen(
      arguments, by: output, otherwise: OutputChoice(form: .comparisonText, path: "-"))
    let layout = try arguments[by].layout
    let knowledge = try CommonOptions.knowledge(arguments)
    var options = AnalysisOptions(
      pins: try CommonOptions.pins(arguments),
      promptTokens: Int64(try arguments[InspectCommand.prompt]),
      hasDigests: choices.contains { $0.form.isComplete && !$0.form.isPage })
    options.profilesTargets = true
    options.evidenceLimit = try CommonOptions.evidenceLimit(arguments)
    if !arguments[EffortCommandOptions.none], knowledge.estimatesEffort {
      options.effort = try EffortCommandOptions.options(arguments, knowledge)
      options.effort?.plans = choices.contains(where: \.form.isComplete)
      options.effort?.joinsTargets = Set(try arguments[CommonOptions.target].map(\.stack)).count > 1
    }
    let analysis = Analysis(
      knowledge, targetsNamed: try arguments[CommonOptions.target], options: options)
    let report = try analysis.report(
      onModelsAt: CommonOptions.models(arguments), toolVersion: RegaugeTool.version)
    let status = try OutputChoice.write(report, choices) { choice in
      ReportOptions(
        style: try choice.textStyle(arguments, showsSuppressed: false),
        texts: try choice.texts(arguments), layout: layout)
    }
    let isAnyBad = report.models.contains { $0.failure != nil || $0.isInvalid }
    return max(status, isAnyBad ? ExitCode.unreadableModel : ExitCode.clean)
  }
}
