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
        try reserve(for: record, of: scope.scope, bytes)
        try readGraph(record, scope, bytes)
      }
    }
    operandNames.resolve(in: &graph, bytes)
    guard graph.names.count + staging.nameCount < Int(Int32.max) else {
      throw WireFailure("more than 2³¹ names of values", at: scope.records.first?.start ?? 0)
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
        staging.initializers.append(try readTensor([content], bytes))
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
        staging.inputs.append((content, .none))
      case Field.Function.output:
        staging.outputs.append((content, .none))
      case Field.Function.valueInfo: staging.valueInfos.append(try valueInfo(content, bytes))
      case Field.Function.name:
        graph.scopes[scope.scope.index].name = try keep(content)
      default: break
      }
    }
  }

  /// Makes room for what a graph seems to hold, so that big tables are allocated once.
  private mutating func reserve(
    for record: ByteRange, of scope: ScopeReference, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    guard record.count > 1 << 16 else { return }
    let size = try GraphSize(of: record, bytes)
    graph.nodes.reserveLarge(graph.nodes.count + size.nodes)
    graph.texts.reserve(size.nodes + size.initializers)
    graph.values.reserveLarge(
      graph.values.count + size.nodes + size.initializers + size.others / 2)
    graph.tensors.reserveLarge(graph.tensors.count + size.initializers)
    staging.initializers.reserveCapacity(size.initializers)
    if scope.index == 0 { operandNames.prepare(for: size, in: graph.source) }
  }

  /// The reference of an attribute's name, the same for equal names; `none` for the empty name.
  mutating func attributeName(
    _ range: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> TextReference {
    guard !range.isEmpty else { return .none }
    try checkRoom(for: range)
    return TextReference(graph.texts.intern(range, in: bytes))
  }

  /// The reference of a text that nobody looks up by its content.
  mutating func keep(_ range: ByteRange) throws(WireFailure) -> TextReference {
    try checkRoom(for: range)
    return TextReference(graph.texts.append(range))
  }

  private func checkRoom(for range: ByteRange) throws(WireFailure) {
    guard graph.texts.hasRoom else {
      throw WireFailure("the model has more than 2³¹ texts", at: range.start)
    }
  }

  private mutating func valueInfo(
    _ record: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> (name: ByteRange, type: TypeReference) {
    var rest = record
    var name = ByteRange(record.start, record.start)
    var types: [ByteRange] = []
    var firstType: ByteRange?
    while let (field, content) = try bytes.nextDelimited(&rest) {
      switch field {
      case Field.ValueInfo.name: name = content
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
    let sparse = try readSparseTensor(record, bytes)
    staging.sparseInitializers.append(
      (sparse.values, sparse.indices, sparse.dims, .byte(record.start)))
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
