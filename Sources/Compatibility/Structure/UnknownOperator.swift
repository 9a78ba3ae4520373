import Bytes
import ModelGraph
import OperatorCatalogue

/// An operator that its domain does not define at the model's opset.
enum UnknownOperator: StructuralCheck {
  static let rule = Rule(
    id: "RG016", name: "unknown-operator", severity: .warning,
    summary: "A domain does not define the operator at the version the model imports.",
    rationale: "Runtimes refuse the node unless a custom operator library defines it.",
    help: "Check the spelling and the opset version, or name the library that defines it.")

  static func findings(in context: StructureContext) -> [Finding] {
    let graph = context.graph
    var seen: Set<OperatorIdentity> = []
    var found: [Finding] = []
    for reference in context.firstNodes {
      let node = graph.nodes[reference.index]
      let operation = graph.operation(of: node)
      guard !seen.contains(operation) else { continue }
      seen.insert(operation)
      guard !context.isFunction(operation),
        let version = graph.opsetImports(in: node.scope).last(where: {
          $0.domain == operation.domain
        })?.version,
        let reason = reason(for: operation, version, context.catalogue)
      else { continue }
      found.append(
        Finding(
          rule: rule, operation: operation, reason: reason,
          nodes: [NodeLocation(reference, in: graph)], position: node.position))
    }
    return found
  }

  private static func reason(
    for operation: OperatorIdentity, _ version: Int64, _ catalogue: OperatorCatalogue
  ) -> String? {
    switch catalogue.lookup(domain: operation.domain, name: operation.name, opset: version) {
    case .found, .unknownDomain: nil
    case .deprecated: "\(operation) is deprecated at opset \(version)"
    case .notYet(let since):
      "\(operation) is defined from opset \(since) on; the model uses \(version)"
    case .unknownOperator: "\(operation) is not defined by its domain"
    }
  }
}
