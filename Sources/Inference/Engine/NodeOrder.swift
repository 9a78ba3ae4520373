import ModelGraph

/// The order in which the nodes of each scope can run, also for files that list them in another.
struct NodeOrder: Sendable {
  /// Nodes of the scopes whose file order does not work; nodes on a cycle come last, as written.
  private var reordered: [ScopeReference: [NodeReference]] = [:]

  /// Captures across more levels of subgraphs do not count as dependences.
  private static let deepestCapture = 64

  init(of graph: ModelGraph) {
    var unordered: Set<ScopeReference> = []
    Self.forEachDependence(in: graph) { scope, producer, consumer in
      if producer.position >= consumer.position { unordered.insert(scope) }
    }
    if unordered.isEmpty { return }
    var edges: [ScopeReference: [(from: NodeReference, to: NodeReference)]] = [:]
    Self.forEachDependence(in: graph) { scope, producer, consumer in
      if unordered.contains(scope), producer != consumer {
        edges[scope, default: []].append((producer, consumer))
      }
    }
    for scope in unordered {
      reordered[scope] = Self.sorted(graph.scopes[scope.index].nodes, edges[scope] ?? [])
    }
  }

  /// The node that runs at `position` of a scope.
  func node(at position: Int, of scope: ScopeReference, nodes: Run) -> NodeReference {
    if reordered.isEmpty { return NodeReference(Int(nodes.start) + position) }
    return reordered[scope]?[position] ?? NodeReference(Int(nodes.start) + position)
  }

  /// Calls `body` with each pair of nodes of one scope of which the second, or a subgraph it holds,
  /// uses what the first puts out.
  private static func forEachDependence(
    in graph: ModelGraph,
    _ body: (ScopeReference, NodeReference, NodeReference) -> Void
  ) {
    func visit(_ value: ValueReference, usedIn scope: ScopeReference, by node: NodeReference) {
      guard !value.isNone else { return }
      let entry = graph.values[value.index]
      guard !entry.producer.isNone else { return }
      if entry.scope == scope {
        if !node.isNone { body(scope, entry.producer, node) }
      } else if let holder = holder(of: scope, in: entry.scope, graph) {
        body(entry.scope, entry.producer, holder)
      }
    }
    for index in graph.nodes.indices {
      let node = graph.nodes[index]
      let first = Int(node.operands.start)
      for operand in first..<first + Int(node.inputCount) {
        visit(graph.operands[operand], usedIn: node.scope, by: NodeReference(index))
      }
    }
    for (index, scope) in graph.scopes.enumerated() {
      for value in scope.outputs { visit(value, usedIn: ScopeReference(index), by: .none) }
    }
  }

  /// The node of scope `outer` that holds `scope`, directly or through other subgraphs.
  private static func holder(
    of scope: ScopeReference, in outer: ScopeReference, _ graph: ModelGraph
  ) -> NodeReference? {
    var current = scope
    for _ in 0..<deepestCapture {
      let entry = graph.scopes[current.index]
      guard case .subgraph(let node, _, _) = entry.kind, !entry.parent.isNone else { return nil }
      if entry.parent == outer { return node }
      current = entry.parent
    }
    return nil
  }

  /// Orders the nodes of a run so that every edge leads forwards, as far as there is no cycle.
  private static func sorted(
    _ nodes: Run, _ edges: [(from: NodeReference, to: NodeReference)]
  ) -> [NodeReference] {
    let start = Int(nodes.start)
    let count = Int(nodes.count)
    var waitingFor = [Int](repeating: 0, count: count)
    var followers = [[Int32]](repeating: [], count: count)
    for (from, to) in edges where nodes.range.contains(from.index) && nodes.range.contains(to.index)
    {
      waitingFor[to.index - start] += 1
      followers[from.index - start].append(Int32(to.index - start))
    }
    var result = (0..<count).filter { waitingFor[$0] == 0 }
    var next = 0
    while next < result.count {
      for follower in followers[result[next]] {
        waitingFor[Int(follower)] -= 1
        if waitingFor[Int(follower)] == 0 { result.append(Int(follower)) }
      }
      next += 1
    }
    result += (0..<count).filter { waitingFor[$0] > 0 }
    return result.map { NodeReference(start + $0) }
  }
}
