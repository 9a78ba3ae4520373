import Capabilities

/// Whether a limit is met cannot be told from the file.
enum LimitUndecided {
  static let rule = Rule(
    id: "RG105", name: "limit-undecided", severity: .warning,
    summary: "Whether the front door takes the node depends on what the file does not tell.",
    rationale: "A dynamic shape or missing type decides at conversion or at run time.",
    help: "Fix the input shapes, or run shape inference and save the types in the model.")

  static func remark(_ limit: Limit, missing: String, _ record: OperatorRecord) -> Remark {
    Remark(
      rule, .conditional, "\(limit.reason); not told by the file: \(missing)", help: limit.help,
      evidence: record.evidence, isOfWholeDoor: limit.isOfWholeDoor)
  }

  static func remark(unknownTypeOf place: String, _ record: OperatorRecord) -> Remark {
    Remark(
      rule, .conditional, "the element type of \(place) is not known", evidence: record.evidence)
  }
}
