import CommandLineKit
import Regauge
import RuleFiles

/// `regauge --version`, and `regauge` alone.
enum VersionReport {
  static func run(_ arguments: Arguments) throws -> Int32 {
    guard arguments[CommonOptions.versionFlag] else {
      let names = RegaugeTool.root.subcommands.map(\.name).joined(separator: ", ")
      throw arguments.failure("name a command: \(names)")
    }
    try RegaugeTool.print("regauge \(RegaugeTool.version)\n")
    guard arguments[CommonOptions.verbose] else { return ExitCode.clean }
    let knowledge = try CommonOptions.knowledge(arguments)
    try RegaugeTool.print(
      """
      rules   \(knowledge.rules.origin.description)
      sha256  \(try knowledge.digest())
      stacks  \(try knowledge.stackNames().joined(separator: ", "))

      """)
    return ExitCode.clean
  }
}
