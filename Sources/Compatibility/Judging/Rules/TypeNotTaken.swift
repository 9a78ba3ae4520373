import Capabilities
import ModelGraph

/// The front door takes the operator, but not with the element types of the node.
enum TypeNotTaken {
  static let rule = Rule(
    id: "RG103", name: "type-not-taken", severity: .error,
    summary: "The front door takes the operator with other element types.",
    rationale: "There is no kernel for the types in use.",
    help: "Cast around the node, or export the model in a type that is taken.")

  static func remark(
    _ subject: NodeSubject, _ mismatch: TypeMismatch, _ record: OperatorRecord, _ verdict: Verdict
  ) -> Remark {
    let taken = mismatch.limit.types.names.joined(separator: ", ")
    let reason =
      "\(mismatch.place) of \(subject.operation.name) is \(mismatch.found); taken are \(taken)"
    return Remark(
      rule, verdict, reason, elementTypes: mismatch.found, evidence: record.evidence)
  }
}

/// A value whose type a record does not take.
struct TypeMismatch {
  let limit: TypeLimit
  let place: String
  let found: String
}
