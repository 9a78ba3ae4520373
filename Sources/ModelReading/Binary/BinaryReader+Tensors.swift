import Bytes
import ModelGraph

extension BinaryReader {
  /// Reads the description of a tensor and notes where its elements stand.
  ///
  /// Several records are merged as protobuf does.
  mutating func readTensor(
    _ records: [ByteRange], _ bytes: Span<UInt8>
  ) throws(WireFailure) -> TensorReference {
    var fields = TensorFields()
    for record in records {
      var rest = record
      while !rest.isEmpty {
        let tag = try bytes.tag(&rest)
        try readField(tag, &rest, &fields, bytes)
      }
    }
    let start = graph.integerPool.count
    graph.integerPool.append(contentsOf: fields.dims)
    let tensor = Tensor(
      name: fields.name, elementTypeNumber: fields.dataType,
      dims: Run(start: start, count: fields.dims.count),
      storage: try storage(of: fields, bytes), storedBytes: fields.storedBytes,
      position: .byte(records.first?.start ?? 0))
    if fields.dataType != 0, tensor.elementType == .undefined {
      note(
        .unknownEnumeration, "element type \(fields.dataType) is not defined",
        at: records.first?.start ?? 0)
    }
    graph.tensors.append(tensor)
    return TensorReference(graph.tensors.count - 1)
  }

  private mutating func readField(
    _ tag: WireTag, _ rest: inout ByteRange, _ fields: inout TensorFields, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    switch (tag.field, tag.type) {
    case (Field.Tensor.dims, .varint):
      fields.dims.append(Int64(bitPattern: try bytes.varint(&rest)))
    case (Field.Tensor.dims, .delimited):
      var packed = try bytes.delimited(&rest)
      while !packed.isEmpty { fields.dims.append(Int64(bitPattern: try bytes.varint(&packed))) }
    case (Field.Tensor.dataType, .varint):
      fields.dataType = Int32(truncatingIfNeeded: try bytes.varint(&rest))
    case (Field.Tensor.name, .delimited):
      let name = try bytes.delimited(&rest)
      if !name.isEmpty { fields.name = try keep(name) }
    case (Field.Tensor.rawData, .delimited): fields.raw = try bytes.delimited(&rest)
    case (Field.Tensor.externalData, .delimited):
      fields.external.append(try textPair(try bytes.delimited(&rest), bytes))
    case (Field.Tensor.dataLocation, .varint):
      fields.isExternal = try bytes.varint(&rest) == 1
    case (Field.Tensor.elidedBytes, .varint) where isTranscoded:
      fields.elidedBytes += Int(clamping: try bytes.varint(&rest))
    case (Field.Tensor.stringData, .delimited):
      let content = try bytes.delimited(&rest)
      fields.textCount += 1
      fields.textBytes += content.count
      if fields.textCount <= ModelGraph.longestKeptList { fields.texts.append(content) }
    case (Field.Tensor.floatData, _), (Field.Tensor.int32Data, _), (Field.Tensor.int64Data, _),
      (Field.Tensor.doubleData, _), (Field.Tensor.uint64Data, _):
      try readNumbers(tag, &rest, &fields, bytes)
    default: try bytes.skip(tag, &rest)
    }
  }

  /// Notes a packed or single element of a typed data field.
  private func readNumbers(
    _ tag: WireTag, _ rest: inout ByteRange, _ fields: inout TensorFields, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    let isFixed = tag.field == Field.Tensor.floatData || tag.field == Field.Tensor.doubleData
    let start = rest.start
    switch tag.type {
    case .delimited: fields.addChunk(try bytes.delimited(&rest), isFixed: isFixed)
    case .varint where !isFixed, .fixed32 where isFixed, .fixed64 where isFixed:
      try bytes.skip(tag, &rest)
      fields.addChunk(ByteRange(start, rest.start), isFixed: isFixed)
    default: try bytes.skip(tag, &rest)
    }
  }

