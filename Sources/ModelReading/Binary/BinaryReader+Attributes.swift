import Bytes
import ModelGraph

extension BinaryReader {
  /// Reads attribute records into consecutive entries.
  mutating func readAttributes(
    _ records: [ByteRange], of node: NodeReference, in scope: ScopeReference, depth: Int,
    _ bytes: Span<UInt8>
  ) throws(WireFailure) -> Run {
    let start = graph.attributes.count
    for record in records {
      let holder = AttributeHolder(node: node, scope: scope, depth: depth)
      graph.attributes.append(try readAttribute(record, holder, bytes))
    }
    return Run(start: start, count: graph.attributes.count - start)
  }

  private mutating func readAttribute(
    _ record: ByteRange, _ holder: AttributeHolder, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> Attribute {
    var fields = AttributeFields()
    scratch.integers.removeAll(keepingCapacity: true)
    scratch.floats.removeAll(keepingCapacity: true)
    scratch.texts.removeAll(keepingCapacity: true)
    var rest = record
    while !rest.isEmpty {
      let tag = try bytes.tag(&rest)
      switch tag.field {
      case Field.Attribute.ints: try readIntegers(tag, &rest, &fields, bytes)
      case Field.Attribute.floats: try readFloats(tag, &rest, &fields, bytes)
      default: try readField(tag, &rest, &fields, bytes)
      }
    }
    let kind = fields.kind ?? fields.deducedKind
    if kind == .undefined, let number = fields.undeclaredKind {
      note(
        .unknownEnumeration, "attribute type \(number) is not defined", node: holder.node,
        at: record.start)
    }
    return Attribute(name: fields.name, value: try value(of: kind, fields, holder, bytes))
  }

  /// Reads one field that is no list of numbers.
  private mutating func readField(
    _ tag: WireTag, _ rest: inout ByteRange, _ fields: inout AttributeFields,
    _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    switch (tag.field, tag.type) {
    case (Field.Attribute.name, .delimited):
      fields.name = try attributeName(try bytes.delimited(&rest), bytes)
    case (Field.Attribute.float, .fixed32):
      fields.float = Float(bitPattern: try bytes.fixed32(&rest))
    case (Field.Attribute.int, .varint):
      fields.int = Int64(bitPattern: try bytes.varint(&rest))
    case (Field.Attribute.string, .delimited): fields.string = try bytes.delimited(&rest)
    case (Field.Attribute.tensor, .delimited):
      fields.tensor.append(try bytes.delimited(&rest))
    case (Field.Attribute.graph, .delimited): fields.graph.append(try bytes.delimited(&rest))
    case (Field.Attribute.strings, .delimited):
      try readText(try bytes.delimited(&rest), &fields, bytes)
      if fields.textCount > ModelGraph.longestKeptList {
        fields.textCount += try bytes.passRun(of: tag, kind: .strings, &rest)
      }
    case (Field.Attribute.tensors, .delimited):
      fields.tensors.append(try bytes.delimited(&rest))
    case (Field.Attribute.graphs, .delimited): fields.graphs.append(try bytes.delimited(&rest))
    case (Field.Attribute.typeProto, .delimited):
      fields.type.append(try bytes.delimited(&rest))
    case (Field.Attribute.typeProtos, .delimited):
      _ = try bytes.delimited(&rest)
      fields.typeCount += 1
    case (Field.Attribute.sparseTensor, .delimited):
      fields.sparseTensor = try bytes.delimited(&rest)
    case (Field.Attribute.sparseTensors, .delimited):
      _ = try bytes.delimited(&rest)
      fields.sparseTensorCount += 1
    case (Field.Attribute.type, .varint): fields.setKind(try bytes.varint(&rest))
    case (Field.Attribute.reference, .delimited):
      let name = try bytes.delimited(&rest)
      fields.reference = try attributeName(name, bytes)
    case (Field.Attribute.elidedListLength, .varint) where isTranscoded:
      fields.elidedLength = Int(clamping: try bytes.varint(&rest))
    default: try bytes.skip(tag, &rest)
    }
  }

  private mutating func readText(
    _ content: ByteRange, _ fields: inout AttributeFields, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    fields.textCount += 1
    guard fields.textCount <= ModelGraph.longestKeptList else { return }
    scratch.texts.append(try keep(content))
  }

  // MARK: Lists of numbers

  /// Counts and keeps whole numbers; long runs are only counted, without a store an element.
  private mutating func readIntegers(
    _ tag: WireTag, _ rest: inout ByteRange, _ fields: inout AttributeFields,
    _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    switch tag.type {
    case .varint:
      keep(Int64(bitPattern: try bytes.varint(&rest)), &fields)
      if fields.integerCount > ModelGraph.longestKeptList {
        fields.integerCount += try bytes.passRun(of: tag, kind: .ints, &rest)
      }
    case .delimited:
      var packed = try bytes.delimited(&rest)
      while !packed.isEmpty { keep(Int64(bitPattern: try bytes.varint(&packed)), &fields) }
    default: try bytes.skip(tag, &rest)
    }
  }

  private mutating func keep(_ number: Int64, _ fields: inout AttributeFields) {
    fields.integerCount += 1
    if fields.integerCount <= ModelGraph.longestKeptList { scratch.integers.append(number) }
  }

  private mutating func readFloats(
    _ tag: WireTag, _ rest: inout ByteRange, _ fields: inout AttributeFields,
    _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    switch tag.type {
    case .fixed32:
      keep(Float(bitPattern: try bytes.fixed32(&rest)), &fields)
      if fields.floatCount > ModelGraph.longestKeptList {
        fields.floatCount += try bytes.passRun(of: tag, kind: .floats, &rest)
      }
    case .delimited:
      var packed = try bytes.delimited(&rest)
      let total = fields.floatCount + packed.count / 4
      if total > ModelGraph.longestKeptList {
        fields.floatCount = total
        return
      }
      while !packed.isEmpty { keep(Float(bitPattern: try bytes.fixed32(&packed)), &fields) }
    default: try bytes.skip(tag, &rest)
    }
  }

  private mutating func keep(_ number: Float, _ fields: inout AttributeFields) {
    fields.floatCount += 1
    if fields.floatCount <= ModelGraph.longestKeptList { scratch.floats.append(number) }
  }

  // MARK: Values

  private mutating func value(
    of kind: AttributeKind, _ fields: AttributeFields, _ holder: AttributeHolder,
    _ bytes: Span<UInt8>
  ) throws(WireFailure) -> AttributeValue {
    if !fields.reference.isNone { return .reference(fields.reference, kind: kind) }
    switch kind {
    case .undefined: return .undefined
    case .float: return .float(fields.float ?? 0)
    case .int: return .int(fields.int ?? 0)
    case .string:
      let range = fields.string ?? ByteRange(0, 0)
      return .string(try keep(range))
    case .floats, .ints, .strings: return list(of: kind, fields)
    case .tensor:
      guard !fields.tensor.isEmpty else { return .undefined }
      return .tensor(try readTensor(fields.tensor, bytes))
    case .tensors:
      let start = graph.tensors.count
      for record in fields.tensors { _ = try readTensor([record], bytes) }
      return .tensors(Run(start: start, count: fields.tensors.count))
    case .graph:
      guard !fields.graph.isEmpty else { return .undefined }
      return .graph(try addSubgraph(fields.graph, index: 0, fields, holder))
    case .graphs:
      let start = graph.scopes.count
      for (index, record) in fields.graphs.enumerated() {
        _ = try addSubgraph([record], index: index, fields, holder)
      }
      return .graphs(Run(start: start, count: fields.graphs.count))
    case .sparseTensor:
      guard let record = fields.sparseTensor else { return .undefined }
      let sparse = try readSparseTensor(record, bytes)
      return .sparseTensor(values: sparse.values, indices: sparse.indices)
    case .sparseTensors: return .sparseTensors(count: fields.sparseTensorCount)
    case .type:
      guard let first = fields.type.first else { return .undefined }
      return .type(
        try typeReference(first, mergedWith: Array(fields.type.dropFirst()), bytes))
    case .types: return .types(count: fields.typeCount)
    }
  }

  private mutating func list(of kind: AttributeKind, _ fields: AttributeFields) -> AttributeValue {
    let count = fields.elidedLength ?? fields.count(of: kind)
    guard count <= ModelGraph.longestKeptList else { return .longList(kind, count: count) }
    switch kind {
    case .ints:
      let start = graph.integerPool.count
      graph.integerPool.append(contentsOf: scratch.integers)
      return .ints(Run(start: start, count: count))
    case .floats:
      let start = graph.floatPool.count
      graph.floatPool.append(contentsOf: scratch.floats)
      return .floats(Run(start: start, count: count))
    default:
      let start = graph.textPool.count
      graph.textPool.append(contentsOf: scratch.texts)
      return .strings(Run(start: start, count: count))
    }
  }

  private mutating func addSubgraph(
    _ records: [ByteRange], index: Int, _ fields: AttributeFields, _ holder: AttributeHolder
  ) throws(WireFailure) -> ScopeReference {
    guard holder.depth < Self.deepestSubgraph else {
      throw WireFailure(
        "subgraphs nested more than \(Self.deepestSubgraph) deep", at: records.first?.start ?? 0)
    }
    let kind: Scope.Kind =
      holder.node.isNone
      ? .attributeDefault(attribute: fields.name)
      : .subgraph(node: holder.node, attribute: fields.name, index: index)
    return addScope(kind, parent: holder.scope, records: records, depth: holder.depth + 1)
  }
}

/// The node and scope whose attributes are read.
private struct AttributeHolder {
  let node: NodeReference
  let scope: ScopeReference
  let depth: Int
}

/// What has been seen of an `AttributeProto`; its `type` may come last.
private struct AttributeFields {
  var name = TextReference.none
  var kind: AttributeKind?
  var undeclaredKind: UInt64?
  var float: Float?
  var int: Int64?
  var string: ByteRange?
  var tensor: [ByteRange] = []
  var graph: [ByteRange] = []
  var integerCount = 0
  var floatCount = 0
  var textCount = 0
  var tensors: [ByteRange] = []
  var graphs: [ByteRange] = []
  var type: [ByteRange] = []
  var typeCount = 0
  var reference = TextReference.none
  var sparseTensor: ByteRange?
  var sparseTensorCount = 0
  var elidedLength: Int?

