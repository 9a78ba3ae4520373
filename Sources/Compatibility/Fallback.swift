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
  /// `work` is asked for only when something does.
  public init?(
    _ facts: ValueFacts, _ judgement: Judgement, work: @autoclosure () -> RunWork
  ) {
    guard let hostNodes = judgement.hostNodes else { return nil }
    self.init(facts, hostNodes: hostNodes, work: work())
  }

  /// Finds the partitions of a model of which these nodes run on the host; without `work`, no
  /// floating-point operations are counted.
  public init(_ facts: ValueFacts, hostNodes isOnHost: [Bool], work: RunWork?) {
    self.init()
    let graph = facts.graph
    let placement = Placement(graph, isOnHost)
    hostNodes = placement.main.count { placement.isOnHost[$0] }
    let partitions = Partitions(graph, facts.annotations.order, placement)
    devicePartitions = partitions.deviceGroups
    hostPartitions = partitions.hostGroups
    countCrossings(graph, facts.annotations, placement)
    guard let work else { return }
    flops = work.total.flops
    hostFlops = work.flops(in: graph) { placement.isOnHost[placement.outermost[$0]] }
  }

  private mutating func countCrossings(
    _ graph: ModelGraph, _ annotations: Annotations, _ placement: Placement
  ) {
    var isCounted = [Bool](repeating: false, count: graph.values.count)
    for index in placement.main {
      let isOnHost = placement.isOnHost[index]
      for position in graph.nodes[index].inputs.range {
        let input = graph.operands[position]
        guard !input.isNone else { continue }
        let producer = graph.values[input.index].producer
        guard !producer.isNone, placement.main.contains(producer.index),
          placement.isOnHost[producer.index] != isOnHost, !isCounted[input.index]
        else { continue }
        isCounted[input.index] = true
        crossings += 1
        if let size = annotations.byteCount(of: input) {
          crossingBytes = crossingBytes.plusClamping(size)
        } else {
          crossingsOfUnknownSize += 1
        }
      }
    }
  }
}

/// Where the nodes of a model run.
private struct Placement {
  /// The nodes of the main graph.
  let main: Range<Int>
  /// For each node whether it runs on the host; a node of the main graph does when a node that it
  /// holds, however deep, does.
  private(set) var isOnHost: [Bool]
  let outermost: OutermostNodes

  init(_ graph: ModelGraph, _ isOnHost: [Bool]) {
    main = graph.main?.nodes.range ?? 0..<0
    self.isOnHost = isOnHost
    outermost = OutermostNodes(graph)
    guard graph.scopes.count > 1 else { return }
    for index in graph.nodes.indices where isOnHost[index] {
      self.isOnHost[outermost[index]] = true
    }
  }
}

/// Groups of connected nodes on one side.
private struct Partitions {
  private let range: Range<Int>
  /// For each node of the main graph, a node of its group; the group's own node stands for it.
  private var leader: [Int32]
  private(set) var hostGroups = 0
  private(set) var deviceGroups = 0

  init(_ graph: ModelGraph, _ order: NodeOrder, _ placement: Placement) {
    range = placement.main
    leader = range.indices.map { Int32(truncatingIfNeeded: $0 - placement.main.lowerBound) }
    // A node behind a change of sides starts a new level, so that a group never depends on itself.
    var levels = [Int32](repeating: 0, count: range.count)
    if let sorted = order.sorted(ScopeReference(0)) {
      for node in sorted { place(node.index, graph, placement, &levels) }
    } else {
      for node in range { place(node, graph, placement, &levels) }
    }
    countGroups(graph, placement)
  }

  /// Finds the level of a node and joins it to its neighbours on that level.
  private mutating func place(
    _ node: Int, _ graph: ModelGraph, _ placement: Placement, _ levels: inout [Int32]
  ) {
    let offset = node - range.lowerBound
    let isOnHost = placement.isOnHost[node]
    let inputs = graph.nodes[node].inputs.range
    for position in inputs {
      guard let producer = producer(of: graph.operands[position], graph) else { continue }
      let isSame = placement.isOnHost[producer] == isOnHost
      levels[offset] = max(
        levels[offset], levels[producer - range.lowerBound] + (isSame ? 0 : 1))
    }
    for position in inputs {
      guard let producer = producer(of: graph.operands[position], graph),
        placement.isOnHost[producer] == isOnHost,
        levels[producer - range.lowerBound] == levels[offset]
      else { continue }
      join(offset, producer - range.lowerBound)
    }
  }

  /// The node of the main graph that puts out a value.
  private func producer(of value: ValueReference, _ graph: ModelGraph) -> Int? {
    guard !value.isNone else { return nil }
    let producer = graph.values[value.index].producer
    return !producer.isNone && range.contains(producer.index) ? producer.index : nil
  }

  /// Counts the groups that compute something; constants alone are no partition.
  private mutating func countGroups(_ graph: ModelGraph, _ placement: Placement) {
    let isConstant = graph.operators.map { $0.name == "Constant" }
    var isCounted = [Bool](repeating: false, count: range.count)
    for index in range where !isConstant[graph.nodes[index].operation.index] {
      let root = root(index - range.lowerBound)
      guard !isCounted[root] else { continue }
      isCounted[root] = true
      if placement.isOnHost[index] { hostGroups += 1 } else { deviceGroups += 1 }
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
