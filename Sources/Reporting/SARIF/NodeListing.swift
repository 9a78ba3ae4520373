import Bytes
public import ModelGraph

/// A binary model as text, one node a line, so that annotations have a line to stand on.
public enum NodeListing {
  /// Where the listing of a model stands: beside it.
  public static func path(for model: String) -> String { "\(model).nodes.txt" }

  /// The nodes of all graphs and functions in the order of the file.
  public static func text(of graph: ModelGraph) -> [UInt8] {
    var bytes: [UInt8] = []
    let paths = graph.scopes.indices.map { graph.path(of: ScopeReference($0)).visible() }
    for (index, node) in graph.nodes.enumerated() {
      let outputs = graph.outputs(of: node).map { name(of: $0, graph) }
      let inputs = graph.inputs(of: node).map { name(of: $0, graph) }
      let label = graph.label(of: NodeReference(index)).visible()
      let operation = graph.operation(of: node).description.visible()
      bytes.append(
        contentsOf: ("\(paths[node.scope.index])/\(label): \(outputs.joined(separator: ", ")) = "
          + "\(operation)(\(inputs.joined(separator: ", ")))\n").utf8)
    }
    return bytes
  }

  private static func name(of value: ValueReference, _ graph: ModelGraph) -> String {
    value.isNone ? "" : graph.text(graph.values[value.index].name).visible()
  }
}
