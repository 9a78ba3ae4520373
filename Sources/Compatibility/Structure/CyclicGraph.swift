import Bytes
import Inference
import ModelGraph

/// Nodes that need each other's outputs.
enum CyclicGraph: StructuralCheck {
  static let rule = Rule(
    id: "RG003", name: "cyclic-graph", severity: .error,
    summary: "Nodes depend on their own outputs.",
    rationale: "A graph with a cycle has no order in which it can run.",
    help: "Use Loop or Scan for recurrence and export the model again.")

  static func findings(in context: StructureContext) -> [Finding] {
    let graph = context.graph
    return graph.scopes.indices.compactMap { index in
      let scope = ScopeReference(index)
      guard !context.order.isSorted(scope) else { return nil }
      let stuck = context.order.nodesInCycles(of: scope)
      guard let first = stuck.first else { return nil }
      return Finding(
        rule: rule,
        reason: "\(stuck.count) nodes of \(graph.path(of: scope)) wait for each other's outputs",
        count: stuck.count,
        nodes: stuck.prefix(Finding.namedNodes).map { NodeLocation($0, in: graph) },
        position: graph.nodes[first.index].position)
    }
  }
}
