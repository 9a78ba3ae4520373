import Capabilities
import ModelGraph

/// The chip does not compute with an element type that the node uses.
enum DeviceTypeNotTaken {
  static let rule = Rule(
    id: "RG111", name: "device-type-not-taken", severity: .error,
    summary: "The chip does not compute with an element type that the node uses.",
    rationale: "The toolchain may take the type on other chips of the same family.",
    help: "Export the model in float16 or float32, or choose a chip with the type.")

  static func remark(_ type: ElementType, _ place: String, _ device: Device) -> Remark {
    Remark(
      rule, .unsupported, "\(device.name) does not compute \(type.name), the type of \(place)",
      elementTypes: type.name, evidence: device.evidence)
  }
}
