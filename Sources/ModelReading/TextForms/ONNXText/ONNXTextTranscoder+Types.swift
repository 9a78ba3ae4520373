import Bytes
import ModelGraph

/// A type as ONNX's textual syntax writes it.
indirect enum ONNXTextType: Sendable {
  case tensor(ElementType, shape: [ONNXTextDimension]?)
  case sparseTensor(ElementType, shape: [ONNXTextDimension]?)
  case sequence(ONNXTextType)
  case optional(ONNXTextType)
  case map(key: ElementType, value: ONNXTextType)
  case opaque(domain: [ONNXTextToken], name: [ONNXTextToken])
}

/// A dimension of a type.
enum ONNXTextDimension: Sendable {
  case unknown
  case value(Int64)
  /// A name, or any text in quotes.
  case parameter(ONNXTextToken)
}

/// ```
/// type = element [ dims ] | 'seq' '(' type ')' | 'optional' '(' type ')'
///      | 'map' '(' element ',' type ')' | 'sparse_tensor' '(' element [ dims ] ')'
///      | 'opaque' '(' [ dotted [ ',' identifier ] ] ')'
/// dims = '[' ']' | '[' dim {',' dim} ']'          dim = '?' | name | integer
/// ```
extension ONNXTextTranscoder {
  /// Whether a type comes next; no name starts like one where a type may stand.
  func isAtType(_ source: Span<UInt8>) -> Bool {
    guard token.kind == .identifier else { return false }
    let word = source.text(token.range)
    switch word {
    case "seq", "map", "optional", "sparse_tensor", "opaque": return true
    default: return Self.elementType(word) != nil
    }
  }

  /// The element type that the syntax calls `word`.
  private static func elementType(_ word: String) -> ElementType? {
    switch word {
    // The names of our reports for what the syntax calls float and double.
    case "float32", "float64", "undefined": nil
    default: ElementType(name: word)
    }
  }

  /// Reads a type.
  mutating func type(
    depth: Int = 1, _ source: Span<UInt8>
  ) throws(ReadFailure) -> ONNXTextType {
    guard depth <= limits.typeDepth else {
      throw failure("types are nested more than \(limits.typeDepth) levels deep", source)
    }
    let keyword = try identifier("a type", source)
    let word = source.text(keyword.range)
    if let element = Self.elementType(word) {
      return .tensor(element, shape: try shape(source))
    }
    guard ["seq", "optional", "map", "sparse_tensor", "opaque"].contains(word) else {
      throw failure("'\(word)' is no type", source, at: keyword)
    }
    try expect("(", source)
    let type: ONNXTextType
    switch word {
    case "seq": type = .sequence(try self.type(depth: depth + 1, source))
    case "optional": type = .optional(try self.type(depth: depth + 1, source))
    case "map":
      let key = try elementType(source)
      try expect(",", source)
      type = .map(key: key, value: try self.type(depth: depth + 1, source))
    case "sparse_tensor": type = .sparseTensor(try elementType(source), shape: try shape(source))
    default: type = try opaque(source)
    }
    try expect(")", source)
    return type
  }

  private mutating func elementType(_ source: Span<UInt8>) throws(ReadFailure) -> ElementType {
    let name = try identifier("an element type", source)
    guard let element = Self.elementType(source.text(name.range)) else {
      throw failure("'\(source.text(name.range))' is no element type", source, at: name)
    }
    return element
  }

  /// Reads dimensions in brackets; without brackets it is a scalar, with empty ones anything.
  private mutating func shape(
    _ source: Span<UInt8>
  ) throws(ReadFailure) -> [ONNXTextDimension]? {
    guard try take("[", source) else { return [] }
    if try take("]", source) { return nil }
    var dimensions: [ONNXTextDimension] = []
    repeat {
      if try take("?", source) {
        dimensions.append(.unknown)
      } else if token.isName {
        dimensions.append(.parameter(try name("a dimension", source)))
      } else {
        dimensions.append(.value(try integer("a dimension", source)))
      }
    } while try take(",", source)
    try expect("]", source, or: "','")
    return dimensions
  }

