import Inference
import ModelGraph

/// A declared type that cannot be right.
enum TypeDisagreement: StructuralCheck {
  static let rule = Rule(
    id: "RG017", name: "type-disagreement", severity: .warning,
    summary:
      "The type that the file declares for a value is not the one that follows from its inputs.",
    rationale: "Importers that trust the declaration convert something else than those that infer.",
    help: "Drop the declared type and run shape inference, or correct the node.")

  static func findings(in context: StructureContext) -> [Finding] {
    let graph = context.graph
    let found = context.annotations.disagreements
    return found.prefix(Finding.namedNodes).map { disagreement in
      let value = graph.values[disagreement.value.index]
      return Finding(
        rule: rule,
        reason: "\"\(graph.text(value.name))\" is declared \(disagreement.declared), "
          + "inferred \(disagreement.inferred)",
        nodes: value.producer.isNone ? [] : [NodeLocation(value.producer, in: graph)],
        position: graph.scopes[value.scope.index].position)
    }
  }
}
