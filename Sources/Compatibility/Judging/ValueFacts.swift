public import ModelGraph

/// What is known of a graph's values before running it.
///
/// A class, so that the graph's tables are shared and not copied for each node.
public final class ValueFacts: Sendable {
  let graph: ModelGraph
  /// The type of each value, by position.
  private let types: [TypeReference]
  private let distinctTypes: [ValueType]
  private let used: [Bool]
  /// The nodes in groups of alike ones.
  let kinds: NodeKinds

  /// Takes the types that the file declares, and nothing more.
  public init(declaredIn graph: ModelGraph) {
    self.graph = graph
    var distinct = graph.types
    var types: [TypeReference] = []
    types.reserveCapacity(graph.values.count)
    for value in graph.values {
      if value.declaredType.isNone, !value.tensor.isNone {
        let tensor = graph.tensors[value.tensor.index]
        let shape = graph.dims(of: tensor).map { Dimension.fixed($0) }
        types.append(TypeReference(distinct.count))
        distinct.append(.tensor(TensorType(tensor.elementType, shape: shape)))
      } else {
        types.append(value.declaredType)
      }
    }
    self.types = types
    distinctTypes = distinct
    used = Self.usedValues(in: graph)
    kinds = NodeKinds(Self.nodeFacts(types, distinct), in: graph)
  }

  private static func nodeFacts(_ types: [TypeReference], _ distinct: [ValueType]) -> NodeFacts {
    let codes = distinct.map { type in
      guard case .tensor(let tensor) = type else { return (NodeFacts.noTensor, UInt8(0xFF)) }
      let rank = tensor.shape.map { UInt8(min($0.count, 0xFE)) } ?? 0xFF
      return (tensor.elementType.rawValue, rank)
    }
    return NodeFacts(
      typeCodes: types.map { $0.isNone ? 0 : codes[$0.index].0 },
      rankCodes: types.map { $0.isNone ? 0xFF : codes[$0.index].1 })
  }

  private static func usedValues(in graph: ModelGraph) -> [Bool] {
    var used = [Bool](repeating: false, count: graph.values.count)
    for node in graph.nodes {
      for input in graph.inputs(of: node) where !input.isNone { used[input.index] = true }
    }
    for scope in graph.scopes {
      for output in scope.outputs where !output.isNone { used[output.index] = true }
    }
    return used
  }

  /// The type of a value, as far as it is known.
  func type(of value: ValueReference) -> ValueType? {
    guard !value.isNone else { return nil }
    let type = types[value.index]
    return type.isNone ? nil : distinctTypes[type.index]
  }

  /// The shape of a tensor, when at least its rank is known.
  func shape(of value: ValueReference) -> [Dimension]? {
    guard case .tensor(let tensor) = type(of: value) else { return nil }
    return tensor.shape
  }

  /// The constant that a value always is: an initializer or the output of a `Constant` node.
  func constant(_ value: ValueReference) -> TensorReference? {
    guard !value.isNone else { return nil }
    let entry = graph.values[value.index]
    switch entry.origin {
    case .initializer: return entry.tensor
    case .node:
      let producer = graph.nodes[entry.producer.index]
      guard graph.operation(of: producer).name == "Constant",
        case .tensor(let tensor) = graph.attribute("value", of: producer)
      else { return nil }
      return tensor
    case .input, .inputWithDefault, .undefined: return nil
    }
  }

  /// Whether a value is the same in every run, whatever its form.
  func isConstant(_ value: ValueReference) -> Bool {
    guard !value.isNone else { return false }
    let entry = graph.values[value.index]
    switch entry.origin {
    case .initializer: return true
    case .node:
      return graph.operation(of: graph.nodes[entry.producer.index]).name == "Constant"
    case .input, .inputWithDefault, .undefined: return false
    }
  }

  /// The elements of a small integer constant.
  func constantIntegers(_ value: ValueReference) -> [Int64]? {
    constant(value).flatMap { graph.integers(of: $0) }
  }

  /// Whether a node or a graph output reads the value.
  func isUsed(_ value: ValueReference) -> Bool {
    value.isNone ? false : used[value.index]
  }
}
