/// What kind of thing a value is, as far as a file declares it.
public indirect enum ValueType: Sendable, Hashable {
  /// A dense tensor.
  case tensor(TensorType)
  /// A sparse tensor.
  case sparseTensor(TensorType)
  /// A list of values of one type; nil when the element type is not declared.
  case sequence(ValueType?)
  /// A value that may be absent.
  case optional(ValueType?)
  /// A dictionary.
  case map(key: ElementType, value: ValueType?)
  /// A type that only its domain knows.
  case opaque(domain: String, name: String)
}

/// Element type and shape of a tensor.
public struct TensorType: Sendable, Hashable {
  /// The element type; `undefined` when the file says nothing or something unknown.
  public var elementType: ElementType
  /// The dimensions, outermost first; nil when not even the rank is known.
  public var shape: [Dimension]?

  /// Makes a tensor type; without a shape the rank is unknown.
  public init(_ elementType: ElementType, shape: [Dimension]? = nil) {
    self.elementType = elementType
    self.shape = shape
  }
}

/// One dimension of a shape as a file declares it.
public enum Dimension: Sendable, Hashable {
  /// A fixed extent; negative extents are kept as they stand in the file.
  case fixed(Int64)
  /// A named extent, the same wherever the name recurs in the model.
  case symbol(String)
  /// Nothing is known.
  case unknown
}

extension ValueType: CustomStringConvertible {
  /// The type as reports write it, such as `float32[N,3,224,?]`.
  public var description: String {
    switch self {
    case .tensor(let type): type.description
    case .sparseTensor(let type): "sparse(\(type))"
    case .sequence(let element): "sequence(\(element?.description ?? "?"))"
    case .optional(let element): "optional(\(element?.description ?? "?"))"
    case .map(let key, let value): "map(\(key.name),\(value?.description ?? "?"))"
    case .opaque(let domain, let name): "opaque(\(domain),\(name))"
    }
  }
}

extension TensorType: CustomStringConvertible {
  /// `float32[N,3]`; `float32` alone when the rank is unknown, `float32[]` for a scalar.
  public var description: String {
    guard let shape else { return elementType.name }
    return "\(elementType.name)[\(shape.map(\.description).joined(separator: ","))]"
  }
}

extension Dimension: CustomStringConvertible {
  /// The extent, the name, or `?`.
  public var description: String {
    switch self {
    case .fixed(let extent): String(extent)
    case .symbol(let name): name
    case .unknown: "?"
    }
  }
}
