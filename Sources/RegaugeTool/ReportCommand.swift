import Bytes
import CommandLineKit
import Regauge
import Reporting
import RuleFiles
import XMLDocuments

/// `regauge report`: what can be done with reports that were written as XML.
enum ReportCommand {
  static let command = Command(
    "report", summary: "Validate, merge, compare, convert or verify saved reports (-o xml)",
    subcommands: [validate, merge, diff, render, verify])

  private static func operands(_ count: ClosedRange<Int>) -> [Operand] {
    [Operand("report", count: count, completion: .files, help: "Report written with -o xml.")]
  }

  // MARK: Validate

  private static let validate = Command(
    "validate", summary: "Check reports against the schema (regauge-report.xsd)",
    operands: operands(1...Int.max)
  ) { arguments in
    let validator = try validator()
    var status = ExitCode.clean
    for path in arguments.operands {
      do {
        let problems = try validator.problems(
          in: try SavedReport.bytes(of: path), limit: XMLReportReader.sizeLimit)
        if !problems.isEmpty { status = ExitCode.unreadableModel }
        try RegaugeTool.print("\(path): \(problems.isEmpty ? "valid" : "NOT valid")\n")
        for problem in problems.prefix(20) { try RegaugeTool.print("  \(problem)\n") }
      } catch let failure as XMLFailure {
        status = ExitCode.unreadableModel
        try RegaugeTool.print("\(path): NOT valid\n  \(failure)\n")
      }
    }
    return status
  }

  /// The schema belongs to this version of the tool, so it is always the one in the binary.
  private static func validator() throws -> XMLSchemaValidator {
    let rules = try RuleSet.find(directory: nil, environment: { _ in nil }, executable: nil)
    let schema = try rules.file("schema/regauge-report.xsd").source
    return try XMLSchemaValidator(
      schema: schema.withBytes { bytes in bytes.withUnsafeBufferPointer { Array($0) } })
  }

  // MARK: Merge and render

  private static let merge = Command(
    "merge", summary: "Put the parts of a divided run together, or several reports",
    discussion: """
      The parts that check --shard wrote, in any order, give the bytes that one run would have \
      given. Other reports are put together by the paths of their models. The gate is applied anew, \
      so give the options of the gate here.
      """,
    optionGroups: [ReportingOptions.group, GateOptions.group], operands: operands(1...Int.max),
    examples: [
      Example("Four parts", "regauge report merge part-*.xml -o junit=report.xml --fail-on silent")
    ]
  ) { arguments in
    let choices = try OutputChoice.chosen(arguments)
    let gate = try GateOptions.gate(arguments)
    var reports: [Report] = []
    for path in arguments.operands { reports.append(try SavedReport.read(path)) }
    let merged: Report
    do throws(MergeFailure) { merged = try Report.merged(reports) } catch {
      throw arguments.failure(error.reason)
    }
    let report = merged.stamped(Clock.timestamp(arguments))
    let (decided, verdict) = try GateOptions.decide(report, gate, arguments)
    let status = try OutputChoice.write(decided, choices, arguments)
    return max(status, ExitCode.ofModels(in: report), verdict)
  }

  private static let render = Command(
    "render", summary: "Write a report in other forms, as it was decided",
    optionGroups: [ReportingOptions.group], operands: operands(1...1),
    examples: [Example("As a page", "regauge report render report.xml -o markdown=comment.md")]
  ) { arguments in
    let choices = try OutputChoice.chosen(arguments)
    let report = try SavedReport.read(arguments.operands[0])
    return try OutputChoice.write(report, choices, arguments)
  }

  // MARK: Compare and verify

  private static let diff = Command(
    "diff", summary: "Compare two reports: new, fixed, unchanged",
    optionGroups: [ReportingOptions.group, GateOptions.thresholds], operands: operands(2...2)
  ) { arguments in try DiffCommand.compare(arguments, SavedReport.read) }

  private static let verify = Command(
    "verify", summary: "Judge the models of a report again and compare",
    discussion: """
      Checks that the files of the rules that the report rests on are the ones of then, and names \
      those that are not; that every model is the one that was judged (by its digest); and that \
      judging it again gives the same findings. Extents that were fixed \
      with --dim and --input-shape have to be given again.
      """,
    options: [CommonOptions.dim, CommonOptions.inputShape], operands: operands(1...1)
  ) { arguments in try VerifyCommand.run(arguments) }
}
