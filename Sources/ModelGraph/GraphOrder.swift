/// The order in which the nodes of a graph can run.
///
/// A node depends on the producers of its inputs and on the values that its subgraphs use.
public struct GraphOrder: Sendable {
  /// One node needs an output of another, through a subgraph.
  private struct Capture: Sendable {
    let producer: NodeReference
    let holder: NodeReference
  }

  private let graph: ModelGraph
  /// Captures by the scope in which both ends stand.
  private var captures: [ScopeReference: [Capture]] = [:]

  /// Collects the dependencies that run through subgraphs; linear in their inputs times depth.
  public init(_ graph: ModelGraph) {
    self.graph = graph
    for index in graph.scopes.indices.dropFirst() {
      let scope = graph.scopes[index]
      guard !scope.parent.isNone else { continue }
      for node in scope.nodes.range {
        for input in graph.inputs(of: graph.nodes[node]) {
          addCapture(of: input, in: ScopeReference(index))
        }
      }
      for output in scope.outputs { addCapture(of: output, in: ScopeReference(index)) }
    }
  }

  private mutating func addCapture(of value: ValueReference, in scope: ScopeReference) {
    guard !value.isNone else { return }
    let entry = graph.values[value.index]
    guard entry.scope != scope, !entry.producer.isNone else { return }
    var current = scope
    while case .subgraph(let holder, _, _) = graph.scopes[current.index].kind {
      let parent = graph.scopes[current.index].parent
      if parent == entry.scope {
        captures[parent, default: []].append(Capture(producer: entry.producer, holder: holder))
        return
      }
      current = parent
      guard !current.isNone else { return }
    }
  }

  /// Whether every node of a scope stands after the nodes that it depends on.
  public func isSorted(_ scope: ScopeReference) -> Bool {
    for index in graph.scopes[scope.index].nodes.range {
      for input in graph.inputs(of: graph.nodes[index]) where !input.isNone {
        let producer = graph.values[input.index].producer
        if producer.index >= index, graph.values[input.index].scope == scope { return false }
      }
    }
    return (captures[scope] ?? []).allSatisfy { $0.producer.position < $0.holder.position }
  }

  /// The nodes of a scope in an order where producers come before users.
  ///
  /// Nodes in cycles, and nodes that depend on them, are left out. Linear in nodes and edges.
  public func sorted(_ scope: ScopeReference) -> [NodeReference] {
    let range = graph.scopes[scope.index].nodes.range
    var edges = Edges(range)
    for index in range {
      for input in graph.inputs(of: graph.nodes[index]) where !input.isNone {
        let value = graph.values[input.index]
        guard value.scope == scope, !value.producer.isNone else { continue }
        edges.add(from: value.producer.index, to: index)
      }
    }
    for capture in captures[scope] ?? [] {
      edges.add(from: capture.producer.index, to: capture.holder.index)
    }
    return edges.sorted().map { NodeReference($0) }
  }
}

/// Dependencies among the nodes of a range.
private struct Edges {
  private let range: Range<Int>
  private var waiting: [Int32]
  private var users: [[Int32]]

  init(_ range: Range<Int>) {
    self.range = range
    waiting = Array(repeating: 0, count: range.count)
    users = Array(repeating: [], count: range.count)
  }

  mutating func add(from producer: Int, to user: Int) {
    users[producer - range.lowerBound].append(Int32(truncatingIfNeeded: user))
    waiting[user - range.lowerBound] += 1
  }

  consuming func sorted() -> [Int] {
    var order = range.filter { waiting[$0 - range.lowerBound] == 0 }
    var next = 0
    while next < order.count {
      for user in users[order[next] - range.lowerBound] {
        let offset = Int(user) - range.lowerBound
        waiting[offset] -= 1
        if waiting[offset] == 0 { order.append(Int(user)) }
      }
      next += 1
    }
    return order
  }
}
