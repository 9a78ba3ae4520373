import Capabilities
import CommandLineKit
import Compatibility
import Regauge
import Reporting

/// `regauge manifest diff`: what an upgrade of a toolchain changes.
enum ManifestDiff {
  static let command = Command(
    "diff", summary: "Tell what changes from one front door to another, in general and for models",
    discussion: "A front door is given as STACK/DOOR or as the path of its manifest.",
    operands: [
      Operand("old", count: 1...1, completion: .files, help: "The front door before."),
      Operand("new", count: 1...1, completion: .files, help: "The front door after."),
      Operand(
        "model", count: 0...Int.max, completion: .files,
        help: "ONNX file in any serialisation, folder or pattern."),
    ],
    examples: [
      Example(
        "What an upgrade brings",
        "regauge manifest diff nvidia-cuda/tensorrt-10.1 nvidia-cuda/tensorrt-10.15 model.onnx")
    ]
  ) { arguments in
    let words = arguments.operands
    let comparison = try ManifestComparison(
      try CommonOptions.knowledge(arguments), old: words[0], new: words[1])
    try RegaugeTool.print(general(comparison, isVerbose: arguments[CommonOptions.verbose]))
    var status = ExitCode.clean
    for path in words.dropFirst(2).flatMap(ModelFiles.paths) {
      switch try comparison.outcome(forModelAt: path) {
      case .success(let outcome): try RegaugeTool.print(text(outcome, path))
      case .failure(let failure):
        RegaugeTool.complain("\(path): \(failure.reason)")
        status = ExitCode.unreadableModel
      }
    }
    return status
  }

  /// Operators named of each kind unless the output is verbose.
  private static let shown = 12

  private static func general(_ comparison: ManifestComparison, isVerbose: Bool) -> String {
    let (old, new) = (comparison.old, comparison.new)
    let changes = comparison.changes
    var text = "\(old.name) (\(old.version)) to \(new.name) (\(new.version)): "
    guard !changes.isEmpty else { return text + "no operator changes\n" }
    text +=
      OperatorChange.Kind.allCases.map { kind in
        "\(changes.count { $0.kind == kind }) \(kind.rawValue)"
      }.joined(separator: ", ") + "\n"
    for kind in OperatorChange.Kind.allCases {
      let chosen = changes.filter { $0.kind == kind }
      for change in chosen.prefix(isVerbose ? Int.max : shown) {
        text += "  \(kind.rawValue) \(change.operation): "
        text += change.details.joined(separator: "; ") + "\n"
      }
      let rest = chosen.count - shown
      if !isVerbose, rest > 0 {
        text += "  … \(rest) more \(kind.rawValue); --verbose shows them\n"
      }
    }
    return text
  }

  private static func text(_ outcome: ManifestComparison.Outcome, _ path: String) -> String {
    var text = "\(path): "
    text +=
      outcome.before == outcome.after
      ? "\(outcome.after.rawValue) before and after"
      : "\(outcome.before.rawValue) becomes \(outcome.after.rawValue)"
    text += outcome.effects.isEmpty ? "; no operator's verdict changes\n" : "\n"
    for effect in outcome.effects {
      text += "  \(effect.operation) ×\(effect.nodes): "
      text += "\(effect.before.rawValue) becomes \(effect.after.rawValue)\n"
    }
    return text
  }
}
