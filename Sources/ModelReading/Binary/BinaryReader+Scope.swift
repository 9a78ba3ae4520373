import Bytes
import ModelGraph

extension BinaryReader {
  /// Reads all records of a scope; names stay unresolved.
  mutating func readScope(_ scope: PendingScope, _ bytes: Span<UInt8>) throws(WireFailure) {
    staging.clear()
    let firstNode = graph.nodes.count
    if case .function = graph.scopes[scope.scope.index].kind {
      for record in scope.records { try readFunctionBody(record, scope, bytes) }
    } else {
      for record in scope.records {
        try reserve(for: record, bytes)
        try readGraph(record, scope, bytes)
      }
    }
    graph.scopes[scope.scope.index].nodes = Run(
      start: firstNode, count: graph.nodes.count - firstNode)
  }

  private mutating func readGraph(
    _ record: ByteRange, _ scope: PendingScope, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    var rest = record
    while let (field, content) = try bytes.nextDelimited(&rest) {
      switch field {
      case Field.Graph.node: try readNode(content, scope, bytes)
      case Field.Graph.initializer:
        staging.initializers.append(try readTensor([content], isNamed: true, bytes))
      case Field.Graph.valueInfo: staging.valueInfos.append(try valueInfo(content, bytes))
      case Field.Graph.input: staging.inputs.append(try valueInfo(content, bytes))
      case Field.Graph.output: staging.outputs.append(try valueInfo(content, bytes))
      case Field.Graph.name:
        graph.scopes[scope.scope.index].name = try keep(content)
      case Field.Graph.sparseInitializer: try readSparseInitializer(content, bytes)
      case Field.Graph.quantizationAnnotation: try readQuantizationAnnotation(content, bytes)
      default: break
      }
    }
  }

  private mutating func readFunctionBody(
    _ record: ByteRange, _ scope: PendingScope, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    var rest = record
    while let (field, content) = try bytes.nextDelimited(&rest) {
      switch field {
      case Field.Function.node: try readNode(content, scope, bytes)
      case Field.Function.input:
        staging.inputs.append((try intern(content, bytes), .none))
      case Field.Function.output:
        staging.outputs.append((try intern(content, bytes), .none))
      case Field.Function.valueInfo: staging.valueInfos.append(try valueInfo(content, bytes))
      case Field.Function.name:
        graph.scopes[scope.scope.index].name = try keep(content)
      default: break
      }
    }
  }

  /// Counts the records of a graph first, so that big tables are allocated once and fit.
  private mutating func reserve(for record: ByteRange, _ bytes: Span<UInt8>) throws(WireFailure) {
    guard record.count > 1 << 16 else { return }
    var rest = record
    var nodes = 0
    var initializers = 0
    var others = 0
    while !rest.isEmpty {
      let tag = try bytes.tag(&rest)
      switch tag.field {
      case Field.Graph.node: nodes += 1
      case Field.Graph.initializer: initializers += 1
      default: others += 1
      }
      try bytes.skip(tag, &rest)
    }
    graph.nodes.reserveLarge(graph.nodes.count + nodes)
    graph.operands.reserveLarge(graph.operands.count + 3 * nodes)
    graph.names.reserve(interned: nodes + initializers, others: nodes)
    graph.values.reserveLarge(graph.values.count + nodes + initializers + others / 2)
    graph.tensors.reserveLarge(graph.tensors.count + initializers)
    staging.initializers.reserveCapacity(initializers)
  }

  /// The reference of a value's name; the empty name stands for an omitted value.
  mutating func intern(
    _ range: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> NameReference {
    guard !range.isEmpty else { return .none }
    try checkRoom(for: range, in: graph.names)
    return graph.names.intern(range, in: bytes)
  }

  /// The reference of a text that nobody looks up by its content.
  mutating func keep(
    _ range: ByteRange
  ) throws(WireFailure) -> NameReference {
    try checkRoom(for: range, in: graph.names)
    return graph.names.append(range)
  }

  /// Refuses what a table of names cannot address.
  func checkRoom(for range: ByteRange, in table: borrowing NameTable) throws(WireFailure) {
    guard table.hasRoom else {
      throw WireFailure("the model has more than 2³¹ names and texts, or 1 TiB", at: range.start)
    }
  }

  private mutating func valueInfo(
    _ record: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> (name: NameReference, type: TypeReference) {
    var rest = record
    var name = NameReference.none
    var types: [ByteRange] = []
    var firstType: ByteRange?
    while let (field, content) = try bytes.nextDelimited(&rest) {
      switch field {
      case Field.ValueInfo.name: name = try intern(content, bytes)
      case Field.ValueInfo.type where firstType == nil: firstType = content
      case Field.ValueInfo.type: types.append(content)
      default: break
      }
    }
    guard let firstType else { return (name, .none) }
    let type = try typeReference(firstType, mergedWith: types, bytes)
    return (name, type)
  }

  private mutating func readSparseInitializer(
    _ record: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    let sparse = try readSparseTensor(record, isNamed: true, bytes)
    let name = graph.tensors[sparse.values.index].name
    staging.sparseInitializers.append(
      (name, sparse.values, sparse.indices, sparse.dims, .byte(record.start)))
  }

  private mutating func readQuantizationAnnotation(
    _ record: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    var rest = record
    var name = ""
    var parameters: [String: String] = [:]
    while let (field, content) = try bytes.nextDelimited(&rest) {
      switch field {
      case Field.QuantizationAnnotation.tensor: name = bytes.text(content)
      case Field.QuantizationAnnotation.parameter:
        let pair = try textPair(content, bytes)
        parameters[pair.key] = pair.value
      default: break
      }
    }
    graph.quantizationAnnotations.append(
      QuantizationAnnotation(tensor: name, parameters: parameters))
  }
}
