import ModelGraph
import OperatorCatalogue

/// A node with everything that is known of it, as conditions ask for it.
struct NodeSubject {
  let context: JudgingContext
  let plan: OperatorPlan
  let node: Node

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
