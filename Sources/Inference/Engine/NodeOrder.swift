public import ModelGraph

/// The order in which the nodes of each scope are inferred: as written where that works, else sorted.
public struct NodeOrder: Sendable {
  /// The nodes of a scope that does not run as written.
  private struct Reordered {
    var nodes: [NodeReference]
    /// How many of them have an order; the rest wait for each other's outputs.
    let sortedCount: Int
  }

  private var reordered: [ScopeReference: Reordered] = [:]

  init(of graph: ModelGraph) {
    let order = GraphOrder(graph)
    for index in graph.scopes.indices {
      let scope = ScopeReference(index)
      if order.isSorted(scope) { continue }
      let sorted = order.sorted(scope)
      let isSorted = Set(sorted)
      let rest = graph.scopes[index].nodes.range.lazy.map { NodeReference($0) }
        .filter { !isSorted.contains($0) }
      reordered[scope] = Reordered(nodes: sorted + rest, sortedCount: sorted.count)
    }
  }

  /// The node at `position` of a scope whose nodes are `nodes`.
  func node(at position: Int, of scope: ScopeReference, nodes: Run) -> NodeReference {
    if reordered.isEmpty { return NodeReference(Int(nodes.start) + position) }
    return reordered[scope]?.nodes[position] ?? NodeReference(Int(nodes.start) + position)
  }

  /// Whether every node of a scope stands after the nodes that it depends on.
  public func isSorted(_ scope: ScopeReference) -> Bool { reordered[scope] == nil }

  /// The nodes of a scope that does not run as written, producers before users, without those in
  /// cycles; nil when the nodes run as written.
  public func sorted(_ scope: ScopeReference) -> ArraySlice<NodeReference>? {
    reordered[scope].map { $0.nodes.prefix($0.sortedCount) }
  }

  /// The nodes of a scope that wait for each other's outputs, or for such nodes.
  public func nodesInCycles(of scope: ScopeReference) -> ArraySlice<NodeReference> {
    reordered[scope].map { $0.nodes.dropFirst($0.sortedCount) } ?? []
  }
}
