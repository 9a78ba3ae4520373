public import Compatibility
public import ModelGraph

/// A piece of work that findings ask for: nodes of one signature with the same findings, or the
/// model as a whole.
public struct Gap: Sendable {
  /// What the nodes have in common; nil for the model as a whole.
  public let signature: OperatorSignature?
  /// The class of the operator that hours depend on; nil when the evidence has none.
  public let operatorClass: EffortRules.OperatorClass?
  /// Number of nodes.
  public let nodes: Int
  /// The first of the nodes.
  public let firstNode: NodeReference?
  /// All nodes, in file order.
  public let members: [NodeReference]
  /// Why there is something to do, worst first.
  public let findings: [Finding]
  /// The worst of the findings' verdicts.
  public let verdict: Verdict

  /// What the gap is, in one line.
  public var title: String { signature?.description ?? "the model as a whole" }

  /// The operator without the default domain; nil for the model as a whole.
  public var operatorName: String? {
    signature.map {
      $0.operation.domain == "ai.onnx" ? $0.operation.name : "\($0.operation)"
    }
  }

  /// Identifiers of the rules that a route has to deal with: those of errors and of what is not
  /// known, or, when there are none, of what depends.
  var rules: Set<String> {
    let hard = findings.filter { ($0.verdict ?? .supported) > .conditional }
    return Set((hard.isEmpty ? findings : hard).map(\.rule.id))
  }
}

extension Gap {
  /// What a judgement leaves to do, in an order that does not depend on that of the nodes.
  public static func all(
    of judgement: Judgement, in facts: ValueFacts, _ signatures: inout SignatureTable,
    _ effort: EffortRules
  ) -> [Gap] {
    var nodes: [Key: [NodeReference]] = [:]
    for group in judgement.findingGroups(in: facts) {
      let findings = group.findings.filter {
        (judgement.findings[$0].verdict ?? .supported) > .supported
      }
      guard !findings.isEmpty else { continue }
      for node in group.nodes {
        let key = Key(signature: signatures.signature(of: node), findings: findings)
        nodes[key, default: []].append(node)
      }
    }
    let ofNodes = nodes.map { key, nodes in
      Gap(key, nodes, key.findings.map { judgement.findings[$0] }, effort)
    }.sorted { $0.isBefore($1) }
    let ofModel = judgement.findings.filter {
      $0.operation == nil && ($0.verdict ?? .supported) > .supported
    }
    return ofModel.map { Gap(ofModel: $0) } + ofNodes
  }

  private struct Key: Hashable {
    let signature: OperatorSignature
    let findings: [Int]
  }

  private init(
    _ key: Key, _ nodes: [NodeReference], _ findings: [Finding], _ effort: EffortRules
  ) {
    self.init(
      signature: key.signature,
      operatorClass: effort.operatorClass(of: key.signature.operation.description),
      nodes: nodes.count, firstNode: nodes.first, members: nodes, findings: findings,
      verdict: findings.compactMap(\.verdict).max() ?? .supported)
  }

  private init(ofModel finding: Finding) {
    self.init(
      signature: nil, operatorClass: nil, nodes: finding.count, firstNode: nil, members: [],
      findings: [finding], verdict: finding.verdict ?? .unsupported)
  }

  private func isBefore(_ other: Gap) -> Bool {
    guard let left = signature, let right = other.signature else { return signature == nil }
    if left != right { return left.sortKey < right.sortKey }
    let reasons = findings.map(\.reason)
    return reasons.lexicographicallyPrecedes(other.findings.map(\.reason))
  }
}
