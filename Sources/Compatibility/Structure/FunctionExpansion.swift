import Bytes
import ModelGraph

/// Model-local functions that grow beyond measure when inlined.
enum FunctionExpansion: StructuralCheck {
  /// More nodes than this that inlining adds are too many for any runtime.
  static let manyNodes = 10_000_000

  static let rule = Rule(
    id: "RG010", name: "function-expansion", severity: .error,
    summary: "Inlining the model's functions gives an enormous number of nodes.",
    rationale:
      "Runtimes that inline functions, ONNX Runtime among them, hang or run out of memory.",
    help: "Let the functions call each other less often, or inline and simplify before exporting.")

  static func findings(in context: StructureContext) -> [Finding] {
    let graph = context.graph
    let calls = context.calls
    guard calls.inCycles.isEmpty, let first = graph.functions.first else { return [] }
    let total = calls.expandedNodeCount
    guard total - graph.nodes.count > manyNodes else { return [] }
    let amount = total == Int.max ? "more than 2^63" : String(total)
    return [
      Finding(
        rule: rule,
        reason: "inlined, the model has \(amount) nodes instead of \(graph.nodes.count)",
        position: graph.scopes[first.scope.index].position)
    ]
  }
}
