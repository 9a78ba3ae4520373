import ModelGraph

/// A graph with what is known of it; a class, so that nodes share it without counting references to
/// each of its tables.
final class CostedGraph: Sendable {
  let graph: ModelGraph
  let annotations: Annotations

  init(_ graph: ModelGraph, _ annotations: Annotations) {
    self.graph = graph
    self.annotations = annotations
  }
}

/// A node together with what is known of its inputs and outputs, as cost rules see it.
struct CostedNode {
  let context: CostedGraph
  let node: Node

  var graph: ModelGraph { context.graph }
  var annotations: Annotations { context.annotations }

  func extents(input index: Int) -> [Int64]? {
    annotations.extents(of: graph.input(index, of: node))
  }

  func extents(output index: Int) -> [Int64]? {
    annotations.extents(of: graph.output(index, of: node))
  }

  func hasInput(_ index: Int) -> Bool { !graph.input(index, of: node).isNone }

  /// Number of elements of an input.
  func elements(input index: Int) -> Int64? {
    context.annotations.clampedElementCount(of: context.graph.input(index, of: node))
  }

  /// Number of elements of an output.
  func elements(output index: Int) -> Int64? {
    context.annotations.clampedElementCount(of: context.graph.output(index, of: node))
  }

  func integer(_ name: String) -> Int64? {
    guard case .int(let value) = graph.attribute(name, of: node) else { return nil }
    return value
  }

  func integers(_ name: String) -> [Int64]? {
    guard case .ints(let run) = graph.attribute(name, of: node) else { return nil }
    return Array(graph.integerPool[run.range])
  }

  func text(_ name: String) -> String? {
    guard case .string(let text) = graph.attribute(name, of: node) else { return nil }
    return graph.text(text)
  }
}
