public import Inference
public import ModelGraph

extension Judgement {
  /// Whether the whole model is refused, whatever its nodes.
  public var refusesModel: Bool {
    findings.contains { $0.rule.id == OpsetOutOfRange.rule.id && $0.verdict == .unsupported }
  }

  /// Names of the element types in use that are not taken, in alphabetical order.
  public var refusedTypes: [String] {
    let rules = [TypeNotTaken.rule.id, DeviceTypeNotTaken.rule.id]
    let types = findings.filter { rules.contains($0.rule.id) }.compactMap(\.elementTypes)
    return Set(types).sorted()
  }

  /// Floating-point operations of one run by the verdict on their nodes, as far as they are known.
  public func flops(_ run: RunWork, in graph: ModelGraph) -> [Verdict: Int64] {
    var sums: [Verdict: Int64] = [:]
    for (index, verdict) in nodeVerdicts.enumerated() {
      guard let verdict else { continue }
      let flops = run.flops(of: NodeReference(index), in: graph)
      sums[verdict] = (sums[verdict] ?? 0).plusClamping(flops)
    }
    return sums
  }
}
