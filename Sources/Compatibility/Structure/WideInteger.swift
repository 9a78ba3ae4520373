import ModelGraph

/// INT64 constants that do not fit 32 bits.
///
/// Several toolchains compute with 32-bit integers and clamp or wrap what does not fit; for sentinels
/// such as the end of a slice that makes no difference, for other values it does.
enum WideInteger: StructuralCheck {
  static let rule = Rule(
    id: "RG020", name: "wide-integer", severity: .note,
    summary: "INT64 constants hold values that do not fit 32 bits.",
    rationale: "Toolchains that compute with 32-bit integers clamp or wrap them.",
    help: "Sentinels are safe where a toolchain clamps; check the other values on such toolchains.")

  static func findings(in context: StructureContext) -> [Finding] {
    let graph = context.graph
    var fitting = 0
    var sentinels = 0
    var wide: [Int] = []
    for index in graph.tensors.indices where graph.tensors[index].elementType == .int64 {
      guard let values = graph.integers(of: TensorReference(index)) else { continue }
      let beyond = values.filter { Int32(exactly: $0) == nil }
      if beyond.isEmpty {
        fitting += 1
      } else if beyond.allSatisfy(isSentinel) {
        sentinels += 1
      } else {
        wide.append(index)
      }
    }
    guard let first = wide.first else { return [] }
    let names = wide.prefix(3).map { "\"\(graph.text(graph.tensors[$0].name))\"" }
    return [
      Finding(
        rule: rule,
        reason: "\(wide.count) INT64 \(wide.count == 1 ? "constant holds" : "constants hold") "
          + "values beyond 32 bits (\(names.joined(separator: ", "))); of the others "
          + "\(sentinels) \(sentinels == 1 ? "holds" : "hold") sentinels only, "
          + "\(fitting) \(fitting == 1 ? "fits" : "fit")",
        count: wide.count, position: graph.tensors[first].position)
    ]
  }

  /// The ends that exporters write for "to the last element" and "to the first".
  private static func isSentinel(_ value: Int64) -> Bool {
    value == .max || value == .min || value == .max - 1 || value == .min + 1 || value == -.max
      || value == Int64(Int32.max) + 1
  }
}