  /// An undeclared number reads as unset, as closed enumerations do in protobuf.
  mutating func setKind(_ number: UInt64) {
    if let raw = UInt8(exactly: number), let known = AttributeKind(rawValue: raw) {
      kind = known == .undefined ? nil : known
    } else {
      undeclaredKind = number
    }
  }

  /// The kind told by the field that is present, for files older than the `type` field.
  var deducedKind: AttributeKind {
    if float != nil { return .float }
    if int != nil { return .int }
    if string != nil { return .string }
    if !tensor.isEmpty { return .tensor }
    if !graph.isEmpty { return .graph }
    if floatCount > 0 { return .floats }
    if integerCount > 0 { return .ints }
    if textCount > 0 { return .strings }
    if !tensors.isEmpty { return .tensors }
    if !graphs.isEmpty { return .graphs }
    if !type.isEmpty { return .type }
    if typeCount > 0 { return .types }
    if sparseTensor != nil { return .sparseTensor }
    return sparseTensorCount > 0 ? .sparseTensors : .undefined
  }

  func count(of kind: AttributeKind) -> Int {
    switch kind {
    case .ints: integerCount
    case .floats: floatCount
    default: textCount
    }
  }
}

extension Span where Element == UInt8 {
  /// Runs with more bytes than this are passed over by their length where that is possible.
  private static var longRun: Int { 1 << 16 }

