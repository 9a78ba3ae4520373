import Bytes
import Capabilities
import CommandLineKit
import Regauge

/// `regauge manifest`: builds and checks manifests.
enum ManifestCommand {
  static let command = Command(
    "manifest", summary: "Build and check manifests of what stacks take",
    subcommands: [build, validate])

  private static let check = Flag("check", help: "Write nothing; exit with 1 when files differ.")

  private static let build = Command(
    "build", summary: "Build the manifests of stacks from the fact tables",
    discussion: "Reads evidence/ in the folder of rules and writes stacks/ beside it.",
    options: [check],
    operands: [
      Operand(
        "rules", count: 0...1, completion: .folders, help: "Folder of rules [default: Rules].")
    ]
  ) { arguments in
    let folder = arguments.operands.first ?? "Rules"
    let files = try built(from: folder)
    var differing: [String] = []
    for file in files {
      let path = "\(folder)/\(file.path)"
      let bytes = Array(file.text.utf8)
      if let old = try? ByteSource.open(path), old.withBytes({ $0.isEqual(to: bytes.span) }) {
        continue
      }
      differing.append(path)
      if !arguments[check] { try OutputFile.write(bytes, to: path) }
    }
    let verb = arguments[check] ? "differs from what the evidence gives" : "written"
    for path in differing { try RegaugeTool.print("\(path): \(verb)\n") }
    try RegaugeTool.print("\(files.count) manifests, \(differing.count) changed\n")
    return arguments[check] && !differing.isEmpty ? ExitCode.findings : ExitCode.clean
  }

  private static func built(from folder: String) throws -> [ManifestBuilder.File] {
    do {
      let evidence = try FileTree.files(below: "\(folder)/evidence")
        .filter { $0.hasSuffix(".json") || $0.hasSuffix(".csv") }
        .map { (path: String($0.dropFirst(folder.count + 1)), source: try ByteSource.open($0)) }
      return try ManifestBuilder.build(evidence: evidence)
    } catch let failure as ManifestFailure {
      throw KnowledgeFailure.manifest(failure)
    }
  }

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
