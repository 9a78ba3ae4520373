import Capabilities
import ModelGraph

/// No kernel matches, and the operators of the standard's function body are not all taken.
enum FunctionBodyNotTaken {
  static let rule = Rule(
    id: "RG113", name: "function-body-not-taken", severity: .error,
    summary: "The operator has no kernel, and its function body needs operators without one.",
    rationale: "The runtime expands the operator and then stops at an operator of the body.",
    help: "Rewrite the node with operators that are taken.")

  static func remark(
    _ operation: OperatorIdentity, missing: [String], _ door: FrontDoor, _ verdict: Verdict
  ) -> Remark {
    Remark(
      rule, verdict,
      "\(operation.name) has no kernel, and its function body needs "
        + missing.joined(separator: ", "), evidence: door.listEvidence)
  }
}
