import Bytes
import Inference
import ModelGraph

/// Nodes that stand before the nodes they depend on.
enum UnsortedGraph: StructuralCheck {
  static let rule = Rule(
    id: "RG014", name: "unsorted-graph", severity: .warning,
    summary: "A node stands before a node whose output it uses.",
    rationale: "ONNX asks for topological order; some importers read nodes once, in file order.",
    help: "Sort the graph topologically before converting it.")

  static func findings(in context: StructureContext) -> [Finding] {
    let graph = context.graph
    return graph.scopes.indices.compactMap { index in
      let scope = ScopeReference(index)
      guard !context.order.isSorted(scope), context.order.nodesInCycles(of: scope).isEmpty else {
        return nil
      }
      return Finding(
        rule: rule, reason: "the nodes of \(graph.path(of: scope)) are not in topological order",
        position: graph.scopes[index].position)
    }
  }
}
