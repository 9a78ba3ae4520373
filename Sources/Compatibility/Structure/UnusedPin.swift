import Inference

/// A pinned dimension or shape that fits nothing in the model.
enum UnusedPin: StructuralCheck {
  static let rule = Rule(
    id: "RG019", name: "unused-pin", severity: .warning,
    summary: "A dimension or input shape that was pinned does not occur in the model.",
    rationale: "The pin decides nothing; its name may be misspelt.",
    help: "Look up the names of inputs and dimensions with 'regauge inspect'.")

  static func findings(in context: StructureContext) -> [Finding] {
    context.annotations.unusedPins.map {
      Finding(rule: rule, reason: "no dimension or input of that rank is called \"\($0)\"")
    }
  }
}
