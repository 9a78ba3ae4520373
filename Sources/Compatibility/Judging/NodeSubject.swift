import ModelGraph
import OperatorCatalogue

/// A node with everything that is known of it, as conditions ask for it.
///
/// A class, since every part of a condition holds on to it.
final class NodeSubject {
  let context: JudgingContext
  let plan: OperatorPlan
  let node: Node
  /// What is taken to be otherwise than in the graph.
  let supposition: Supposition

  init(context: JudgingContext, plan: OperatorPlan, node: Node, supposition: Supposition) {
    self.context = context
    self.plan = plan
    self.node = node
    self.supposition = supposition
  }

  var facts: ValueFacts { context.facts }
  var graph: ModelGraph {
    _read { yield context.facts.graph }
  }
  var operation: OperatorIdentity { plan.operation }
  var opset: Int64? { plan.opset }
  var schema: OperatorSchema? {
    _read { yield plan.schema }
  }

  var inputs: ArraySlice<ValueReference> { graph.inputs(of: node) }
  var outputs: ArraySlice<ValueReference> { graph.outputs(of: node) }

  /// The attribute as the file holds it.
  func writtenAttribute(_ name: String) -> AttributeValue? {
    guard let reference = context.facts.attributeNames[name] else { return nil }
    for attribute in graph.attributes[node.attributes.range] where attribute.name == reference {
      return attribute.value
    }
    return nil
  }

  /// The element type of an operand, when it is known.
  func elementType(of value: ValueReference) -> ElementType? {
    facts.elementType(of: value).map { retyped($0, of: value) }
  }

  /// The type of an operand without its shape, when it is known.
  func type(of value: ValueReference) -> ValueType? {
    let type = facts.type(of: value)
    guard !supposition.retyping.isEmpty, case .tensor(let tensor) = type else { return type }
    return .tensor(TensorType(retyped(tensor.elementType, of: value)))
  }

  /// The type that is supposed instead, if the operator is defined for it wherever the value stands.
  private func retyped(_ type: ElementType, of value: ValueReference) -> ElementType {
    guard let other = supposition.retyping[type] else { return type }
    func isDefined(_ parameter: OperatorParameter?) -> Bool {
      guard let schema, let parameter else { return schema == nil }
      return schema.typeParameters[parameter.typeParameter]?.tensors.contains(other) ?? false
    }
    let isTaken =
      inputs.enumerated().allSatisfy {
        $0.element != value || isDefined(schema?.parameter(input: $0.offset))
      }
      && outputs.enumerated().allSatisfy {
        $0.element != value || isDefined(schema?.parameter(output: $0.offset))
      }
    return isTaken ? other : type
  }

  func text(_ text: TextReference) -> String { graph.text(text) }
}

/// The names of a graph's attributes, so that nodes are searched by number and not by text.
struct AttributeNames: Sendable {
  private var references: [String: TextReference] = [:]

  init(_ graph: ModelGraph) {
    var seen: Set<TextReference> = []
    for attribute in graph.attributes where seen.insert(attribute.name).inserted {
      references[graph.text(attribute.name)] = attribute.name
    }
  }

  subscript(name: String) -> TextReference? { references[name] }
}
