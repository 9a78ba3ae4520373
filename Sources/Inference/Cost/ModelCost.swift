public import ModelGraph

/// What a model weighs and what running it once takes.
public struct ModelCost: Sendable {
  /// Weights of one element type.
  public struct Weights: Sendable, Hashable {
    /// The element type.
    public let elementType: ElementType
    /// Number of elements.
    public let elements: Int64
    /// Bytes they take.
    public let bytes: Int64
  }

  /// All nodes of one operator.
  public struct OperatorCost: Sendable, Hashable {
    /// The operator.
    public let operation: OperatorIdentity
    /// Nodes as written, each once.
    public let nodes: Int
    /// Their work, repetitions by loops and calls included.
    public let work: Work
    /// Nodes whose work is open, because the operator or an extent is not known.
    public let openNodes: Int
  }

  /// Weights by element type, in the order of ONNX's numbers: initializers and tensors of `Constant`.
  public let weights: [Weights]
  /// Operators, the dearest first.
  public let operators: [OperatorCost]
  /// Work of all nodes together.
  public let work: Work
  /// Bytes that nodes read and write together, each node on its own; views move nothing.
  public let bytesMoved: Int64
  /// Memory for the values between nodes.
  public let memory: MemoryProfile
  /// Loops and scans whose number of iterations is open; they count as one iteration.
  public let openLoops: [NodeReference]
  private let flopsByNode: [Int64]
  private let runsByScope: [Int64]

  /// Counts what `annotations` know of `graph`; linear in the number of nodes.
  public init(of graph: ModelGraph, _ annotations: Annotations) {
    let context = CostedGraph(graph, annotations)
    var works: [Work?] = []
    works.reserveCapacity(graph.nodes.count)
    let rules = CostRules.rules(of: graph)
    for node in graph.nodes {
      let costed = CostedNode(context: context, node: node)
      works.append(CostRules.work(of: costed, by: rules[node.operation.index]))
    }
    let nesting = ScopeNesting(graph)
    let runs = ScopeRuns(graph, annotations, nesting, flops: works.map { $0?.flops ?? 0 })
    var tally = CostTally(graph)
    let movesNothing = graph.operators.map {
      $0.domain == "ai.onnx" && Self.stillOperators.contains($0.name)
    }
    for (index, node) in graph.nodes.enumerated() {
      if case .training = graph.scopes[node.scope.index].kind { continue }
      let isCall = nesting.isCall(node)
      let isStill = isCall || movesNothing[node.operation.index]
      tally.add(
        node, isCall ? Work.none : works[index], runs: runs.counts[node.scope.index],
        bytes: isStill ? 0 : annotations.bytesMoved(by: node))
    }
    operators = tally.operators
    work = tally.work
    bytesMoved = tally.bytes
    openLoops = runs.openLoops
    weights = Self.weights(of: graph)
    var liveness = Liveness(graph, annotations, nesting)
    memory = liveness.profile()
    flopsByNode = works.map { $0?.flops ?? -1 }
    runsByScope = runs.counts
  }

  /// Operators of the standard set that read no elements, or hand on those they read.
  private static let stillOperators: Set<String> = [
    "Constant", "Flatten", "Identity", "If", "Loop", "Reshape", "Scan", "SequenceMap", "Shape",
    "Size", "Squeeze", "Unsqueeze",
  ]

  /// Number of weights.
  public var parameters: Int64 { weights.reduce(0) { $0.plusClamping($1.elements) } }

  /// Bytes of all weights.
  public var weightBytes: Int64 { weights.reduce(0) { $0.plusClamping($1.bytes) } }

  /// Nodes whose work is open.
  public var openNodes: Int { operators.reduce(0) { $0 + $1.openNodes } }

  /// Operations for each byte that nodes read or write; nil when nothing moves.
  public var arithmeticIntensity: Double? {
    bytesMoved > 0 ? Double(work.flops) / Double(bytesMoved) : nil
  }

  /// Floating-point operations of one node in one run of the model; nil when they are open.
  public func flops(of node: NodeReference, in graph: ModelGraph) -> Int64? {
    let once = flopsByNode[node.index]
    return once < 0
      ? nil : once.timesClamping(runsByScope[graph.nodes[node.index].scope.index])
  }

  /// Floating-point operations, as far as known, of those nodes of one run that `isCounted` takes.
  public func flops(in graph: ModelGraph, where isCounted: (Int) -> Bool) -> Int64 {
    graph.nodes.indices.reduce(0) { sum, index in
      if case .training = graph.scopes[graph.nodes[index].scope.index].kind { return sum }
      guard isCounted(index) else { return sum }
      return sum.plusClamping(flops(of: NodeReference(index), in: graph) ?? 0)
    }
  }

  private static func weights(of graph: ModelGraph) -> [Weights] {
    var elements: [Int64] = Array(repeating: 0, count: ElementType.allCases.count)
    var bytes = elements
    func add(_ reference: TensorReference) {
      guard !reference.isNone else { return }
      let tensor = graph.tensors[reference.index]
      guard let count = graph.elementCount(of: tensor) else { return }
      let place = Int(tensor.elementType.rawValue)
      elements[place] = elements[place].plusClamping(count)
      bytes[place] = bytes[place].plusClamping(
        tensor.elementType.byteCount(elements: count) ?? Int64(tensor.storedBytes))
    }
    for scope in graph.scopes {
      if case .training = scope.kind { continue }
      for value in scope.initializers { add(graph.values[value.index].tensor) }
      for index in scope.nodes.range {
        let node = graph.nodes[index]
        guard graph.operation(of: node).name == "Constant",
          case .tensor(let tensor) = graph.attribute("value", of: node)
        else { continue }
        add(tensor)
      }
    }
    for sparse in graph.sparseInitializers { add(sparse.values) }
    return ElementType.allCases.compactMap { type in
      let place = Int(type.rawValue)
      guard elements[place] > 0 else { return nil }
      return Weights(elementType: type, elements: elements[place], bytes: bytes[place])
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
  private(set) var bytes: Int64 = 0

  init(_ graph: ModelGraph) {
    identities = graph.operators
    nodes = Array(repeating: 0, count: graph.operators.count)
    open = nodes
    works = Array(repeating: .none, count: graph.operators.count)
  }

  mutating func add(_ node: Node, _ work: Work?, runs: Int64, bytes: Int64) {
    let place = node.operation.index
    nodes[place] += 1
    self.bytes = self.bytes.plusClamping(bytes.timesClamping(runs))
    guard let work else {
      open[place] += 1
      return
    }
    let all = work.times(runs)
    works[place] = works[place].plus(all)
    self.work = self.work.plus(all)
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

extension Annotations {
  /// Bytes that a tensor takes; nil when its type or an extent is open, or for strings.
  public func byteCount(of value: ValueReference) -> Int64? {
    let type = elementType(of: value)
    guard type != .undefined, let elements = elementCount(of: value) else { return nil }
    return type.byteCount(elements: elements)
  }

  /// Bytes that a node reads and writes, as far as sizes are known.
  func bytesMoved(by node: Node) -> Int64 {
    var total: Int64 = 0
    for value in graph.operands[node.operands.range] where !value.isNone {
      total = total.plusClamping(byteCount(of: value) ?? 0)
    }
    return total
  }
}
