public import Inference
public import ModelGraph

/// What makes two nodes of an operator one piece of work: types, ranks and the mode of attributes.
///
/// The mode is the names of the attributes given, the values of texts, and of whole numbers whether
/// they are 0, 1 or something else; the extents of kernels, strides and axes do not change the work.
public struct OperatorSignature: Sendable, Hashable {
  /// The operator.
  public let operation: OperatorIdentity
  /// Element types of inputs and outputs, such as `float32, float32 -> float32`.
  public let types: String
  /// Ranks of inputs and outputs, such as `4, 4 -> 4`.
  public let ranks: String
  /// Attributes, such as `auto_pad=SAME_UPPER group=many`.
  public let mode: String

  /// The signature in one line.
  public let description: String
  /// The operator as text; kept, since ledgers ask for it very often.
  let operationText: String

  init(operation: OperatorIdentity, types: String, ranks: String, mode: String) {
    self.operation = operation
    self.types = types
    self.ranks = ranks
    self.mode = mode
    operationText = operation.description
    let attributes = mode.isEmpty ? "" : " [\(mode)]"
    description = "\(operationText)(\(types); rank \(ranks))\(attributes)"
  }

  /// The order in which signatures are listed and priced, whatever the order of nodes.
  var sortKey: (String, String, String, String) { (operationText, types, ranks, mode) }
}

/// The signatures of a graph's nodes, each made when it is first asked for.
public struct SignatureTable {
  private let graph: ModelGraph
  private let annotations: Annotations
  private var known: [Int: OperatorSignature] = [:]

  /// Prepares to describe the nodes of a graph.
  public init(_ graph: ModelGraph, _ annotations: Annotations) {
    self.graph = graph
    self.annotations = annotations
  }

  /// The signature of a node.
  public mutating func signature(of reference: NodeReference) -> OperatorSignature {
    if let known = known[reference.index] { return known }
    let node = graph.nodes[reference.index]
    let inputs = graph.inputs(of: node)
    let outputs = graph.outputs(of: node)
    let signature = OperatorSignature(
      operation: graph.operation(of: node), types: both(inputs, outputs, type),
      ranks: both(inputs, outputs, rank), mode: mode(of: node))
    known[reference.index] = signature
    return signature
  }

  private func both(
    _ inputs: ArraySlice<ValueReference>, _ outputs: ArraySlice<ValueReference>,
    _ text: (ValueReference) -> String
  ) -> String {
    "\(list(inputs, text)) -> \(list(outputs, text))"
  }

  /// Long variadic lists of equal entries say no more than their first.
  private func list(
    _ values: ArraySlice<ValueReference>, _ text: (ValueReference) -> String
  ) -> String {
    var texts = values.map(text)
    while texts.count > 3, texts[texts.count - 1] == texts[texts.count - 2],
      texts[texts.count - 2] == texts[texts.count - 3]
    {
      texts.removeLast()
    }
    return texts.joined(separator: ", ")
  }

  private func type(_ value: ValueReference) -> String {
    if value.isNone { return "-" }
    let type = annotations.elementType(of: value)
    return type == .undefined ? "?" : type.name
  }

  private func rank(_ value: ValueReference) -> String {
    value.isNone ? "-" : annotations.rank(of: value).map(String.init) ?? "?"
  }

  private func mode(of node: Node) -> String {
    graph.attributes[node.attributes.range].map { attribute in
      let name = graph.text(attribute.name)
      switch attribute.value {
      case .string(let text): return "\(name)=\(graph.text(text))"
      case .int(let number) where name != "axis":
        return "\(name)=\(number == 0 || number == 1 ? String(number) : "many")"
      default: return name
      }
    }.sorted().joined(separator: " ")
  }
}
