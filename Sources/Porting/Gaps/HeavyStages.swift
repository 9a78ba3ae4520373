import Compatibility
import Inference
import ModelGraph

/// Where nodes stand among the heavy operators of a model: those that nobody leaves to the CPU.
///
/// Light operators between the same heavy ones may compute on either side together. Where one of them
/// is on the CPU, data leave the device behind one heavy operator and return before the next.
public struct HeavyStages: Sendable {
  /// What stands between the same heavy operators.
  struct Place: Sendable, Hashable {
    let scope: Int
    /// Heavy nodes on the longest way to it within its scope.
    let stage: Int32
  }

  private let judged: JudgedGraph
  private var stages: [Int32]
  private var isBeforeHeavy: [Bool]

  /// Finds the stages of a graph; linear in nodes and edges.
  public init(_ judged: JudgedGraph, _ effort: EffortRules) {
    self.judged = judged
    let graph = judged.graph
    stages = Array(repeating: 0, count: graph.nodes.count)
    isBeforeHeavy = Array(repeating: false, count: graph.nodes.count)
    let isHeavy = Self.heavyNodes(of: graph, effort)
    for index in graph.scopes.indices {
      let scope = ScopeReference(index)
      let nodes =
        judged.annotations.order.sorted(scope).map { $0.map(\.index) }
        ?? Array(graph.scopes[index].nodes.range)
      for node in nodes { rank(node, isHeavy) }
      for node in nodes.reversed() { look(behind: node, isHeavy) }
    }
  }

  /// Nodes of heavy classes, and those that hold such nodes.
  private static func heavyNodes(of graph: ModelGraph, _ effort: EffortRules) -> [Bool] {
    let ofOperator = graph.operators.map {
      effort.operatorClass(of: $0.description)?.cpu == .never
    }
    var isHeavy = graph.nodes.map { ofOperator[$0.operation.index] }
    // Scopes around a subgraph stand before it.
    for scope in graph.scopes.reversed() {
      guard case .subgraph(let holder, _, _) = scope.kind else { continue }
      if scope.nodes.range.contains(where: { isHeavy[$0] }) { isHeavy[holder.index] = true }
    }
    return isHeavy
  }

  private var graph: ModelGraph {
    _read { yield judged.graph }
  }

  private mutating func rank(_ node: Int, _ isHeavy: [Bool]) {
    for producer in producers(of: node) {
      stages[node] = max(stages[node], stages[producer] + (isHeavy[producer] ? 1 : 0))
    }
  }

  private mutating func look(behind node: Int, _ isHeavy: [Bool]) {
    guard isHeavy[node] || isBeforeHeavy[node] else { return }
    for producer in producers(of: node) { isBeforeHeavy[producer] = true }
  }

  /// The nodes of the same scope whose outputs a node reads.
  private func producers(of node: Int) -> [Int] {
    let scope = graph.nodes[node].scope
    return graph.inputs(of: graph.nodes[node]).compactMap { input in
      guard !input.isNone else { return nil }
      let producer = graph.values[input.index].producer
      guard !producer.isNone, graph.nodes[producer.index].scope == scope else { return nil }
      return producer.index
    }
  }

  /// Where a node stands.
  func place(of node: NodeReference) -> Place {
    Place(scope: graph.nodes[node.index].scope.index, stage: stages[node.index])
  }

  /// How often data cross between CPU and device because a node is on the CPU: once where heavy
  /// operators stand before it, once where they stand behind it.
  func crossings(at node: NodeReference) -> Int {
    (stages[node.index] > 0 ? 1 : 0) + (isBeforeHeavy[node.index] ? 1 : 0)
  }

  /// The partitions and the traffic between CPU and device when these nodes are on the CPU.
  func fallback(leaving nodes: some Sequence<NodeReference>) -> Fallback {
    var isOnHost = [Bool](repeating: false, count: stages.count)
    for node in nodes { isOnHost[node.index] = true }
    return Fallback(judged.facts, hostNodes: isOnHost, work: nil)
  }

  /// Bytes of the tensors that a node computes, and of those that it reads from other nodes, as far
  /// as they are known.
  func bytes(at node: NodeReference) -> Int64 {
    let entry = graph.nodes[node.index]
    let read = graph.inputs(of: entry).filter {
      !$0.isNone && !graph.values[$0.index].producer.isNone
    }
    return (read + graph.outputs(of: entry).filter { !$0.isNone }).reduce(0) { sum, value in
      sum.plusClamping(judged.annotations.byteCount(of: value) ?? 0)
    }
  }
}
