/// A named attribute of a node or the default of a function's attribute.
public struct Attribute: Sendable {
  /// The attribute's name.
  public let name: TextReference
  /// Its value.
  public let value: AttributeValue

  /// Makes an attribute; used by readers.
  public init(name: TextReference, value: AttributeValue) {
    self.name = name
    self.value = value
  }
}

/// The kind of an attribute; raw values are the numbers of `AttributeProto.AttributeType`.
public enum AttributeKind: UInt8, Sendable, CaseIterable {
  case undefined = 0
  case float = 1
  case int = 2
  case string = 3
  case tensor = 4
  case graph = 5
  case floats = 6
  case ints = 7
  case strings = 8
  case tensors = 9
  case graphs = 10
  case sparseTensor = 11
  case sparseTensors = 12
  case type = 13
  case types = 14
}

/// The value of an attribute; lists and texts stand in the graph's pools.
public enum AttributeValue: Sendable {
  case float(Float)
  case int(Int64)
  case string(TextReference)
  case tensor(TensorReference)
  case graph(ScopeReference)
  /// Elements in `ModelGraph.floatPool`.
  case floats(Run)
  /// Elements in `ModelGraph.integerPool`.
  case ints(Run)
  /// Elements in `ModelGraph.textPool`.
  case strings(Run)
  /// Tensors, consecutive in `ModelGraph.tensors`.
  case tensors(Run)
  /// Scopes, consecutive in `ModelGraph.scopes`.
  case graphs(Run)
  /// Values and indices of a sparse tensor.
  case sparseTensor(values: TensorReference, indices: TensorReference)
  /// Number of sparse tensors in a list.
  case sparseTensors(count: Int)
  case type(TypeReference)
  /// Number of types in a list.
  case types(count: Int)
  /// A list too long to keep (more than `ModelGraph.longestKeptList` elements): kind and length,
  /// of whole numbers at least that length.
  case longList(AttributeKind, count: Int)
  /// The attribute of the enclosing function whose value is taken.
  case reference(TextReference, kind: AttributeKind)
  /// Neither type nor value that could be understood.
  case undefined

  /// The kind.
  public var kind: AttributeKind {
    switch self {
    case .float: .float
    case .int: .int
    case .string: .string
    case .tensor: .tensor
    case .graph: .graph
    case .floats: .floats
    case .ints: .ints
    case .strings: .strings
    case .tensors: .tensors
    case .graphs: .graphs
    case .sparseTensor: .sparseTensor
    case .sparseTensors: .sparseTensors
    case .type: .type
    case .types: .types
    case .longList(let kind, _): kind
    case .reference(_, let kind): kind
    case .undefined: .undefined
    }
  }
}
