public import Inference
import ModelGraph

/// What it costs that some nodes of a model run on the host CPU.
///
/// Speaks of the main graph; a control-flow node runs where the worst node of its subgraphs runs.
/// Nodes are in one partition when they run on the same side and are connected without leaving it.
public struct Fallback: Sendable, Hashable {
  /// Nodes that run on the host.
  public internal(set) var hostNodes = 0
  /// Groups of connected nodes on the accelerator.
  public internal(set) var devicePartitions = 0
  /// Groups of connected nodes on the host.
  public internal(set) var hostPartitions = 0
  /// Tensors that cross the border between accelerator and host, each counted once.
  public internal(set) var crossings = 0
  /// Bytes of those crossing tensors whose size is known.
  public internal(set) var crossingBytes: Int64 = 0
  /// Crossing tensors whose size is not known.
  public internal(set) var crossingsOfUnknownSize = 0
  /// Floating-point operations of one run that are left to the host, as far as they are known.
  public internal(set) var hostFlops: Int64 = 0
  /// Floating-point operations of one run of the whole model, as far as they are known.
  public internal(set) var flops: Int64 = 0

  /// Makes a cost of its parts; without arguments that of nothing on the host.
  public init(
    hostNodes: Int = 0, hostPartitions: Int = 0, devicePartitions: Int = 0, crossings: Int = 0,
    crossingBytes: Int64 = 0, crossingsOfUnknownSize: Int = 0, hostFlops: Int64 = 0,
    flops: Int64 = 0
  ) {
    self.hostNodes = hostNodes
    self.hostPartitions = hostPartitions
    self.devicePartitions = devicePartitions
    self.crossings = crossings
    self.crossingBytes = crossingBytes
    self.crossingsOfUnknownSize = crossingsOfUnknownSize
    self.hostFlops = hostFlops
    self.flops = flops
  }
}

extension Fallback {
  /// Finds the partitions of a judged model; nil when nothing runs on the host.
  ///
  /// `cost` is asked for only when something does.
  public init?(
    _ facts: ValueFacts, _ judgement: Judgement, cost: @autoclosure () -> ModelCost
  ) {
    guard judgement.nodeVerdicts.contains(.fallback), let main = facts.graph.main else {
      return nil
    }
    self.init()
    let sides = Self.sides(facts.graph, judgement.nodeVerdicts)
    hostNodes = main.nodes.range.count { sides[$0] == .host }
    let partitions = Partitions(facts.graph, sides)
    devicePartitions = partitions.count(on: .device)
    hostPartitions = partitions.count(on: .host)
    countCrossings(facts, sides)
    countWork(facts.graph, sides, cost())
  }

  enum Side { case device, host }

  /// The side of each node of the main graph; nodes of subgraphs count for the node that holds them.
  private static func sides(_ graph: ModelGraph, _ verdicts: [Verdict?]) -> [Side] {
    var sides = verdicts.map { $0 == .fallback ? Side.host : .device }
    for index in graph.nodes.indices.reversed() where sides[index] == .host {
      var scope = graph.nodes[index].scope
      while case .subgraph(let holder, _, _) = graph.scopes[scope.index].kind {
        sides[holder.index] = .host
        scope = graph.scopes[scope.index].parent
      }
    }
    return sides
  }

  private mutating func countWork(_ graph: ModelGraph, _ sides: [Side], _ cost: ModelCost) {
    flops = cost.work.flops
    hostFlops = cost.flops(in: graph) { sides[Self.outermost($0, graph)] == .host }
  }

  /// The node outside all subgraphs that holds a node, or the node itself.
  private static func outermost(_ node: Int, _ graph: ModelGraph) -> Int {
    var outermost = node
    while case .subgraph(let holder, _, _) = graph.scopes[graph.nodes[outermost].scope.index].kind {
      outermost = holder.index
    }
    return outermost
  }

  private mutating func countCrossings(_ facts: ValueFacts, _ sides: [Side]) {
    let graph = facts.graph
    guard let main = graph.main else { return }
    var counted: Set<ValueReference> = []
    for index in main.nodes.range {
      for input in graph.inputs(of: graph.nodes[index]) where !input.isNone {
        let producer = graph.values[input.index].producer
        guard !producer.isNone, main.nodes.range.contains(producer.index),
          sides[producer.index] != sides[index], counted.insert(input).inserted
        else { continue }
        crossings += 1
        let size = facts.annotations.elementCount(of: input).flatMap {
          facts.annotations.elementType(of: input).byteCount(elements: $0)
        }
        if let size {
          crossingBytes = crossingBytes.addingReportingOverflow(size).partialValue
        } else {
          crossingsOfUnknownSize += 1
        }
      }
    }
  }
}

/// Groups of connected nodes on one side.
private struct Partitions {
  private let range: Range<Int>
  private let sides: [Fallback.Side]
  /// For each node of the main graph, a node of its group; the group's own node stands for it.
  private var leader: [Int32]
  private var hostGroups = 0
  private var deviceGroups = 0

  init(_ graph: ModelGraph, _ sides: [Fallback.Side]) {
    let range = graph.main?.nodes.range ?? 0..<0
    self.range = range
    self.sides = sides
    leader = (0..<range.count).map { Int32(truncatingIfNeeded: $0) }
    // A node behind a change of sides starts a new level, so that a group never depends on itself.
    var levels = [Int32](repeating: 0, count: range.count)
    let main = ScopeReference(0)
    let order = GraphOrder(graph)
    let nodes = order.isSorted(main) ? range.map { NodeReference($0) } : order.sorted(main)
    for node in nodes {
      let offset = node.index - range.lowerBound
      var neighbours: [Int] = []
      for input in graph.inputs(of: graph.nodes[node.index]) where !input.isNone {
        let producer = graph.values[input.index].producer
        guard !producer.isNone, range.contains(producer.index) else { continue }
        let other = producer.index - range.lowerBound
        let isSame = sides[producer.index] == sides[node.index]
        levels[offset] = max(levels[offset], levels[other] + (isSame ? 0 : 1))
        if isSame { neighbours.append(other) }
      }
      for other in neighbours where levels[other] == levels[offset] { join(offset, other) }
    }
    countGroups(graph)
  }

  func count(on side: Fallback.Side) -> Int { side == .host ? hostGroups : deviceGroups }

  /// Counts the groups that compute something; constants alone are no partition.
  private mutating func countGroups(_ graph: ModelGraph) {
    var seen: Set<Int> = []
    for index in range where graph.operation(of: graph.nodes[index]).name != "Constant" {
      guard seen.insert(root(index - range.lowerBound)).inserted else { continue }
      if sides[index] == .host { hostGroups += 1 } else { deviceGroups += 1 }
    }
  }

  private mutating func join(_ left: Int, _ right: Int) {
    let (first, second) = (root(left), root(right))
    leader[max(first, second)] = Int32(truncatingIfNeeded: min(first, second))
  }

  private mutating func root(_ node: Int) -> Int {
    var current = node
    while Int(leader[current]) != current {
      leader[current] = leader[Int(leader[current])]
      current = Int(leader[current])
    }
    return current
  }
}
