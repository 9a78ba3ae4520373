import ModelGraph

/// A name is given to more than one value of a scope.
enum DuplicateDefinition: StructuralCheck {
  static let rule = Rule(
    id: "RG002", name: "duplicate-definition", severity: .error,
    summary: "A value is defined more than once in its graph.",
    rationale: "ONNX graphs assign each name once; which definition counts is undefined.",
    help: "Give each output its own name and export the model again.")

  static func findings(in context: StructureContext) -> [Finding] {
    context.irregularities(.duplicateDefinition, as: rule)
  }
}
