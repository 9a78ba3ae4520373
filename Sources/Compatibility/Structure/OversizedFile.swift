import ModelGraph

/// A single file larger than protobuf runtimes read.
enum OversizedFile: StructuralCheck {
  static let rule = Rule(
    id: "RG012", name: "oversized-file", severity: .warning,
    summary: "The model file is larger than protobuf runtimes read (2 GiB).",
    rationale: "Regauge reads it, but ONNX, ONNX Runtime and vendor converters will refuse it.",
    help: "Save the weights as external data.")

  static func findings(in context: StructureContext) -> [Finding] {
    context.irregularities(.oversizedFile, as: rule)
  }
}
