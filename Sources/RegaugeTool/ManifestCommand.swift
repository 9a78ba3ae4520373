import Bytes
import Capabilities
import CommandLineKit
import Regauge
import RuleFiles

/// `regauge manifest`: builds and checks manifests.
enum ManifestCommand {
  static let command = Command(
    "manifest", summary: "Build and check manifests of what stacks take",
    subcommands: [build, validate, ManifestDiff.command])

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
    guard FileTree.isFolder("\(folder)/evidence") else {
      throw arguments.failure("\(folder) has no folder evidence to build manifests from")
    }
    let files = try built(from: folder)
    let stale = stale(in: folder, besides: files)
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
    for path in stale {
      try RegaugeTool.print("\(path): nothing in the evidence gives this file; remove it\n")
    }
    try RegaugeTool.print("\(files.count) manifests, \(differing.count) changed\n")
    let isCurrent = differing.isEmpty && stale.isEmpty
    return arguments[check] && !isCurrent ? ExitCode.findings : ExitCode.clean
  }

  /// Files of an earlier build that this one does not give any more.
  private static func stale(
    in folder: String, besides files: [ManifestBuilder.File]
  ) -> [String] {
    let current = Set(files.map { "\(folder)/\($0.path)" })
    let present = ["stacks", "mappings"].flatMap { FileTree.files(below: "\(folder)/\($0)") }
    return present.filter { $0.hasSuffix(".json") && !current.contains($0) }
  }

  private static func built(from folder: String) throws -> [ManifestBuilder.File] {
    do {
      // A trailing slash would become part of every name.
      let folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
      let evidence = try FileTree.files(below: "\(folder)/evidence")
        .filter { $0.hasSuffix(".json") || $0.hasSuffix(".csv") }
        .map { (path: String($0.dropFirst(folder.count + 1)), source: try ByteSource.open($0)) }
      return try ManifestBuilder.build(evidence: evidence)
    } catch let failure as ManifestFailure {
      throw KnowledgeFailure.manifest(failure)
    } catch let failure as FileFailure {
      throw KnowledgeFailure.rules(
        RuleFailure(
          path: failure.path, reason: failure.reason, help: "check whether the file may be read"))
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
