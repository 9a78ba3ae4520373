import ModelGraph

/// The order in which the nodes of each scope are inferred: as written where that works, else sorted.
struct NodeOrder: Sendable {
  private var reordered: [ScopeReference: [NodeReference]] = [:]

  init(of graph: ModelGraph) {
    let order = GraphOrder(graph)
    for index in graph.scopes.indices {
      let scope = ScopeReference(index)
      if order.isSorted(scope) { continue }
      reordered[scope] = order.sorted(scope) + order.nodesInCycles(of: scope)
    }
  }

  /// The node at `position` of a scope whose nodes are `nodes`.
  func node(at position: Int, of scope: ScopeReference, nodes: Run) -> NodeReference {
    if reordered.isEmpty { return NodeReference(Int(nodes.start) + position) }
    return reordered[scope]?[position] ?? NodeReference(Int(nodes.start) + position)
  }
}
