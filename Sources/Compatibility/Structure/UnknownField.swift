import ModelGraph

/// A text form holds something that is not understood.
enum UnknownField: StructuralCheck {
  static let rule = Rule(
    id: "RG015", name: "unknown-field", severity: .warning,
    summary: "A field of a text form is not defined by ONNX, or its content cannot be right.",
    rationale: "It is passed over here; the onnx package refuses the file.",
    help: "Correct the spelling of the field, or remove it.")

  static func findings(in context: StructureContext) -> [Finding] {
    context.irregularities(.unknownField, as: rule)
      + context.irregularities(.malformedField, as: rule)
  }
}
