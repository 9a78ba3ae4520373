public import ModelGraph

/// A graph as sorted lines of text in which everything but positions in the file counts.
///
/// Two graphs with equal listings are equal after normalising: the order of scopes, attributes and
/// initializers does not matter, and constants are listed by their elements.
public struct GraphListing {
  private let graph: ModelGraph

  /// Lists a graph.
  public init(_ graph: ModelGraph) { self.graph = graph }

  /// The lines.
  public var lines: [String] {
    var lines = ["ir \(graph.header.irVersion.map(String.init) ?? "-")"]
    lines += graph.opsetImports.map { "opset \($0.domain) \($0.version)" }.sorted()
    for scope in graph.scopes.indices.sorted(by: { path($0) < path($1) }) {
      lines += listing(ScopeReference(scope))
    }
    for function in graph.functions {
      lines.append(
        "function \(function.identity) \(function.opsetImports.map { "\($0.domain) \($0.version)" })"
          + " \(function.attributeNames) \(attributes(function.defaults))")
    }
    lines += graph.quantizationAnnotations.map {
      "quantization \($0.tensor) \($0.parameters.sorted { $0.key < $1.key })"
    }
    return lines
  }

  /// The first line that another graph does not have at that place, or nil when both are equal.
  public func firstDifference(to other: GraphListing) -> String? {
    let (left, right) = (lines, other.lines)
    for (mine, theirs) in zip(left, right) where mine != theirs { return "\(mine)\n\(theirs)" }
    return left.count == right.count ? nil : "\(left.count) lines against \(right.count)"
  }

  private func path(_ scope: Int) -> String { graph.path(of: ScopeReference(scope)) }

  private func listing(_ scope: ScopeReference) -> [String] {
    let entry = graph.scopes[scope.index]
    let path = graph.path(of: scope)
    var lines = ["scope \(path)"]
    lines += entry.inputs.map { "  in \(described($0))" }
    lines += entry.outputs.map { "  out \(described($0))" }
    lines += entry.initializers.map { value in
      "  constant \(name(value)) = \(constant(graph.values[value.index].tensor))"
    }.sorted()
    for sparse in graph.sparseInitializers
    where graph.values[sparse.value.index].scope == scope {
      lines.append(
        "  sparse \(name(sparse.value)) \(constant(sparse.values)) \(constant(sparse.indices))")
    }
    for index in entry.nodes.range { lines.append("  " + listing(graph.nodes[index])) }
    return lines
  }

  private func listing(_ node: Node) -> String {
    let outputs = graph.outputs(of: node).map(described).joined(separator: ", ")
    let inputs = graph.inputs(of: node).map(name).joined(separator: ", ")
    return "[\(graph.text(node.name))] \(outputs) = \(graph.operation(of: node))"
      + "(\(inputs)) \(attributes(node.attributes))"
  }

  private func name(_ value: ValueReference) -> String {
    value.isNone ? "-" : graph.text(graph.values[value.index].name)
  }

  private func described(_ value: ValueReference) -> String {
    guard !value.isNone else { return "-" }
    let entry = graph.values[value.index]
    let type = entry.declaredType.isNone ? "" : ": \(graph.types[entry.declaredType.index])"
    return "\(name(value))\(type)"
  }

  private func attributes(_ run: Run) -> String {
    let texts = graph.attributes[run.range].map { attribute in
      "\(graph.text(attribute.name))=\(value(attribute.value))"
    }
    return texts.sorted().joined(separator: " ")
  }

  private func value(_ value: AttributeValue) -> String {
    switch value {
    case .float(let number): "\(number)"
    case .int(let number): "\(number)"
    case .string(let name): "\"\(graph.text(name))\""
    case .tensor(let tensor): constant(tensor)
    case .graph: "graph"
    case .floats(let run): "\(Array(graph.floatPool[run.range]))"
    case .ints(let run): "\(Array(graph.integerPool[run.range]))"
    case .strings(let run): "\(graph.textPool[run.range].map { graph.text($0) })"
    case .tensors(let run): "\(run.range.map { constant(TensorReference($0)) })"
    case .graphs(let run): "\(run.count) graphs"
    case .sparseTensor(let values, let indices): "\(constant(values)) at \(constant(indices))"
    case .sparseTensors(let count): "\(count) sparse tensors"
    case .type(let type): "type \(graph.types[type.index])"
    case .types(let count): "\(count) types"
    case .longList(let kind, let count): "\(count) \(kind)"
    case .reference(let name, let kind): "@\(graph.text(name)): \(kind)"
    case .undefined: "undefined"
    }
  }

  private func constant(_ tensor: TensorReference) -> String {
    let entry = graph.tensors[tensor.index]
    let header = "\(entry.elementType.name)\(Array(graph.dims(of: entry)))"
    if case .external(let index) = entry.storage { return "\(header) \(graph.externalData[index])" }
    if let integers = graph.integers(of: tensor) { return "\(header) \(integers)" }
    if let floats = graph.floats(of: tensor) { return "\(header) \(floats)" }
    if let texts = graph.texts(of: tensor) { return "\(header) \(texts)" }
    return header
  }
}
