public import Compatibility
public import Inference
public import ModelGraph

/// A model's graph with what is known of its values, as judging used it.
public struct JudgedGraph: Sendable {
  /// The facts that nodes are judged by.
  public let facts: ValueFacts
  /// The graph.
  public let graph: ModelGraph
  /// What was inferred of it.
  public let annotations: Annotations

  /// Puts the parts together, which have to be of one model.
  public init(_ facts: ValueFacts, _ graph: ModelGraph, _ annotations: Annotations) {
    self.facts = facts
    self.graph = graph
    self.annotations = annotations
  }

  /// The distinct element types of a node's operands that are known, in their order.
  func elementTypes(of node: NodeReference) -> [ElementType] {
    let entry = graph.nodes[node.index]
    var types: [ElementType] = []
    for value in graph.inputs(of: entry) + graph.outputs(of: entry) where !value.isNone {
      let type = annotations.elementType(of: value)
      if type != .undefined, !types.contains(type) { types.append(type) }
    }
    return types
  }

  /// The extents of a node's first input, nil where one is open; nil when the rank is.
  func shape(of node: NodeReference) -> [Int64?]? {
    let value = graph.input(0, of: graph.nodes[node.index])
    guard !value.isNone, let rank = annotations.rank(of: value) else { return nil }
    return (0..<rank).map { annotations.extent($0, of: value) }
  }
}
