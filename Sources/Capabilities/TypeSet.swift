public import ModelGraph
import OperatorCatalogue

/// The types that a front door takes for one type parameter of an operator, as manifests write them.
///
/// Tensors are written `float32`, sequences `seq(float32)`, optional tensors `optional(float32)`,
/// optional sequences `optional(seq(float32))`, sparse tensors `sparse(float32)`, dictionaries
/// `map(int64,float32)` and sequences of these `seq(map(int64,float32))`.
public struct TypeSet: Sendable, Hashable {
  private var allowed = AllowedTypes()

  /// Makes an empty set.
  public init() {}

  /// Element types of dense tensors.
  public var tensors: ElementTypeSet {
    get { allowed.tensors }
    set { allowed.tensors = newValue }
  }

  /// Whether `type` is taken; nil when too little is known of it to tell.
  public func accepts(_ type: ValueType) -> Bool? { allowed.accepts(type) }

  /// Adds the types of another set.
  mutating func formUnion(_ other: TypeSet) {
    let others = other.allowed
    allowed.tensors.formUnion(others.tensors)
    allowed.sequences.formUnion(others.sequences)
    allowed.optionals.formUnion(others.optionals)
    allowed.optionalSequences.formUnion(others.optionalSequences)
    allowed.sparseTensors.formUnion(others.sparseTensors)
    allowed.maps += others.maps.filter { !allowed.maps.contains($0) }
    allowed.sequencesOfMaps += others.sequencesOfMaps.filter {
      !allowed.sequencesOfMaps.contains($0)
    }
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
      return insert(map: map, into: \.sequencesOfMaps)
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
    _ name: Substring, into set: WritableKeyPath<AllowedTypes, ElementTypeSet>
  ) -> Bool {
    guard let type = ElementType(name: String(name)), type != .undefined else { return false }
    allowed[keyPath: set].insert(ElementTypeSet(type))
    return true
  }

  private mutating func insert(
    map text: Substring, into maps: WritableKeyPath<AllowedTypes, [AllowedTypes.MapType]>
  ) -> Bool {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, let key = ElementType(name: String(parts[0])),
      let value = ElementType(name: String(parts[1]))
    else { return false }
    let map = AllowedTypes.MapType(key: key, value: value)
    if !allowed[keyPath: maps].contains(map) { allowed[keyPath: maps].append(map) }
    return true
  }

  /// The names of all types, tensors first, each kind in the order of ONNX's numbers.
  public var names: [String] {
    var names = tensors.types.map(\.name)
    names += allowed.sequences.types.map { "seq(\($0.name))" }
    names += allowed.optionals.types.map { "optional(\($0.name))" }
    names += allowed.optionalSequences.types.map { "optional(seq(\($0.name)))" }
    names += allowed.sparseTensors.types.map { "sparse(\($0.name))" }
    names += allowed.maps.map { "map(\($0.key.name),\($0.value.name))" }
    names += allowed.sequencesOfMaps.map { "seq(map(\($0.key.name),\($0.value.name)))" }
    return names
  }

  /// Whether no type at all is in the set.
  public var isEmpty: Bool { self == TypeSet() }
}
