import Bytes
public import ModelGraph

/// The arithmetic of one run of a model, by node and by operator.
public struct RunWork: Sendable {
  /// Work of all nodes together, repetitions by loops and calls included.
  public let total: Work
  /// Operators, the dearest first.
  let operators: [ModelCost.OperatorCost]
  /// Loops and scans whose number of iterations is open; they count as one iteration.
  let openLoops: [NodeReference]
  let nesting: ScopeNesting
  private let flopsByNode: [Int64]
  private let runsByScope: [Int64]

  /// Counts what `annotations` know of `graph`; linear in the number of nodes.
  public init(of graph: ModelGraph, _ annotations: Annotations) {
    let context = CostedGraph(graph, annotations)
    let rules = CostRules.rules(of: graph)
    nesting = ScopeNesting(graph)
    var flops: [Int64] = []
    flops.reserveLarge(graph.nodes.count)
    var sums = ScopeSums(graph)
    for node in graph.nodes {
      let costed = CostedNode(context: context, node: node)
      let work = CostRules.work(of: costed, by: rules[node.operation.index])
      flops.append(work?.flops ?? 0)
      // The work of a call is that of the body.
      sums.add(node, nesting.isCall(node) ? Work.none : work)
    }
    let runs = ScopeRuns(graph, annotations, nesting, flops: flops)
    var tally = CostTally(graph)
    for sum in sums.sums {
      if case .training = graph.scopes[sum.scope.index].kind { continue }
      tally.add(sum, runs: runs.counts[sum.scope.index])
    }
    total = tally.work
    operators = tally.operators
    openLoops = runs.openLoops
    flopsByNode = flops
    runsByScope = runs.counts
  }

  /// How often a node runs; 0 for nodes that only training runs.
  func runs(of node: Node) -> Int64 { runsByScope[node.scope.index] }

  /// Floating-point operations, as far as known, of those nodes of one run that `isCounted` takes.
  public func flops(in graph: ModelGraph, where isCounted: (Int) -> Bool) -> Int64 {
    var sum: Int64 = 0
    for index in flopsByNode.indices where isCounted(index) {
      sum = sum.plusClamping(flops(of: NodeReference(index), in: graph))
    }
    return sum
  }

  /// Floating-point operations of one node in one run; 0 where they are not known.
  public func flops(of node: NodeReference, in graph: ModelGraph) -> Int64 {
    flopsByNode[node.index].timesClamping(runs(of: graph.nodes[node.index]))
  }
}

/// Sums of work by scope and operator, for nodes that come scope by scope.
private struct ScopeSums {
  struct Sum {
    let scope: ScopeReference
    let operation: OperatorReference
    var nodes = 0
    var open = 0
    var work = Work.none
  }

  private(set) var sums: [Sum] = []
  /// By operator the place of its sum for the scope at hand, or −1.
  private var places: [Int]
  /// Where the sums of the scope at hand begin.
  private var first = 0

  init(_ graph: ModelGraph) {
    places = Array(repeating: -1, count: graph.operators.count)
  }

  /// Adds a node; nil is work that is not known.
  mutating func add(_ node: Node, _ work: Work?) {
    if let last = sums.last, last.scope != node.scope {
      for sum in sums[first...] { places[sum.operation.index] = -1 }
      first = sums.count
    }
    var place = places[node.operation.index]
    if place < 0 {
      place = sums.count
      places[node.operation.index] = place
      sums.append(Sum(scope: node.scope, operation: node.operation))
    }
    sums[place].nodes += 1
    if let work {
      sums[place].work = sums[place].work.plus(work)
    } else {
      sums[place].open += 1
    }
  }
}

/// Sums of work by operator.
private struct CostTally {
  private let identities: [OperatorIdentity]
  private var nodes: [Int]
  private var open: [Int]
  private var works: [Work]
  private(set) var work = Work.none

  init(_ graph: ModelGraph) {
    identities = graph.operators
    nodes = Array(repeating: 0, count: graph.operators.count)
    open = nodes
    works = Array(repeating: .none, count: graph.operators.count)
  }

  mutating func add(_ sum: ScopeSums.Sum, runs: Int64) {
    let place = sum.operation.index
    nodes[place] += sum.nodes
    open[place] += sum.open
    let all = sum.work.times(runs)
    works[place] = works[place].plus(all)
    work = work.plus(all)
  }

  var operators: [ModelCost.OperatorCost] {
    identities.indices.filter { nodes[$0] > 0 }
      .map {
        ModelCost.OperatorCost(
          operation: identities[$0], nodes: nodes[$0], work: works[$0], openNodes: open[$0])
      }
      .sorted {
        ($1.work.flops, $1.nodes, $0.operation.description)
          < ($0.work.flops, $0.nodes, $1.operation.description)
      }
  }
}
