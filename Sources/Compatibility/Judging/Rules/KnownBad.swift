import Capabilities
import ModelGraph

/// The operator is taken but listed as failing.
enum KnownBad {
  static let rule = Rule(
    id: "RG108", name: "known-bad", severity: .error,
    summary: "The operator is accepted but known to fail or to compute wrong results.",
    rationale: "A dated list of failures names it for this stack.",
    help: "Test it on the release in use, or rewrite it with other operators.")

  static func remark(_ operation: OperatorIdentity, _ record: OperatorRecord) -> Remark {
    Remark(
      rule, .silent, record.reason ?? "\(operation.name) is listed as failing", help: record.help,
      evidence: record.evidence)
  }
}
