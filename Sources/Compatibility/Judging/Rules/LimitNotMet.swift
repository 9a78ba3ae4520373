import Capabilities

/// The front door takes the operator, but not in this form.
enum LimitNotMet {
  static let rule = Rule(
    id: "RG104", name: "limit-not-met", severity: .error,
    summary: "The front door takes the operator only in some forms, and this is not one of them.",
    rationale: "Attributes, ranks or shapes outside the limits are refused or computed wrongly.",
    help: "Change the attribute or shape so that the limit is met, or rewrite the node.")

  static func remark(_ limit: Limit, _ record: OperatorRecord) -> Remark {
    Remark(
      limit.otherwise == .precision ? LowerPrecision.rule : rule, Verdict(limit.otherwise),
      limit.reason, help: limit.help, evidence: record.evidence,
      isOfWholeDoor: limit.isOfWholeDoor)
  }
}

extension Verdict {
  init(_ outcome: Limit.Outcome) {
    switch outcome {
    case .unsupported: self = .unsupported
    case .fallback: self = .fallback
    case .silent: self = .silent
    case .conditional, .precision: self = .conditional
    case .unknown: self = .unknown
    }
  }
}
