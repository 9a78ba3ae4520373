import Capabilities
import ModelGraph

/// The vendor's documents do not name the chip for the operator.
enum ProductNotStated {
  static let rule = Rule(
    id: "RG112", name: "product-not-stated", severity: .warning,
    summary: "The vendor's documents say that the operator's open kernel is not for this chip.",
    rationale: "A closed package may still bring a kernel, so this is no proof of absence.",
    help: "Try the operator on the chip, or ask the vendor.")

  static func remark(
    _ operation: OperatorIdentity, _ device: Device, _ record: OperatorRecord
  ) -> Remark {
    Remark(
      rule, .unknown,
      "no public document says that \(operation.name) runs on \(device.name)",
      evidence: record.evidence)
  }
}
