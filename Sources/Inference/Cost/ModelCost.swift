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
  /// The work of the single nodes.
  public let run: RunWork

  /// Counts what `annotations` know of `graph`; linear in the number of nodes.
  public init(of graph: ModelGraph, _ annotations: Annotations) {
    run = RunWork(of: graph, annotations)
    let movesNothing = graph.operators.map {
      $0.domain == "ai.onnx" && Self.stillOperators.contains($0.name)
    }
    var bytes: Int64 = 0
    for node in graph.nodes {
      if case .training = graph.scopes[node.scope.index].kind { continue }
      if run.nesting.isCall(node) || movesNothing[node.operation.index] { continue }
      let moved = annotations.bytesMoved(by: node).timesClamping(run.runs(of: node))
      bytes = bytes.plusClamping(moved)
    }
    operators = run.operators
    work = run.total
    bytesMoved = bytes
    openLoops = run.openLoops
    weights = Self.weights(of: graph)
    var liveness = Liveness(graph, annotations, run.nesting)
    memory = liveness.profile()
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
