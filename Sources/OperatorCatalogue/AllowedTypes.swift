public import ModelGraph

/// The types that a type parameter of an operator accepts.
public struct AllowedTypes: Sendable, Hashable {
  /// Element types of dense tensors: `tensor(x)`.
  public var tensors: ElementTypeSet
  /// Element types of sparse tensors: `sparse_tensor(x)`.
  public var sparseTensors: ElementTypeSet
  /// Element types of sequences of tensors: `seq(tensor(x))`.
  public var sequences: ElementTypeSet
  /// Element types of optional tensors: `optional(tensor(x))`.
  public var optionals: ElementTypeSet
  /// Element types of optional sequences of tensors: `optional(seq(tensor(x)))`.
  public var optionalSequences: ElementTypeSet
  /// Dictionaries: `map(k, v)`.
  public var maps: [MapType]
  /// Dictionaries in sequences: `seq(map(k, v))`.
  public var sequencesOfMaps: [MapType]

  /// Key and value type of a dictionary.
  public struct MapType: Sendable, Hashable {
    /// Type of the keys.
    public let key: ElementType
    /// Type of the values.
    public let value: ElementType

    /// Makes the dictionary type from its parts.
    public init(key: ElementType, value: ElementType) {
      self.key = key
      self.value = value
    }
  }

  /// Makes a set of types from its parts, each empty unless given.
  public init(
    tensors: ElementTypeSet = [], sparseTensors: ElementTypeSet = [],
    sequences: ElementTypeSet = [], optionals: ElementTypeSet = [],
    optionalSequences: ElementTypeSet = [], maps: [MapType] = [], sequencesOfMaps: [MapType] = []
  ) {
    self.tensors = tensors
    self.sparseTensors = sparseTensors
    self.sequences = sequences
    self.optionals = optionals
    self.optionalSequences = optionalSequences
    self.maps = maps
    self.sequencesOfMaps = sequencesOfMaps
  }
}

extension AllowedTypes {
  /// Whether `type` is among the types; nil when too little of it is known to tell.
  public func accepts(_ type: ValueType) -> Bool? {
    switch type {
    case .tensor(let tensor): tensors.accepts(tensor.elementType)
    case .sparseTensor(let tensor): sparseTensors.accepts(tensor.elementType)
    case .sequence(let element): acceptsSequence(of: element)
    case .optional(let element): acceptsOptional(of: element)
    case .map(let key, let value): maps.accepts(key: key, value: value)
    case .opaque: false
    }
  }

  private func acceptsSequence(of element: ValueType?) -> Bool? {
    switch element {
    case .tensor(let tensor): sequences.accepts(tensor.elementType)
    case .map(let key, let value): sequencesOfMaps.accepts(key: key, value: value)
    case .none: sequences.isEmpty && sequencesOfMaps.isEmpty ? false : nil
    case .sparseTensor, .sequence, .optional, .opaque: false
    }
  }

  private func acceptsOptional(of element: ValueType?) -> Bool? {
    switch element {
    case .tensor(let tensor): optionals.accepts(tensor.elementType)
    case .sequence(.tensor(let tensor)): optionalSequences.accepts(tensor.elementType)
    case .sequence(.none): optionalSequences.isEmpty ? false : nil
    case .none: optionals.isEmpty && optionalSequences.isEmpty ? false : nil
    case .sparseTensor, .sequence, .optional, .map, .opaque: false
    }
  }
}

extension ElementTypeSet {
  /// Whether `type` is in the set; nil when it is undefined and the set is not empty.
  fileprivate func accepts(_ type: ElementType) -> Bool? {
    if isEmpty { return false }
    return type == .undefined ? nil : contains(type)
  }
}

extension [AllowedTypes.MapType] {
  /// Whether a dictionary of these types is listed; nil when one that fits is but parts are unknown.
  fileprivate func accepts(key: ElementType, value: ValueType?) -> Bool? {
    let valueType: ElementType
    switch value {
    case .tensor(let tensor): valueType = tensor.elementType
    case .none: valueType = .undefined
    case .sparseTensor, .sequence, .optional, .map, .opaque: return false
    }
    let fits = contains {
      (key == .undefined || $0.key == key) && (valueType == .undefined || $0.value == valueType)
    }
    return fits && (key == .undefined || valueType == .undefined) ? nil : fits
  }
}
