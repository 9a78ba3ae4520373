import ModelGraph

/// A value of a subgraph hides one of a graph around it.
enum ShadowedDefinition: StructuralCheck {
  static let rule = Rule(
    id: "RG013", name: "shadowed-definition", severity: .warning,
    summary: "A value of a subgraph has the name of a value in a graph around it.",
    rationale: "ONNX forbids it, and importers differ in which of the two they take.",
    help: "Rename the value inside the subgraph.")

  static func findings(in context: StructureContext) -> [Finding] {
    context.irregularities(.shadowedDefinition, as: rule)
  }
}
