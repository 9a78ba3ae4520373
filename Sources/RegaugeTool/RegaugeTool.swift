import CommandLineKit
import Gating
import Regauge
import Reporting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@main
struct RegaugeTool {
  static let version = "0.1.0"
  /// The day of this version, for the manual.
  static let date = "2026-11-24"

  static let root: Command = Command(
    "regauge",
    summary: "Tells which accelerator stacks take a model, what they do not take, and why",
    discussion: """
      Regauge reads ONNX models without touching their weights and judges every node by manifests \
      of what each stack's toolchain takes. Every claim carries its source.

      \(ExitCode.explanation)
      """,
    options: [CommonOptions.versionFlag, CommonOptions.verbose],
    optionGroups: [
      OptionGroup(
        "Everywhere",
        [
          CommonOptions.rules, CommonOptions.colour, CommonOptions.quiet,
          CommonOptions.noProgress, Configuration.file, Configuration.isolated,
        ])
    ],
    subcommands: [
      CheckCommand.command, CompareCommand.command, PlanCommand.command, InspectCommand.command,
      DiffCommand.command, ReportCommand.command, FitCommand.command, StacksCommand.command,
      EffortCommand.command, RulesCommand.command, ExplainCommand.command, ManifestCommand.command,
      ConfigCommand.command, CompletionsCommand.command, ManualCommand.command,
    ],
    examples: [
      Example("Judge a model by one stack", "regauge check model.onnx --target ascend-cann"),
      Example("See what is in a model", "regauge inspect model.onnx"),
    ],
    action: { arguments in try VersionReport.run(arguments) })

  static func main() {
    ByteOutput.ignoreBrokenPipes()
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ words: [String]) -> Int32 {
    do {
      switch try root.parse(words, presets: Configuration.presets) {
      case .help(let page):
        let width = Terminal.live(descriptor: STDOUT_FILENO).width
        try print(page.text(width: width))
        return ExitCode.clean
      case .run(let action, let arguments): return try action(arguments)
      }
    } catch let failure as UsageFailure {
      complain(failure.message)
      if !failure.hint.isEmpty { complain(failure.hint) }
      return ExitCode.usage
    } catch let failure as KnowledgeFailure {
      guard case .target(let target) = failure else {
        complain(failure.description)
        return ExitCode.invalidManifest
      }
      let meant = Suggestion.nearest(to: target.word, among: target.candidates)
      complain(target.reason + (meant.map { "; did you mean '\($0)'?" } ?? ""))
      return ExitCode.usage
    } catch let failure as OutputFailure {
      complain(failure.description)
      return ExitCode.usage
    } catch let failure as SavedReportFailure {
      complain(failure.description)
      return ExitCode.unreadableModel
    } catch let failure as GateFailure {
      complain(failure.description)
      return ExitCode.usage
    } catch {
      complain("internal error: \(error)")
      return ExitCode.internalError
    }
  }

  /// Writes to standard output, without characters that could steer a terminal.
  static func print(_ text: String) throws(OutputFailure) {
    let output = ByteOutput.standardOutput()
    try output.write(text.visible(limit: Int.max, keepsLineEnds: true))
    try output.flush()
  }

  /// Writes one line to standard error; there is nobody to tell if that fails.
  static func complain(_ message: String) {
    let output = ByteOutput.standardError()
    try? output.write("regauge: \(message.visible(limit: 4000))\n")
    try? output.flush()
  }
}
