import Bytes
import ModelGraph

/// A domain is used whose version the model does not state.
enum MissingOpsetImport: StructuralCheck {
  static let rule = Rule(
    id: "RG004", name: "missing-opset-import", severity: .error,
    summary: "Nodes use a domain that the model does not import.",
    rationale: "Without a version nobody can tell which definition of the operator is meant.",
    help: "Add the domain with its version to opset_import.")

  static func findings(in context: StructureContext) -> [Finding] {
    let graph = context.graph
    var reported: Set<String> = []
    var found: [Finding] = []
    for reference in context.firstNodes {
      let node = graph.nodes[reference.index]
      let operation = graph.operation(of: node)
      guard !reported.contains(operation.domain), !context.isFunction(operation),
        !(graph.header.irVersion ?? 0 < 3 && operation.domain == "ai.onnx"),
        !graph.opsetImports(in: node.scope).contains(where: { $0.domain == operation.domain })
      else { continue }
      reported.insert(operation.domain)
      found.append(
        Finding(
          rule: rule, operation: operation,
          reason: "the domain \"\(operation.domain)\" is used but not imported",
          nodes: [NodeLocation(reference, in: graph)], position: node.position))
    }
    return found
  }
}
