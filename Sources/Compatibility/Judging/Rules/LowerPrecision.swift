/// The front door computes the node in a lower precision than the model asks for.
enum LowerPrecision {
  static let rule = Rule(
    id: "RG114", name: "lower-precision", severity: .warning,
    summary: "By default the front door computes the node in a lower precision than the model's.",
    rationale: "Results differ from those of the model, and no message says so.",
    help: "Keep the model's precision where the toolchain has a switch, or test the accuracy.")
}
