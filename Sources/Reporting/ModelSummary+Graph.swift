import Inference
public import ModelGraph

extension ModelSummary {
  /// Sums up a graph; the digest takes a look at every byte but the weights.
  public init(of graph: ModelGraph, format: String, byteCount: Int, hasDigest: Bool = false) {
    self.format = format
    self.byteCount = byteCount
    digest = hasDigest ? graph.headerDigest() : nil
    irVersion = graph.header.irVersion
    producer = [graph.header.producerName, graph.header.producerVersion]
      .filter { !$0.isEmpty }.joined(separator: " ")
    opsets = graph.opsetImports.sorted { $0.domain < $1.domain }
    let counted = Self.operatorCounts(graph)
    nodeCount = counted.reduce(0) { $0 + $1.count }
    operators = counted
    let weights = WeightTally(graph)
    parameterCount = weights.parameters
    weightBytes = weights.bytes
    weightTypes = ElementType.allCases.compactMap { type in
      weights.byType[type].map { (type, $0) }
    }
    let inputs = graph.main?.inputs.filter { value in
      // Before IR version 4 every weight was an input, too.
      value.isNone || graph.values[value.index].origin == .input
    }
    self.inputs = Self.described(inputs ?? [], in: graph)
    outputs = graph.main.map { Self.described($0.outputs, in: graph) } ?? []
    subgraphCount = graph.scopes.count { if case .subgraph = $0.kind { true } else { false } }
    functions = graph.functions.map(\.identity)
    externalFiles = Set(graph.externalData.map(\.location)).sorted()
  }

  private static func operatorCounts(
    _ graph: ModelGraph
  ) -> [(operation: OperatorIdentity, count: Int)] {
    var counts = [Int](repeating: 0, count: graph.operators.count)
    for scope in graph.scopes {
      if case .training = scope.kind { continue }
      for index in scope.nodes.range { counts[graph.nodes[index].operation.index] += 1 }
    }
    return zip(graph.operators, counts).filter { $0.1 > 0 }
      .map { (operation: $0.0, count: $0.1) }
      .sorted { ($1.count, $0.operation.description) < ($0.count, $1.operation.description) }
  }

  private static func described(
    _ values: [ValueReference], in graph: ModelGraph
  ) -> [(name: String, type: String)] {
    values.filter { !$0.isNone }.map { value in
      let entry = graph.values[value.index]
      return (graph.text(entry.name), graph.declaredType(of: value)?.description ?? "?")
    }
  }
}

/// Counts the weights: initializers of all graphs, dense and sparse.
private struct WeightTally {
  var parameters: Int64 = 0
  var bytes: Int64 = 0
  var byType: [ElementType: Int64] = [:]

  init(_ graph: ModelGraph) {
    for scope in graph.scopes {
      if case .training = scope.kind { continue }
      for value in scope.initializers {
        let tensor = graph.values[value.index].tensor
        if !tensor.isNone { add(graph.tensors[tensor.index], graph) }
      }
    }
    for sparse in graph.sparseInitializers {
      add(graph.tensors[sparse.values.index], graph)
    }
  }

  private mutating func add(_ tensor: Tensor, _ graph: ModelGraph) {
    guard let elements = graph.elementCount(of: tensor) else { return }
    let size = tensor.elementType.byteCount(elements: elements) ?? Int64(tensor.storedBytes)
    // Extents are what the file claims they are.
    parameters = parameters.plusClamping(elements)
    bytes = bytes.plusClamping(size)
    byType[tensor.elementType] = (byType[tensor.elementType] ?? 0).plusClamping(elements)
  }
}