  private mutating func storage(
    of fields: TensorFields, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> Tensor.Storage {
    if fields.isExternal {
      graph.externalData.append(ExternalData(fields.external))
      return .external(graph.externalData.count - 1)
    }
    if fields.elidedBytes > 0 { return .notKept }
    if let raw = fields.raw { return .file(raw) }
    if fields.textCount > 0 {
      guard fields.textCount <= ModelGraph.longestKeptList else { return .notKept }
      let start = graph.textPool.count
      for text in fields.texts {
        graph.textPool.append(try keep(text))
      }
      return .texts(Run(start: start, count: fields.textCount))
    }
    guard let first = fields.chunks.first else { return .none }
    if fields.chunkCount == 1 { return fields.isFixed ? .file(first) : .fileVarints(first) }
    guard fields.chunkCount == fields.chunks.count else { return .notKept }
    return joined(fields.chunks, isFixed: fields.isFixed, bytes)
  }

  /// Puts the pieces of a small constant together.
  private mutating func joined(
    _ chunks: [ByteRange], isFixed: Bool, _ bytes: Span<UInt8>
  ) -> Tensor.Storage {
    let start = graph.joinedPayloads.count
    for chunk in chunks {
      for index in chunk.start..<chunk.end { graph.joinedPayloads.append(bytes[index]) }
    }
    let range = ByteRange(start, graph.joinedPayloads.count)
    return isFixed ? .joined(range) : .joinedVarints(range)
  }

  /// Reads a `SparseTensorProto`.
  mutating func readSparseTensor(
    _ record: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> (values: TensorReference, indices: TensorReference, dims: Run) {
    var rest = record
    var values: [ByteRange] = []
    var indices: [ByteRange] = []
    var dims: [Int64] = []
    while !rest.isEmpty {
      let tag = try bytes.tag(&rest)
      switch (tag.field, tag.type) {
      case (1, .delimited): values.append(try bytes.delimited(&rest))
      case (2, .delimited): indices.append(try bytes.delimited(&rest))
      case (3, .varint): dims.append(Int64(bitPattern: try bytes.varint(&rest)))
      case (3, .delimited):
        var packed = try bytes.delimited(&rest)
        while !packed.isEmpty { dims.append(Int64(bitPattern: try bytes.varint(&packed))) }
      default: try bytes.skip(tag, &rest)
      }
    }
    let valuesTensor = try readTensor(values, bytes)
    let indicesTensor = try readTensor(indices, bytes)
    let start = graph.integerPool.count
    graph.integerPool.append(contentsOf: dims)
    return (valuesTensor, indicesTensor, Run(start: start, count: dims.count))
  }
}

/// What has been seen of a `TensorProto`.
private struct TensorFields {
  var dims: [Int64] = []
  var dataType: Int32 = 0
  var name = TextReference.none
  var raw: ByteRange?
  var external: [(key: String, value: String)] = []
  var isExternal = false
  var elidedBytes = 0
  var texts: [ByteRange] = []
  var textCount = 0
  var textBytes = 0
  /// Pieces of the typed data, as long as there are few enough to keep.
  var chunks: [ByteRange] = []
  var chunkCount = 0
  var chunkBytes = 0
  var isFixed = false

  mutating func addChunk(_ chunk: ByteRange, isFixed fixed: Bool) {
    isFixed = fixed
    chunkCount += 1
    chunkBytes += chunk.count
    if chunks.count < ModelGraph.longestKeptList { chunks.append(chunk) }
  }

  var storedBytes: Int {
    isExternal ? 0 : elidedBytes + (raw?.count ?? 0) + textBytes + chunkBytes
  }
}

extension ExternalData {
  /// Takes the entries of a tensor; of repeated keys the last one counts.
  fileprivate init(_ entries: [(key: String, value: String)]) {
    var location = ""
    var offset: Int64?
    var length: Int64?
    var malformed: String?
    for entry in entries {
      switch entry.key {
      case "location": location = entry.value
      case "offset":
        offset = Int64(entry.value)
        if offset == nil { malformed = "offset \"\(entry.value)\"" }
      case "length":
        length = Int64(entry.value)
        if length == nil { malformed = "length \"\(entry.value)\"" }
      default: break
      }
    }
    self.init(location: location, offset: offset, length: length, malformed: malformed)
  }
}
