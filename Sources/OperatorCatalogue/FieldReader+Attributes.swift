import Bytes
import ModelGraph

extension FieldReader {
  /// Attributes by name: a kind (`"ints"`, `"int required"`), or a kind with the default
  /// (`{"float": 0.01}`).
  mutating func attributes(_ bytes: Span<UInt8>) throws(JSONFailure) -> [AttributeSchema] {
    var result: [AttributeSchema] = []
    try beginObject(bytes)
    while let name = try nextKey(bytes, unless: { name in result.contains { $0.name == name } }) {
      let isObject = try isAtObject(bytes)
      result.append(
        isObject ? try attributeWithDefault(name, bytes) : try plainAttribute(name, bytes))
      leave()
    }
    return result
  }

  private mutating func plainAttribute(
    _ name: String, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> AttributeSchema {
    let start = try valueOffset(bytes)
    let text = try string(bytes)
    let suffix = " required"
    let isRequired = text.hasSuffix(suffix)
    let kindName = isRequired ? String(text.dropLast(suffix.count)) : text
    guard let kind = AttributeKind(schemaName: kindName) else {
      throw failure("\"\(kindName)\" is no kind of attribute", at: start, bytes)
    }
    return AttributeSchema(name: name, kind: kind, isRequired: isRequired)
  }

  private mutating func attributeWithDefault(
    _ name: String, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> AttributeSchema {
    let start = try beginObject(bytes)
    var result: AttributeSchema?
    while let kind = try nextKey(bytes) {
      guard result == nil else { throw keyFailure("an attribute has one kind", bytes) }
      let value = try defaultValue(kind, bytes)
      result = AttributeSchema(name: name, kind: value.kind, defaultValue: value)
      leave()
    }
    guard let result else { throw failure("expected a kind with the default", at: start, bytes) }
    return result
  }

  private mutating func defaultValue(
    _ kind: String, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> AttributeDefault {
    switch kind {
    case "int": .int(try integer(bytes))
    case "float": .float(try double(bytes))
    case "string": .string(try string(bytes))
    case "ints": .ints(try integers(bytes))
    case "floats": .floats(try doubles(bytes))
    case "strings": .strings(try strings(bytes))
    default: throw unknownKey(bytes)
    }
  }
}

extension AttributeDefault {
  /// The kind of attribute that has such a value.
  fileprivate var kind: AttributeKind {
    switch self {
    case .int: .int
    case .float: .float
    case .string: .string
    case .ints: .ints
    case .floats: .floats
    case .strings: .strings
    }
  }
}

extension AttributeKind {
  /// Names in operator files, by raw value; the undefined kind has none.
  private static let schemaNames = [
    "", "float", "int", "string", "tensor", "graph", "floats", "ints", "strings", "tensors",
    "graphs", "sparseTensor", "sparseTensors", "type", "types",
  ]

  /// Finds a kind by the name that operator files use.
  fileprivate init?(schemaName name: String) {
    guard !name.isEmpty, let number = Self.schemaNames.firstIndex(of: name) else { return nil }
    self.init(rawValue: UInt8(number))
  }
}
