import Bytes
import ModelGraph

/// A value is used that nothing defines.
enum UndefinedInput: StructuralCheck {
  static let rule = Rule(
    id: "RG001", name: "undefined-input", severity: .error,
    summary: "A node or graph output uses a value that nothing defines.",
    rationale: "No runtime can load such a graph.",
    help: "Export the model again; a tool that cut the graph apart may have lost a piece.")

  static func findings(in context: StructureContext) -> [Finding] {
    let graph = context.graph
    let undefined = graph.values.indices.filter { graph.values[$0].origin == .undefined }
    guard !undefined.isEmpty else { return [] }
    let users = firstUsers(of: Set(undefined), in: graph)
    return undefined.prefix(Finding.namedNodes).map { index in
      let name = graph.text(graph.values[index].name)
      let user = users[index]
      return Finding(
        rule: rule,
        reason: user == nil
          ? "the graph output \"\(name)\" is defined nowhere"
          : "the input \"\(name)\" is defined nowhere",
        count: 1, nodes: user.map { [NodeLocation($0, in: graph)] } ?? [],
        position: graph.scopes[graph.values[index].scope.index].position)
    }
  }

  private static func firstUsers(
    of values: Set<Int>, in graph: ModelGraph
  ) -> [Int: NodeReference] {
    var users: [Int: NodeReference] = [:]
    for index in graph.nodes.indices {
      for input in graph.inputs(of: graph.nodes[index])
      where values.contains(input.index) && users[input.index] == nil {
        users[input.index] = NodeReference(index)
      }
    }
    return users
  }
}