  /// Passes over further unpacked elements with the same one-byte tag.
  ///
  /// A tree ensemble keeps 190 MB in such runs. Writers put the attribute's `type` behind them, as
  /// the last field; where it stands there and agrees, the run is not even looked at.
  ///
  /// - Returns: How many elements were passed; for a run of varints or texts that was not looked
  ///   at, a number that it has at least.
  fileprivate func passRun(
    of tag: WireTag, kind: AttributeKind, _ rest: inout ByteRange
  ) throws(WireFailure) -> Int {
    let last = rest.end - 3
    guard rest.count > Self.longRun, self[last] == 0xA0, self[last + 1] == 0x01,
      self[last + 2] == kind.rawValue
    else { return try countRun(of: tag, &rest) }
    switch tag.type {
    case .fixed32:
      guard (last - rest.start) % 5 == 0 else { return try countRun(of: tag, &rest) }
      defer { rest.start = last }
      return (last - rest.start) / 5
    case .varint:
      defer { rest.start = last }
      return (last - rest.start) / 11
    default:
      rest.start = last
      return 0
    }
  }

  /// Counts further unpacked elements with the same one-byte tag.
  private func countRun(of tag: WireTag, _ rest: inout ByteRange) throws(WireFailure) -> Int {
    let byte = UInt8(truncatingIfNeeded: tag.field << 3 | UInt32(tag.type.rawValue))
    var at = rest.start
    var count = 0
    while at < rest.end, self[at] == byte {
      var next = at + 1
      if tag.type == .fixed32 {
        next += 4
        guard next <= rest.end else { throw WireFailure("number cut short", at: at) }
      } else if tag.type == .delimited {
        var content = ByteRange(next, rest.end)
        _ = try delimited(&content)
        next = content.start
      } else {
        let limit = min(rest.end, next + 10)
        while next < limit, self[next] >= 0x80 { next += 1 }
        guard next < limit else { throw WireFailure("number cut short or too long", at: at) }
        next += 1
      }
      at = next
      count += 1
    }
    rest.start = at
    return count
  }
}
