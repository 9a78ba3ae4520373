import Inference
import ModelGraph

/// A node whose inputs do not fit together.
enum ShapeContradiction: StructuralCheck {
  static let rule = Rule(
    id: "RG018", name: "shape-contradiction", severity: .warning,
    summary: "The shapes or types of a node's inputs cannot be right together.",
    rationale: "The node fails when it runs, whatever the target.",
    help: "Check the shapes of the graph's inputs and of the constants the node uses.")

  static func findings(in context: StructureContext) -> [Finding] {
    context.annotations.contradictions.prefix(Finding.namedNodes).map { contradiction in
      let node = context.graph.nodes[contradiction.node.index]
      return Finding(
        rule: rule, operation: context.graph.operation(of: node), reason: contradiction.detail,
        nodes: [NodeLocation(contradiction.node, in: context.graph)], position: node.position)
    }
  }
}
