import CommandLineKit

/// `regauge completions`: what shells need to complete commands.
enum CompletionsCommand {
  static let command = Command(
    "completions", summary: "Print the script that teaches a shell to complete commands",
    operands: [
      Operand(
        "shell", count: 1...1, completion: .words(Shell.allCases.map(\.rawValue)),
        help: "\(shells).")
    ],
    examples: [Example("For this session of Bash", "source <(regauge completions bash)")]
  ) { arguments in
    guard let shell = arguments.operands.first.flatMap(Shell.init(rawValue:)) else {
      throw arguments.failure("name one of the shells: \(shells)")
    }
    try RegaugeTool.print(script(for: shell))
    return ExitCode.clean
  }

  private static let shells = Shell.allCases.map(\.rawValue).joined(separator: ", ")

  // A function, because the command tree mentions this command.
  private static func script(for shell: Shell) -> String {
    RegaugeTool.root.completionScript(for: shell)
  }
}
