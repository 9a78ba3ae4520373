import Capabilities
import ModelGraph
import OperatorCatalogue

/// What all front doors share when they judge one graph.
final class JudgingContext {
  let facts: ValueFacts
  private let catalogue: OperatorCatalogue
  let attributeNames: AttributeNames
  /// For each scope, which set of opset imports applies: 0 the model's, i + 1 function i's.
  private let environments: [Int]
  private let functions: Set<OperatorIdentity>

  init(_ facts: ValueFacts, catalogue: OperatorCatalogue) {
    self.facts = facts
    self.catalogue = catalogue
    attributeNames = AttributeNames(facts.graph)
    environments = facts.graph.environments
    functions = Set(facts.graph.functions.map(\.identity))
  }

  var graph: ModelGraph {
    _read { yield facts.graph }
  }

  func isFunction(_ operation: OperatorIdentity) -> Bool { functions.contains(operation) }

  var environmentCount: Int { graph.functions.count + 1 }

  /// The place of a node's operator in tables by environment and operator.
  func slot(of node: Node) -> Int {
    environments[node.scope.index] * graph.operators.count + node.operation.index
  }

  func opset(of domain: String, in scope: ScopeReference) -> Int64? {
    graph.opsetImports(in: scope).last { $0.domain == domain }?.version
      // Before IR version 3 a model had no imports, which means the first opset.
      ?? (graph.opsetImports.isEmpty && domain == "ai.onnx" ? 1 : nil)
  }

  func schema(of operation: OperatorIdentity, opset: Int64?) -> OperatorSchema? {
    guard let opset else { return nil }
    switch catalogue.lookup(domain: operation.domain, name: operation.name, opset: opset) {
    case .found(let schema), .deprecated(let schema): return schema
    case .notYet, .unknownOperator, .unknownDomain: return nil
    }
  }

  /// What decides the outcome of a node; nil when that is more than two words can hold.
  func signature(of node: Node, needs: Needs) -> NodeSignature? {
    guard !needs.contains(.node), node.operands.count <= 7 else { return nil }
    if needs.contains(.attributes), node.attributes.count > 0 { return nil }
    // The number of inputs comes first, so that inputs are not taken for outputs.
    var types = UInt64(node.inputCount)
    var ranks: UInt64 = 0
    for operand in graph.operands[node.operands.range] {
      let code = facts.typeCode(of: operand)
      guard code != 0xFE else { return nil }
      types = types << 8 | code
      if needs.contains(.ranks) { ranks = ranks << 8 | facts.rankCode(of: operand) }
    }
    return NodeSignature(types: types, ranks: ranks)
  }

  /// The known element types of a node's first input and of its outputs.
  func mainElementTypes(of node: NodeReference) -> ElementTypeSet {
    let entry = graph.nodes[node.index]
    let operands = [graph.input(0, of: entry)] + graph.outputs(of: entry)
    return ElementTypeSet(
      operands.compactMap { operand in
        guard case .tensor(let tensor) = facts.type(of: operand) else { return nil }
        return tensor.elementType == .undefined ? nil : tensor.elementType
      })
  }
}
