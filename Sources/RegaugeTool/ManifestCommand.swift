import Bytes
import Capabilities
import CommandLineKit
import Regauge

/// `regauge manifest`: checks manifests.
enum ManifestCommand {
  static let command = Command(
    "manifest", summary: "Check manifests of what stacks take", subcommands: [validate])

  private static let validate = Command(
    "validate", summary: "Check manifests and name every error with its place",
    operands: [
      Operand(
        "file", count: 1...Int.max, completion: .files, help: "Manifest of a stack or front door.")
    ]
  ) { arguments in
    var status = ExitCode.clean
    for path in arguments.operands {
      let source: ByteSource
      do {
        source = try ByteSource.open(path)
      } catch let failure as FileFailure {
        RegaugeTool.complain(failure.description)
        status = ExitCode.invalidManifest
        continue
      }
      let problems = ManifestReader.problems(file: path, source: source)
      for problem in problems { try RegaugeTool.print("\(problem)\n") }
      if problems.isEmpty {
        try RegaugeTool.print("\(path): valid\n")
      } else {
        status = ExitCode.invalidManifest
      }
    }
    return status
  }
}
