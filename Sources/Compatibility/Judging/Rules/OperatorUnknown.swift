import Capabilities
import ModelGraph

/// Nothing is known of the operator on the front door.
enum OperatorUnknown {
  static let rule = Rule(
    id: "RG107", name: "operator-unknown", severity: .warning,
    summary: "There is no evidence whether the front door takes the operator.",
    rationale: "The public list is not complete; absence from it proves nothing.",
    help: "Try the node on the toolchain, or ask the vendor.")

  static func remark(
    _ operation: OperatorIdentity, _ door: FrontDoor, record: OperatorRecord? = nil
  ) -> Remark {
    Remark(
      rule, .unknown,
      record?.reason ?? "nothing is known of \(operation.name) on \(door.title)",
      help: record?.help, evidence: record?.evidence ?? [])
  }
}
