import CommandLineKit
import Porting
import Regauge
import Reporting

/// `regauge plan`: the tasks that lead a model to targets.
enum PlanCommand {
  /// A form of plan and where it goes.
  struct PlanOutput: Sendable {
    enum Form: String, CaseIterable, Sendable {
      case markdown
      case csv
      case json
    }

    let form: Form
    let path: String

    static let format = ValueFormat<PlanOutput>(
      choices: Form.allCases.map(\.rawValue),
      describe: { $0.path == "-" ? $0.form.rawValue : "\($0.form.rawValue)=\($0.path)" },
      parse: { (text) throws(ValueFailure) in
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let names = Form.allCases.map(\.rawValue)
        guard let form = Form(rawValue: String(parts[0])) else {
          throw ValueFailure(
            "is no form of plan; known are \(names.joined(separator: ", "))",
            suggestion: Suggestion.nearest(to: String(parts[0]), among: names))
        }
        guard parts.count == 1 || !parts[1].isEmpty else { throw ValueFailure("names no file") }
        return PlanOutput(form: form, path: parts.count > 1 ? String(parts[1]) : "-")
      })
  }

  private static let output = Option<[PlanOutput]>(
    "output", short: "o", placeholder: "FORMAT[=FILE]", as: PlanOutput.format,
    help: "Write the plan: markdown, csv or json; to FILE, or to standard output. Repeatable.")
  private static let packages = Option<String?>(
    "operator-packages", placeholder: "DIR", as: .path(.folders),
    help: "Write a request package for each operator that is to be written into this folder.")

  static let command = Command(
    "plan", summary: "Write the tasks that lead a model to a target, in order, with effort",
    discussion: """
      Tasks come in the order of the work: bring-up, conversion, operators by the work they unlock, \
      validation, performance. Each has its hours, what it waits for, who does it and what shows that \
      it is done. A request package holds a ticket, a model with the operator alone and a script that \
      makes reference inputs and outputs with ONNX Runtime.
      """,
    options: [
      CommonOptions.target, output, packages, CommonOptions.dim, CommonOptions.inputShape,
    ],
    optionGroups: [EffortCommandOptions.group],
    operands: [
      Operand(
        "model", count: 1...Int.max, completion: .files, help: "ONNX file in any serialisation.")
    ],
    examples: [
      Example(
        "A plan for one target", "regauge plan model.onnx -t ascend-cann/atc -o markdown=PLAN.md"),
      Example(
        "Tickets for an issue tracker, for three people",
        "regauge plan model.onnx -t metax-maca/mctvm --people 3 -o csv=tasks.csv"),
    ]
  ) { arguments in try run(arguments) }

  private static func run(_ arguments: Arguments) throws -> Int32 {
    let names = try arguments[CommonOptions.target]
    guard !names.isEmpty else {
      throw arguments.failure("name a target, as in -t ascend-cann/atc")
    }
    let knowledge = try CommonOptions.knowledge(arguments)
    var effort = try EffortCommandOptions.options(arguments, knowledge)
    effort.plans = true
    effort.packages = try arguments[packages] != nil
    var options = AnalysisOptions(pins: try CommonOptions.pins(arguments))
    options.effort = effort
    let analysis = Analysis(
      knowledge, targets: try CommonOptions.targets(arguments, knowledge), options: options)
    let report = try analysis.report(
      onModelsAt: CommonOptions.models(arguments), toolVersion: RegaugeTool.version)
    let status = complain(of: report)
    let plans = report.models.flatMap(\.targets).compactMap(\.plan)
    guard !plans.isEmpty else { return max(status, ExitCode.findings) }
    let outputs = try arguments[output]
    for choice in outputs.isEmpty ? [PlanOutput(form: .markdown, path: "-")] : outputs {
      try OutputFile.write(bytes(of: plans, choice.form), to: choice.path)
    }
    if let folder = try arguments[packages] {
      let written = try OperatorPackageFolder.write(report, to: folder)
      RegaugeTool.complain("\(written) operator packages in \(folder)")
    }
    return status
  }

  private static func bytes(of plans: [PortingPlan], _ form: PlanOutput.Form) -> [UInt8] {
    switch form {
    case .markdown: Array(PlanMarkdown.text(plans).utf8)
    case .csv: Array(PlanCSV.text(plans).utf8)
    case .json: PlanJSON.text(plans)
    }
  }

  /// Says for which models and targets there is no plan, and why.
  private static func complain(of report: Report) -> Int32 {
    var status = ExitCode.clean
    for model in report.models {
      if let failure = model.failure {
        RegaugeTool.complain(
          "\(model.path): no estimate, because it cannot be read: \(failure.reason)")
        status = ExitCode.unreadableModel
        continue
      }
      if model.isInvalid { status = ExitCode.unreadableModel }
      for target in model.targets {
        guard let reason = target.effort?.reason else { continue }
        RegaugeTool.complain("\(model.path) on \(target.target): no estimate, because \(reason)")
      }
    }
    return status
  }
}