  /// Reads the name of an opaque type, perhaps after its domain.
  private mutating func opaque(_ source: Span<UInt8>) throws(ReadFailure) -> ONNXTextType {
    guard token.kind == .identifier else { return .opaque(domain: [], name: []) }
    let first = try dotted("a name", source)
    guard try take(",", source) else { return .opaque(domain: [], name: first) }
    return .opaque(domain: first, name: [try identifier("the name of an opaque type", source)])
  }

  /// Reads identifiers with points between them.
  mutating func dotted(
    _ expected: String, _ source: Span<UInt8>
  ) throws(ReadFailure) -> [ONNXTextToken] {
    var parts: [ONNXTextToken] = []
    repeat {
      parts.append(try identifier(expected, source))
    } while try take(".", source)
    return parts
  }

  // MARK: Writing

  /// Writes identifiers with points between them.
  mutating func write(
    dotted parts: some Collection<ONNXTextToken>, _ field: UInt32, in frame: inout MessageFrame,
    _ source: Span<UInt8>
  ) {
    var text: [UInt8] = []
    for part in parts {
      if !text.isEmpty { text.append(UInt8(ascii: ".")) }
      for index in part.range.start..<part.range.end { text.append(source[index]) }
    }
    writer.text(ByteRange(0, text.count), of: text.span, field, in: &frame)
  }

  /// Writes a type.
  mutating func write(
    _ type: ONNXTextType, _ field: UInt32, in parent: inout MessageFrame, _ source: Span<UInt8>
  ) {
    var frame = writer.begin(.type, field, in: &parent)
    switch type {
    case .tensor(let element, let shape):
      write(element, shape, .tensorType, Field.TypeChoice.tensor, in: &frame, source)
    case .sparseTensor(let element, let shape):
      write(element, shape, .sparseTensorType, Field.TypeChoice.sparseTensor, in: &frame, source)
    case .sequence(let element):
      write(element, within: .sequenceType, Field.TypeChoice.sequence, in: &frame, source)
    case .optional(let element):
      write(element, within: .optionalType, Field.TypeChoice.optional, in: &frame, source)
    case .map(let key, let value):
      var map = writer.begin(.mapType, Field.TypeChoice.map, in: &frame)
      writer.varint(UInt64(key.rawValue), Field.MapType.key, in: &map)
      write(value, Field.MapType.value, in: &map, source)
      writer.end(&map)
    case .opaque(let domain, let name):
      var opaque = writer.begin(.opaqueType, Field.TypeChoice.opaque, in: &frame)
      if !domain.isEmpty { write(dotted: domain, Field.OpaqueType.domain, in: &opaque, source) }
      if !name.isEmpty { write(dotted: name, Field.OpaqueType.name, in: &opaque, source) }
      writer.end(&opaque)
    }
    writer.end(&frame)
  }

  private mutating func write(
    _ element: ONNXTextType, within message: ProtoMessage, _ field: UInt32,
    in parent: inout MessageFrame, _ source: Span<UInt8>
  ) {
    var frame = writer.begin(message, field, in: &parent)
    write(element, Field.ContainerType.elementType, in: &frame, source)
    writer.end(&frame)
  }

  private mutating func write(
    _ element: ElementType, _ shape: [ONNXTextDimension]?, _ message: ProtoMessage,
    _ field: UInt32, in parent: inout MessageFrame, _ source: Span<UInt8>
  ) {
    var frame = writer.begin(message, field, in: &parent)
    writer.varint(UInt64(element.rawValue), Field.TensorType.elementType, in: &frame)
    if let shape {
      var dims = writer.begin(.shape, Field.TensorType.shape, in: &frame)
      for dimension in shape { write(dimension, in: &dims, source) }
      writer.end(&dims)
    }
    writer.end(&frame)
  }

  private mutating func write(
    _ dimension: ONNXTextDimension, in shape: inout MessageFrame, _ source: Span<UInt8>
  ) {
    var frame = writer.begin(.dimension, Field.Shape.dimension, in: &shape)
    switch dimension {
    case .unknown: break
    case .value(let value):
      writer.varint(UInt64(bitPattern: value), Field.Dimension.value, in: &frame)
    case .parameter(let name): write(name, Field.Dimension.parameter, in: &frame, source)
    }
    writer.end(&frame)
  }
}
