public import ModelGraph

/// What is known of a value's type.
public indirect enum InferredType: Sendable, Hashable {
  /// A dense tensor; `undefined` as element type and nil as shape stand for unknown.
  case tensor(ElementType, shape: [SymbolicDimension]?)
  /// A sparse tensor.
  case sparseTensor(ElementType, shape: [SymbolicDimension]?)
  /// A list of values of one type.
  case sequence(InferredType)
  /// A value that may be absent.
  case optional(InferredType)
  /// A dictionary.
  case map(key: ElementType, value: InferredType)
  /// A type that only its domain knows.
  case opaque
  /// Nothing is known.
  case unknown
}

/// What is known of one dimension.
public enum SymbolicDimension: Sendable, Hashable {
  /// A number.
  case fixed(Int64)
  /// An expression over named dims, such as `N*8` or `H/2` (division rounds down); the same text
  /// stands for the same extent. Pinning the names decides it.
  case expression(String)
  /// An expression in which unnamed input dims or data-dependent extents occur, with its text.
  case dynamic(String)
  /// Nothing is known.
  case unknown
}

extension InferredType: CustomStringConvertible {
  /// The type as reports write it, such as `float32[N,3,?]` or `sequence(int64)`.
  public var description: String {
    switch self {
    case .tensor(let element, let shape): Self.text(element, shape)
    case .sparseTensor(let element, let shape): "sparse(\(Self.text(element, shape)))"
    case .sequence(let element): "sequence(\(element))"
    case .optional(let element): "optional(\(element))"
    case .map(let key, let value): "map(\(key.name),\(value))"
    case .opaque: "opaque"
    case .unknown: "?"
    }
  }

  private static func text(_ element: ElementType, _ shape: [SymbolicDimension]?) -> String {
    let name = element == .undefined ? "?" : element.name
    guard let shape else { return name }
    return "\(name)[\(shape.map(\.description).joined(separator: ","))]"
  }
}

extension SymbolicDimension: CustomStringConvertible {
  /// The number, the expression, or `?`.
  public var description: String {
    switch self {
    case .fixed(let extent): String(extent)
    case .expression(let text), .dynamic(let text): text
    case .unknown: "?"
    }
  }
}
