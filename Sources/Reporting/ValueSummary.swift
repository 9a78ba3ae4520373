public import Inference
public import ModelGraph

/// A value of a model and what is known of it.
public struct ValueSummary: Sendable {
  /// The name; values of nested scopes and functions stand under the scope's path and a slash.
  public let name: String
  /// What is known of it.
  public let type: InferredType

  /// Makes a summary.
  public init(name: String, type: InferredType) {
    self.name = name
    self.type = type
  }

  /// Every value of a model, main graph first, each name once.
  public static func all(in graph: ModelGraph, _ annotations: Annotations) -> [ValueSummary] {
    var seen: Set<String> = []
    let paths = graph.scopes.indices.map { graph.path(of: ScopeReference($0)) }
    return graph.values.indices.compactMap { index in
      let value = graph.values[index]
      if case .training = graph.scopes[value.scope.index].kind { return nil }
      let own = graph.text(value.name)
      let name = value.scope.index == 0 ? own : "\(paths[value.scope.index])/\(own)"
      guard seen.insert(name).inserted else { return nil }
      return ValueSummary(name: name, type: annotations.type(of: ValueReference(index)))
    }
  }
}
