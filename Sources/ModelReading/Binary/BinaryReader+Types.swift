import Bytes
import ModelGraph

extension BinaryReader {
  /// Deepest nesting of sequence, optional and map types; protobuf runtimes stop at about 47.
  private static let deepestType = 64

  /// The entry of a declared type; equal records share one.
  mutating func typeReference(
    _ record: ByteRange, mergedWith more: [ByteRange] = [], _ bytes: Span<UInt8>
  ) throws(WireFailure) -> TypeReference {
    if more.isEmpty {
      let key = typeRecords.intern(record, in: bytes)
      if key == graph.types.count { try addType(record, bytes) }
      return emptyTypes.contains(key) ? .none : TypeReference(key)
    }
    // Protobuf merges a repeated message as if the records stood one after the other.
    var merged: [UInt8] = []
    for part in [record] + more {
      for index in part.start..<part.end { merged.append(bytes[index]) }
    }
    let key = typeRecords.append(record)
    try addType(ByteRange(0, merged.count), merged.span)
    return emptyTypes.contains(key) ? .none : TypeReference(key)
  }

  /// Adds the type of a record that is the last of `typeRecords`.
  private mutating func addType(_ record: ByteRange, _ bytes: Span<UInt8>) throws(WireFailure) {
    let type = try type(record, depth: 0, bytes)
    if type == nil { emptyTypes.insert(graph.types.count) }
    graph.types.append(type ?? .tensor(TensorType(.undefined)))
  }

  private mutating func type(
    _ record: ByteRange, depth: Int, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> ValueType? {
    guard depth < Self.deepestType else {
      throw WireFailure("types nested more than \(Self.deepestType) deep", at: record.start)
    }
    var result: ValueType?
    var rest = record
    while let (field, content) = try bytes.nextDelimited(&rest) {
      switch field {
      case Field.TypeChoice.tensor:
        if case .tensor(var known) = result {
          try readTensorType(content, into: &known, bytes)
          result = .tensor(known)
        } else {
          var fresh = TensorType(.undefined)
          try readTensorType(content, into: &fresh, bytes)
          result = .tensor(fresh)
        }
      case Field.TypeChoice.sparseTensor:
        var fresh = TensorType(.undefined)
        try readTensorType(content, into: &fresh, bytes)
        result = .sparseTensor(fresh)
      case Field.TypeChoice.sequence:
        result = .sequence(try elementType(content, depth: depth, bytes))
      case Field.TypeChoice.optional:
        result = .optional(try elementType(content, depth: depth, bytes))
      case Field.TypeChoice.map: result = try mapType(content, depth: depth, bytes)
      case Field.TypeChoice.opaque: result = try opaqueType(content, bytes)
      default: break
      }
    }
    return result
  }

  /// The one `TypeProto` inside a sequence or optional type.
  private mutating func elementType(
    _ record: ByteRange, depth: Int, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> ValueType? {
    var rest = record
    var result: ValueType?
    while let (field, content) = try bytes.nextDelimited(&rest) {
      guard field == Field.ContainerType.elementType else { continue }
      result = try type(content, depth: depth + 1, bytes)
    }
    return result
  }

  private mutating func mapType(
    _ record: ByteRange, depth: Int, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> ValueType {
    var rest = record
    var key = ElementType.undefined
    var value: ValueType?
    while !rest.isEmpty {
      let tag = try bytes.tag(&rest)
      switch (tag.field, tag.type) {
      case (Field.MapType.key, .varint): key = try elementTypeNumber(&rest, bytes)
      case (Field.MapType.value, .delimited):
        value = try type(try bytes.delimited(&rest), depth: depth + 1, bytes)
      default: try bytes.skip(tag, &rest)
      }
    }
    return .map(key: key, value: value)
  }

  private func opaqueType(
    _ record: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> ValueType {
    let pair = try textPair(record, bytes)
    return .opaque(domain: pair.key, name: pair.value)
  }

  private mutating func elementTypeNumber(
    _ rest: inout ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> ElementType {
    let start = rest.start
    let number = Int32(truncatingIfNeeded: try bytes.varint(&rest))
    if let raw = UInt8(exactly: number), let type = ElementType(rawValue: raw) { return type }
    note(.unknownEnumeration, "element type \(number) is not defined", at: start)
    return .undefined
  }

  private mutating func readTensorType(
    _ record: ByteRange, into type: inout TensorType, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    var rest = record
    while !rest.isEmpty {
      let tag = try bytes.tag(&rest)
      switch (tag.field, tag.type) {
      case (Field.TensorType.elementType, .varint):
        type.elementType = try elementTypeNumber(&rest, bytes)
      case (Field.TensorType.shape, .delimited):
        var shape = type.shape ?? []
        try readShape(try bytes.delimited(&rest), into: &shape, bytes)
        type.shape = shape
      default: try bytes.skip(tag, &rest)
      }
    }
  }

  private mutating func readShape(
    _ record: ByteRange, into shape: inout [Dimension], _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    var rest = record
    while let (field, content) = try bytes.nextDelimited(&rest) {
      guard field == Field.Shape.dimension else { continue }
      shape.append(try dimension(content, bytes))
    }
  }

  private mutating func dimension(
    _ record: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> Dimension {
    var rest = record
    var result = Dimension.unknown
    while !rest.isEmpty {
      let tag = try bytes.tag(&rest)
      switch (tag.field, tag.type) {
      case (Field.Dimension.value, .varint):
        let extent = Int64(bitPattern: try bytes.varint(&rest))
        if extent < 0 { note(.badDimension, "dimension \(extent) is negative", at: record.start) }
        result = .fixed(extent)
      case (Field.Dimension.parameter, .delimited):
        let name = bytes.text(try bytes.delimited(&rest))
        result = name.isEmpty ? .unknown : .symbol(name)
      default: try bytes.skip(tag, &rest)
      }
    }
    return result
  }
}
