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
      rule, .unsupported,
      "\(device.name) does not compute \(type.name), the type of \(place)",
      help: wayRound(type, device), elementTypes: type.name, evidence: device.evidence)
  }

  /// The nearest type that the chip computes, and how to get there.
  private static func wayRound(_ type: ElementType, _ device: Device) -> String? {
    let nearest: [ElementType] =
      switch type {
      case .bfloat16: [.float16, .float32]
      case .float64: [.float32]
      case .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz, .float8e8m0, .float4e2m1,
        .float6e2m3, .float6e3m2:
        [.int8, .bfloat16, .float16]
      case .int4, .uint4, .int2, .uint2: [.int8, .float16]
      default: []
      }
    guard let choice = nearest.first(where: { !device.lacks.contains($0) }) else { return nil }
    switch type {
    case .bfloat16: return "Export in \(choice.name); the values keep their size in memory."
    case .float64: return "Export in \(choice.name), or cast at the model's inputs."
    default: return "Quantise to \(choice.name) instead, or store the weights as \(choice.name)."
    }
  }
}
