import Capabilities
import ModelGraph
import OperatorCatalogue

/// What all front doors share when they judge one graph.
final class JudgingContext {
  let facts: ValueFacts
  private let catalogue: OperatorCatalogue
  /// The opset of the standard domain to judge in, when it is not the model's own.
  private let supposedOpset: Int64?

  /// Takes a graph, to be judged as if it were in another opset of the standard domain if one is
  /// given.
  init(_ facts: ValueFacts, catalogue: OperatorCatalogue, opset: Int64? = nil) {
    supposedOpset = opset
    self.facts = facts
    self.catalogue = catalogue
  }

  var graph: ModelGraph {
    _read { yield facts.graph }
  }

  var kinds: [NodeKinds.Kind] {
    _read { yield facts.kinds.kinds }
  }

  /// The position of a node's kind in `kinds`.
  func kind(of node: NodeReference) -> Int { Int(facts.kinds.kindOfNode[node.index]) }

  /// Number of slots.
  var slotCount: Int { facts.kinds.slotCount }

  /// The place of a node's operator in tables by function and operator.
  func slot(of node: NodeReference) -> Int { kinds[kind(of: node)].slot }

  func opset(of domain: String, in scope: ScopeReference) -> Int64? {
    if let supposedOpset, domain == "ai.onnx" { return supposedOpset }
    return facts.opset(of: domain, in: scope)
  }

  func schema(of operation: OperatorIdentity, opset: Int64?) -> OperatorSchema? {
    guard let opset else { return nil }
    switch catalogue.lookup(domain: operation.domain, name: operation.name, opset: opset) {
    case .found(let schema), .deprecated(let schema): return schema
    case .notYet, .unknownOperator, .unknownDomain: return nil
    }
  }

  /// Whether an operator of the standard domain is defined in an opset; others always are.
  func isDefined(_ operation: OperatorIdentity, opset: Int64) -> Bool {
    guard operation.domain == "ai.onnx" else { return true }
    guard case .found = catalogue.lookup(domain: "ai.onnx", name: operation.name, opset: opset)
    else { return false }
    return true
  }

  /// The known element types of a node's first input and of its outputs.
  func mainElementTypes(of node: NodeReference) -> ElementTypeSet {
    let entry = graph.nodes[node.index]
    let operands = [graph.input(0, of: entry)] + graph.outputs(of: entry)
    return ElementTypeSet(operands.compactMap { facts.elementType(of: $0) })
  }
}
