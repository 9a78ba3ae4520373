import ModelGraph

/// For each node, the node outside all subgraphs that holds it, however deep.
struct OutermostNodes {
  private let graph: ModelGraph
  /// For each scope, the node outside all subgraphs that holds it, or `none`.
  private var holders: [NodeReference] = []

  init(_ graph: ModelGraph) {
    self.graph = graph
    for scope in graph.scopes {
      guard case .subgraph(let holder, _, _) = scope.kind else {
        holders.append(.none)
        continue
      }
      // Scopes around a subgraph stand before it.
      let around = holders[graph.nodes[holder.index].scope.index]
      holders.append(around.isNone ? holder : around)
    }
  }

  /// The node outside all subgraphs that holds a node, or the node itself.
  subscript(node: Int) -> Int {
    let holder = holders[graph.nodes[node].scope.index]
    return holder.isNone ? node : holder.index
  }
}
