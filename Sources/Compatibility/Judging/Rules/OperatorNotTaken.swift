import Capabilities
import ModelGraph

/// The front door's complete list does not hold the operator.
enum OperatorNotTaken {
  static let rule = Rule(
    id: "RG101", name: "operator-not-taken", severity: .error,
    summary: "The front door does not take the operator in any version.",
    rationale: "Conversion stops at the node, or the node runs on the host CPU.",
    help: "Rewrite it with operators that are taken, or write a kernel for the stack.")

  static func remark(
    _ operation: OperatorIdentity, _ door: FrontDoor, _ verdict: Verdict,
    record: OperatorRecord? = nil
  ) -> Remark {
    let reason =
      record?.reason ?? "\(operation.name) is not in the list of operators that \(door.title) takes"
    return Remark(
      rule, verdict, reason, help: record?.help, evidence: record?.evidence ?? door.listEvidence)
  }
}

extension FrontDoor {
  /// The sources of the list as a whole, for claims that rest on absence from it.
  var listEvidence: [Evidence] {
    sources.prefix(1).map { Evidence(source: $0, path: nil, line: nil, confidence: .medium) }
  }
}
