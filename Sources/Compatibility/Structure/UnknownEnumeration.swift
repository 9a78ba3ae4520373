import ModelGraph

/// A number that no version of the format defines.
enum UnknownEnumeration: StructuralCheck {
  static let rule = Rule(
    id: "RG006", name: "unknown-enumeration", severity: .warning,
    summary: "An element type or attribute type has a number that ONNX does not define.",
    rationale: "Runtimes refuse it or read the field as unset.",
    help: "Export the model again with a current exporter.")

  static func findings(in context: StructureContext) -> [Finding] {
    context.irregularities(.unknownEnumeration, as: rule)
  }
}
