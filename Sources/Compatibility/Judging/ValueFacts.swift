public import Inference
public import ModelGraph

/// What is known of a graph's values before running it.
///
/// A class, so that the graph's tables are shared and not copied for each node.
public final class ValueFacts: Sendable {
  let graph: ModelGraph
  /// Inferred types, shapes and small constants.
  let annotations: Annotations
  private let used: [Bool]
  /// The nodes in groups of alike ones.
  let kinds: NodeKinds
  let attributeNames: AttributeNames
  private let functions: Set<OperatorIdentity>

  /// The opset of a domain that applies in a scope; nil when it is not imported.
  func opset(of domain: String, in scope: ScopeReference) -> Int64? {
    for imported in graph.opsetImports(in: scope).reversed() where imported.domain == domain {
      return imported.version
    }
    // Before IR version 3 a model had no imports, which means the first opset.
    return graph.opsetImports.isEmpty && domain == "ai.onnx" ? 1 : nil
  }

  /// Puts a graph together with what was inferred of it.
  public init(_ graph: ModelGraph, _ annotations: Annotations) {
    self.graph = graph
    self.annotations = annotations
    used = Self.usedValues(in: graph)
    kinds = NodeKinds(NodeFacts(graph, annotations), in: graph)
    attributeNames = AttributeNames(graph)
    functions = Set(graph.functions.map(\.identity))
  }

  /// Whether an operator is a function of the model.
  func isFunction(_ operation: OperatorIdentity) -> Bool { functions.contains(operation) }

  private static func usedValues(in graph: ModelGraph) -> [Bool] {
    var used = [Bool](repeating: false, count: graph.values.count)
    for node in graph.nodes {
      for position in node.inputs.range {
        let input = graph.operands[position]
        if !input.isNone { used[input.index] = true }
      }
    }
    for scope in graph.scopes {
      for output in scope.outputs where !output.isNone { used[output.index] = true }
    }
    return used
  }

  /// The element type of a tensor, when it is known.
  func elementType(of value: ValueReference) -> ElementType? {
    let type = annotations.elementType(of: value)
    return type == .undefined ? nil : type
  }

  /// Number of dims of a tensor, or nil.
  func rank(of value: ValueReference) -> Int? { annotations.rank(of: value) }

  /// One dim of a tensor when it is a number.
  func extent(_ axis: Int, of value: ValueReference) -> Int64? {
    annotations.extent(axis, of: value)
  }

  /// Number of elements when all dims are numbers and their product fits.
  func elementCount(of value: ValueReference) -> Int64? { annotations.elementCount(of: value) }

  /// Whether all dims of a tensor are numbers; nil when one of them is not known at all.
  func isStatic(_ value: ValueReference) -> Bool? { annotations.isStatic(value) }

  /// The type of a value without its shape, when it is known.
  func type(of value: ValueReference) -> ValueType? {
    // Asking for the whole type would write out its shape.
    if let element = elementType(of: value) { return .tensor(TensorType(element)) }
    return annotations.type(of: value).withoutShape
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

  /// The elements of a small integer tensor that are known before run time.
  func constantIntegers(_ value: ValueReference) -> [Int64]? {
    annotations.constantIntegers(of: value) ?? constant(value).flatMap { graph.integers(of: $0) }
  }

  /// Whether a node or a graph output reads the value.
  func isUsed(_ value: ValueReference) -> Bool {
    value.isNone ? false : used[value.index]
  }
}

extension NodeFacts {
  /// Takes types and ranks from what was inferred.
  init(_ graph: ModelGraph, _ annotations: Annotations) {
    var types = [UInt8](repeating: 0, count: graph.values.count)
    var ranks = [UInt8](repeating: 0xFF, count: graph.values.count)
    for index in graph.values.indices {
      let value = ValueReference(index)
      types[index] =
        annotations.isTensor(value)
        ? annotations.elementType(of: value).rawValue : Self.noTensor
      ranks[index] = annotations.rank(of: value).map { UInt8(min($0, 0xFE)) } ?? 0xFF
    }
    self.init(typeCodes: types, rankCodes: ranks)
  }
}

extension InferredType {
  /// The type as manifests speak of it; nil when it is unknown.
  fileprivate var withoutShape: ValueType? {
    switch self {
    case .tensor(let element, _): .tensor(TensorType(element))
    case .sparseTensor(let element, _): .sparseTensor(TensorType(element))
    case .sequence(let element): .sequence(element.withoutShape)
    case .optional(let element): .optional(element.withoutShape)
    case .map(let key, let value): .map(key: key, value: value.withoutShape)
    case .opaque: .opaque(domain: "", name: "")
    case .unknown: nil
    }
  }
}
