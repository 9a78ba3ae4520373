import Bytes
import ModelGraph

extension FieldReader {
  /// One type set: lists of element types by what holds the elements.
  mutating func typeSet(_ bytes: Span<UInt8>) throws(JSONFailure) -> AllowedTypes {
    var held: [String: ElementTypeSet] = [:]
    var maps: [AllowedTypes.MapType] = []
    var sequencesOfMaps: [AllowedTypes.MapType] = []
    var seen: [String] = []
    try beginObject(bytes)
    while let key = try nextKey(bytes, &seen) {
      switch key {
      case "tensors", "sparseTensors", "sequences", "optionals", "optionalSequences":
        held[key] = try elementTypes(bytes)
      case "maps": maps = try mapTypes(bytes)
      case "sequencesOfMaps": sequencesOfMaps = try mapTypes(bytes)
      default: throw unknownKey(bytes)
      }
      leave()
    }
    return AllowedTypes(
      tensors: held["tensors"] ?? [], sparseTensors: held["sparseTensors"] ?? [],
      sequences: held["sequences"] ?? [], optionals: held["optionals"] ?? [],
      optionalSequences: held["optionalSequences"] ?? [], maps: maps,
      sequencesOfMaps: sequencesOfMaps)
  }

  private mutating func elementTypes(_ bytes: Span<UInt8>) throws(JSONFailure) -> ElementTypeSet {
    var types: ElementTypeSet = []
    try array(bytes) { (fields, bytes) throws(JSONFailure) in
      let start = try fields.valueOffset(bytes)
      let type = try fields.elementType(try fields.string(bytes), at: start, bytes)
      guard !types.contains(type) else {
        throw fields.failure("\(type.name) is listed twice", at: start, bytes)
      }
      types.insert(ElementTypeSet(type))
    }
    return types
  }

  /// Dictionary types are written `int64 to float32`.
  private mutating func mapTypes(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [AllowedTypes.MapType] {
    var types: [AllowedTypes.MapType] = []
    try array(bytes) { (fields, bytes) throws(JSONFailure) in
      let start = try fields.valueOffset(bytes)
      let words = try fields.string(bytes).split(separator: " ", omittingEmptySubsequences: false)
      guard words.count == 3, words[1] == "to" else {
        throw fields.failure("expected a type such as \"int64 to string\"", at: start, bytes)
      }
      types.append(
        AllowedTypes.MapType(
          key: try fields.elementType(String(words[0]), at: start, bytes),
          value: try fields.elementType(String(words[2]), at: start, bytes)))
    }
    return types
  }

  private func elementType(
    _ name: String, at offset: Int, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> ElementType {
    guard let type = ElementType(name: name), type != .undefined else {
      throw failure("\"\(name)\" is no element type", at: offset, bytes)
    }
    return type
  }

  // MARK: Type parameters and parameters

  /// The type parameters of an operator: the name of a type set for each.
  mutating func typeParameters(
    _ bytes: Span<UInt8>, _ typeSets: inout TypeSets
  ) throws(JSONFailure) -> [String: AllowedTypes] {
    var types: [String: AllowedTypes] = [:]
    try beginObject(bytes)
    while let key = try nextKey(bytes, unless: { types[$0] != nil }) {
      let start = try valueOffset(bytes)
      let name = try string(bytes)
      guard let set = try typeSets.set(named: name, bytes) else {
        throw failure("no type set before this is named \"\(name)\"", at: start, bytes)
      }
      types[key] = set
      leave()
    }
    return types
  }

  /// Formal inputs or outputs; types that stand for themselves are added to `types`.
  mutating func parameters(
    _ bytes: Span<UInt8>, _ types: inout [String: AllowedTypes]
  ) throws(JSONFailure) -> [OperatorParameter] {
    var result: [OperatorParameter] = []
    try beginObject(bytes)
    while let name = try nextKey(bytes, unless: { name in result.contains { $0.name == name } }) {
      let start = try valueOffset(bytes)
      guard result.last?.option != .variadic else {
        throw failure("only the last parameter can be variadic", at: start, bytes)
      }
      guard let parameter = OperatorParameter(name: name, text: try string(bytes)) else {
        throw failure(
          "expected a type, alone or with optional, variadic or variadic mixed", at: start, bytes)
      }
      if types[parameter.typeParameter] == nil {
        types[parameter.typeParameter] = try fixedType(parameter.typeParameter, at: start, bytes)
      }
      result.append(parameter)
      leave()
    }
    return result
  }

  /// A type that stands for itself, such as `tensor(int64)`.
  private func fixedType(
    _ text: String, at offset: Int, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> AllowedTypes {
    guard text.hasPrefix("tensor("), text.hasSuffix(")") else {
      throw failure(
        "\"\(text)\" is no tensor type and not in \"types\", which must stand first", at: offset,
        bytes)
    }
    let type = try elementType(String(text.dropFirst(7).dropLast()), at: offset, bytes)
    return AllowedTypes(tensors: ElementTypeSet(type))
  }
}

extension OperatorParameter {
  /// Reads `T`, `T optional`, `T variadic` or `T variadic mixed`.
  fileprivate init?(name: String, text: String) {
    let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard let type = words.first, !type.isEmpty else { return nil }
    let option: Option
    var isHomogeneous = true
    switch words.count == 2 ? words[1] : "" {
    case "" where words.count == 1: option = .single
    case "optional": option = .optional
    case "variadic": option = .variadic
    case "variadic mixed":
      option = .variadic
      isHomogeneous = false
    default: return nil
    }
    self.init(
      name: name, option: option, isHomogeneous: isHomogeneous, typeParameter: String(type))
  }
}
