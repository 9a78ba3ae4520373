import ModelGraph

/// Which graphs hold or call which: subgraphs of nodes and bodies of called functions.
struct ScopeNesting {
  /// A scope that a node runs.
  struct Use {
    let node: NodeReference
    let scope: ScopeReference
  }

  /// What each scope's nodes run, in file order.
  private(set) var uses: [[Use]]
  /// Scopes, what runs a scope before it; functions that call themselves are left out, with what
  /// they hold.
  private(set) var fromOutside: [ScopeReference] = []
  /// The function that each distinct operator names, or −1.
  private let calledFunction: [Int]

  init(_ graph: ModelGraph) {
    var functionIndex: [OperatorIdentity: Int] = [:]
    for (index, function) in graph.functions.enumerated()
    where functionIndex[function.identity] == nil {
      functionIndex[function.identity] = index
    }
    let calledFunction = graph.operators.map { functionIndex[$0] ?? -1 }
    self.calledFunction = calledFunction
    uses = Array(repeating: [], count: graph.scopes.count)
    for (index, scope) in graph.scopes.enumerated() {
      guard case .subgraph(let node, _, _) = scope.kind, !scope.parent.isNone else { continue }
      uses[scope.parent.index].append(Use(node: node, scope: ScopeReference(index)))
    }
    if !graph.functions.isEmpty {
      for (index, node) in graph.nodes.enumerated() {
        let function = calledFunction[node.operation.index]
        guard function >= 0 else { continue }
        uses[node.scope.index].append(
          Use(node: NodeReference(index), scope: graph.functions[function].scope))
      }
    }
    fromOutside = Self.ordered(uses)
  }

  /// Whether a node calls a function of the model.
  func isCall(_ node: Node) -> Bool { calledFunction[node.operation.index] >= 0 }

  private static func ordered(_ uses: [[Use]]) -> [ScopeReference] {
    var users = Array(repeating: 0, count: uses.count)
    for use in uses.joined() { users[use.scope.index] += 1 }
    var order = uses.indices.filter { users[$0] == 0 }.map { ScopeReference($0) }
    var next = 0
    while next < order.count {
      for use in uses[order[next].index] {
        users[use.scope.index] -= 1
        if users[use.scope.index] == 0 { order.append(use.scope) }
      }
      next += 1
    }
    return order
  }
}
