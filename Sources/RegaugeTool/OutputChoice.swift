import Bytes
import CommandLineKit
import Compatibility
import Reporting
import RuleFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A form of report and where it goes.
struct OutputChoice: Sendable {
  let form: ReportFormat
  /// A path, or `-` for standard output.
  let path: String

  static let text = OutputChoice(form: .text, path: "-")

  /// How one of some forms is chosen.
  static func format(_ forms: [ReportFormat]) -> ValueFormat<OutputChoice> {
    let names = forms.map(\.name)
    return ValueFormat(
      choices: names,
      describe: { $0.path == "-" ? $0.form.name : "\($0.form.name)=\($0.path)" },
      parse: { (text) throws(ValueFailure) in
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let form = forms.first(where: { $0.name == parts[0] }) else {
          throw ValueFailure(
            "is not a report format; known are \(names.joined(separator: ", "))",
            suggestion: Suggestion.nearest(to: String(parts[0]), among: names))
        }
        guard parts.count == 1 || !parts[1].isEmpty else { throw ValueFailure("names no file") }
        let path = parts.count > 1 ? String(parts[1]) : "-"
        return OutputChoice(form: form, path: path == "/dev/stdout" ? "-" : path)
      })
  }

  /// The reports that the command line asks for; without a word, text on standard output,
  /// and to a quiet run nothing there.
  ///
  /// - Throws: `UsageFailure` when two of them go to the same place.
  static func chosen(
    _ arguments: Arguments, by option: Option<[OutputChoice]> = CommonOptions.output,
    otherwise usual: OutputChoice = .text
  ) throws(UsageFailure) -> [OutputChoice] {
    let given = try arguments[option]
    var paths: Set<String> = []
    // A report that is read may be replaced by what becomes of it, a model never.
    let inputs = Set(
      arguments.operands.filter { !FileTree.isFolder($0) && !SavedReport.isReport($0) }
        .map(\.tidyPath))
    for choice in given where choice.path != "/dev/null" {
      guard choice.path == "-" || !inputs.contains(choice.path.tidyPath) else {
        throw arguments.failure(
          "the \(choice.form.name) report would replace \(choice.path.visible()), which is read")
      }
      guard !paths.insert(choice.path.tidyPath).inserted else { continue }
      throw arguments.failure(
        choice.path == "-"
          ? "only one report can go to standard output; name a file for \(choice.form.name)"
          : "two reports cannot go to the same file, \(choice.path.visible())")
    }
    if arguments[CommonOptions.quiet] { return given.filter { $0.path != "-" } }
    return given.isEmpty ? [usual] : given
  }

  /// Whether digests of the models are worth their time: forms for people do not show them.
  static func needDigests(_ choices: [OutputChoice]) -> Bool {
    choices.contains { $0.form.audience == .programs }
  }

  /// Writes a report in every form; one that cannot be written does not stop the others.
  ///
  /// - Returns: An exit code.
  static func write(
    _ report: Report, _ choices: [OutputChoice], _ arguments: Arguments
  ) throws -> Int32 {
    try write(report, choices) { try $0.options(arguments) }
  }

  /// Writes a report in every form with the options for it; `plain` in forms that do not hold all.
  static func write(
    _ report: Report, plain: Report? = nil, _ choices: [OutputChoice],
    options: (OutputChoice) throws -> ReportOptions
  ) throws -> Int32 {
    var status = ExitCode.clean
    for choice in choices {
      do {
        let report = choice.form.isComplete ? report : plain ?? report
        let options = try options(choice)
        try OutputFile.write(to: choice.path) { output in
          try choice.form.write(report, options) { piece in try output.write(piece) }
        }
      } catch let failure as OutputFailure {
        RegaugeTool.complain(failure.description)
        status = ExitCode.usage
      }
    }
    if !choices.contains(where: { $0.form.audience == .people }) { complain(of: report) }
    return status
  }

  /// Says on standard error which models failed, for those who only have the reports written.
  private static func complain(of report: Report) {
    let most = 20
    let failed = report.models.compactMap { model -> String? in
      if let failure = model.failure {
        return "\(model.path): \(failure.reason)" + (failure.position.map { " (\($0))" } ?? "")
      }
      let error = model.structure.first { $0.severity == .error }
      return error.map { "\(model.path): \($0.reason) [\($0.rule.id)]" }
    }
    for line in failed.prefix(most) { RegaugeTool.complain(line) }
    if failed.count > most { RegaugeTool.complain("and \(failed.count - most) models more") }
  }

  func options(_ arguments: Arguments, _ explainsEffort: Bool = false) throws -> ReportOptions {
    ReportOptions(
      style: try textStyle(
        arguments, showsSuppressed: arguments[ReportingOptions.showSuppressed],
        explainsEffort: explainsEffort),
      junitDialect: try arguments[ReportingOptions.junitDialect],
      sarifProfile: try arguments[ReportingOptions.sarifProfile],
      texts: try texts(arguments))
  }

  /// The texts of a page in the language that was chosen; nil for other forms.
  ///
  /// They belong to this version of the tool, so they are always those in the binary.
  func texts(_ arguments: Arguments) throws -> TextCatalogue? {
    guard form.isPage else { return nil }
    let rules = try RuleSet.find(directory: nil, environment: { _ in nil }, executable: nil)
    let language = try arguments[ReportingOptions.language]
    let file = try rules.file("text/\(language.rawValue).json")
    return try TextCatalogue(file: file.location, source: file.source)
  }

  /// The style for the terminal, or for a file the same on every machine.
  func textStyle(
    _ arguments: Arguments, showsSuppressed: Bool, explainsEffort: Bool = false
  ) throws -> TextStyle {
    let isVerbose = arguments[CommonOptions.verbose]
    guard path == "-" else {
      return TextStyle(
        width: 100, usesColour: false, usesUnicode: true, isVerbose: isVerbose,
        showsSuppressed: showsSuppressed, explainsEffort: explainsEffort)
    }
    let terminal = Terminal.live(
      descriptor: STDOUT_FILENO, colour: try arguments[CommonOptions.colour])
    return TextStyle(
      width: terminal.width, usesColour: terminal.hasColour, usesUnicode: terminal.hasUnicode,
      isVerbose: isVerbose, showsSuppressed: showsSuppressed, explainsEffort: explainsEffort)
  }
}
