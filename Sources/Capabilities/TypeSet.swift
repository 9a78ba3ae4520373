public import ModelGraph

/// The types that a front door takes for one type parameter of an operator.
public struct TypeSet: Sendable, Hashable {
  /// Key and element type of a dictionary.
  public struct Dictionary: Sendable, Hashable {
    /// Type of the keys.
    public let key: ElementType
    /// Element type of the values.
    public let value: ElementType
  }

  /// Element types of dense tensors, written `float32`.
  public var tensors: ElementTypeSet = []
  /// Element types of sequences of tensors, written `seq(float32)`.
  public var sequences: ElementTypeSet = []
  /// Element types of optional tensors, written `optional(float32)`.
  public var optionals: ElementTypeSet = []
  /// Element types of optional sequences, written `optional(seq(float32))`.
  public var optionalSequences: ElementTypeSet = []
  /// Element types of sparse tensors, written `sparse(float32)`.
  public var sparseTensors: ElementTypeSet = []
  /// Dictionaries, written `map(int64,float32)`.
  public var maps: [Dictionary] = []
  /// Sequences of dictionaries, written `seq(map(int64,float32))`.
  public var mapSequences: [Dictionary] = []

  /// Makes an empty set.
  public init() {}

  /// Adds the types of another set.
  mutating func formUnion(_ other: TypeSet) {
    tensors.formUnion(other.tensors)
    sequences.formUnion(other.sequences)
    optionals.formUnion(other.optionals)
    optionalSequences.formUnion(other.optionalSequences)
    sparseTensors.formUnion(other.sparseTensors)
    maps += other.maps.filter { !maps.contains($0) }
    mapSequences += other.mapSequences.filter { !mapSequences.contains($0) }
  }

  /// Whether `type` is taken; nil when too little is known of it to tell.
  public func accepts(_ type: ValueType) -> Bool? {
    switch type {
    case .tensor(let tensor): Self.contains(tensor.elementType, tensors)
    case .sparseTensor(let tensor): Self.contains(tensor.elementType, sparseTensors)
    case .sequence(let element): acceptsSequence(of: element)
    case .optional(let element): acceptsOptional(of: element)
    case .map(let key, let value): Self.accepts(key: key, value: value, maps)
    case .opaque: false
    }
  }

  private func acceptsSequence(of element: ValueType?) -> Bool? {
    switch element {
    case nil: sequences.isEmpty && mapSequences.isEmpty ? false : nil
    case .tensor(let tensor): Self.contains(tensor.elementType, sequences)
    case .map(let key, let value): Self.accepts(key: key, value: value, mapSequences)
    default: false
    }
  }

  private func acceptsOptional(of element: ValueType?) -> Bool? {
    switch element {
    case nil: optionals.isEmpty && optionalSequences.isEmpty ? false : nil
    case .tensor(let tensor): Self.contains(tensor.elementType, optionals)
    case .sequence(.tensor(let tensor)): Self.contains(tensor.elementType, optionalSequences)
    case .sequence(nil): optionalSequences.isEmpty ? false : nil
    default: false
    }
  }

  private static func contains(_ type: ElementType, _ set: ElementTypeSet) -> Bool? {
    if type == .undefined { return set.isEmpty ? false : nil }
    return set.contains(type)
  }

  private static func accepts(
    key: ElementType, value: ValueType?, _ maps: [Dictionary]
  ) -> Bool? {
    guard case .tensor(let tensor) = value else {
      return value == nil && maps.contains { $0.key == key } ? nil : false
    }
    return maps.contains(Dictionary(key: key, value: tensor.elementType))
  }
}

// MARK: - Written form

extension TypeSet {
  /// Adds the type written as `name`; false when there is no such type.
  public mutating func insert(name: some StringProtocol) -> Bool {
    if let inner = Self.argument(of: "optional", in: name) {
      guard let element = Self.argument(of: "seq", in: inner) else {
        return insert(inner, into: \.optionals)
      }
      return insert(element, into: \.optionalSequences)
    }
    if let inner = Self.argument(of: "sparse", in: name) {
      return insert(inner, into: \.sparseTensors)
    }
    if let inner = Self.argument(of: "map", in: name) {
      return insert(map: inner, into: \.maps)
    }
    if let inner = Self.argument(of: "seq", in: name) {
      guard let map = Self.argument(of: "map", in: inner) else {
        return insert(inner, into: \.sequences)
      }
      return insert(map: map, into: \.mapSequences)
    }
    return insert(Substring(name), into: \.tensors)
  }

  /// The text inside `form(…)`.
  private static func argument(of form: String, in name: some StringProtocol) -> Substring? {
    guard name.hasPrefix(form), name.hasSuffix(")") else { return nil }
    let rest = Substring(name.dropFirst(form.count))
    return rest.first == "(" ? rest.dropFirst().dropLast() : nil
  }

  private mutating func insert(
    _ name: Substring, into set: WritableKeyPath<TypeSet, ElementTypeSet>
  ) -> Bool {
    guard let type = ElementType(name: String(name)), type != .undefined else { return false }
    self[keyPath: set].insert(ElementTypeSet(type))
    return true
  }

  private mutating func insert(
    map text: Substring, into maps: WritableKeyPath<TypeSet, [Dictionary]>
  ) -> Bool {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, let key = ElementType(name: String(parts[0])),
      let value = ElementType(name: String(parts[1]))
    else { return false }
    let map = Dictionary(key: key, value: value)
    if !self[keyPath: maps].contains(map) { self[keyPath: maps].append(map) }
    return true
  }

  /// The names of all types, tensors first, each kind in the order of ONNX's numbers.
  public var names: [String] {
    var names = tensors.types.map(\.name)
    names += sequences.types.map { "seq(\($0.name))" }
    names += optionals.types.map { "optional(\($0.name))" }
    names += optionalSequences.types.map { "optional(seq(\($0.name)))" }
    names += sparseTensors.types.map { "sparse(\($0.name))" }
    names += maps.map { "map(\($0.key.name),\($0.value.name))" }
    names += mapSequences.map { "seq(map(\($0.key.name),\($0.value.name)))" }
    return names
  }

  /// Whether no type at all is in the set.
  public var isEmpty: Bool { self == TypeSet() }
}
