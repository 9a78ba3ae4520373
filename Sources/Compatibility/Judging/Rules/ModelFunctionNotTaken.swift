import Capabilities
import ModelGraph

/// The node calls a function of the model, and the front door does not expand such calls.
enum ModelFunctionNotTaken {
  static let rule = Rule(
    id: "RG109", name: "model-function-not-taken", severity: .error,
    summary: "The node calls a function of the model, which the front door does not expand.",
    rationale: "The importer looks for an operator of that name and finds none.",
    help: "Inline the model's functions before converting.")

  static func remark(
    _ operation: OperatorIdentity, _ door: FrontDoor, _ verdict: Verdict
  ) -> Remark {
    Remark(
      rule, verdict, "\(door.title) does not expand functions of the model (\(operation.name))",
      evidence: door.listEvidence)
  }
}
