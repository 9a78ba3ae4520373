import ModelGraph

/// A file format newer than this version of Regauge knows.
enum NewerIRVersion: StructuralCheck {
  /// The newest IR version whose records are known (ONNX 1.23).
  static let newestKnown: Int64 = 14

  static let rule = Rule(
    id: "RG008", name: "newer-ir-version", severity: .note,
    summary: "The file uses a newer IR version than this version of Regauge knows.",
    rationale: "Records that the newer version adds are passed over.",
    help: "Update Regauge, or export with an older IR version.")

  static func findings(in context: StructureContext) -> [Finding] {
    guard let version = context.graph.header.irVersion, version > newestKnown else { return [] }
    return [
      Finding(rule: rule, reason: "IR version \(version); the newest known is \(newestKnown)")
    ]
  }
}
