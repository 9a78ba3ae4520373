import Capabilities

/// The front door accepts an attribute without reading it.
enum AttributeIgnored {
  static let rule = Rule(
    id: "RG106", name: "attribute-ignored", severity: .error,
    summary: "The front door accepts the node but does not read an attribute that is in use.",
    rationale: "The model converts without a message and computes something else.",
    help: "Express the attribute's effect with other operators before converting.")

  static func remark(_ ignored: IgnoredAttribute, _ record: OperatorRecord) -> Remark {
    let effect = ignored.because.map { ": \($0)" } ?? ""
    return Remark(
      rule, .silent, "the attribute \"\(ignored.attribute)\" is not read\(effect)",
      evidence: record.evidence)
  }
}
