import Bytes
import ModelGraph

extension BinaryReader {
  /// Reads the records outside the graphs and queues the graphs.
  mutating func readModel(_ bytes: Span<UInt8>) throws(WireFailure) {
    var graphRecords: [ByteRange] = []
    var functionRecords: [ByteRange] = []
    var trainingRecords: [ByteRange] = []
    var rest = ByteRange(0, bytes.count)
    while !rest.isEmpty {
      let tag = try bytes.tag(&rest)
      switch (tag.field, tag.type) {
      case (Field.Model.graph, .delimited): graphRecords.append(try bytes.delimited(&rest))
      case (Field.Model.functions, .delimited): functionRecords.append(try bytes.delimited(&rest))
      case (Field.Model.trainingInfo, .delimited):
        trainingRecords.append(try bytes.delimited(&rest))
      case (Field.Model.opsetImport, .delimited):
        let record = try bytes.delimited(&rest)
        try Self.addOpsetImport(record, to: &graph.opsetImports, bytes)
      default: try readHeaderField(tag, &rest, bytes)
      }
    }
    guard !graphRecords.isEmpty else { throw WireFailure("the model has no graph", at: 0) }
    addScope(.main, parent: .none, records: graphRecords, depth: 0)
    for record in functionRecords { try readFunctionHeader(record, bytes) }
    for record in trainingRecords { try readTrainingInfo(record, bytes) }
    graph.header.trainingInfoCount = trainingRecords.count
  }

  /// Makes a scope and queues its records.
  @discardableResult
  mutating func addScope(
    _ kind: Scope.Kind, parent: ScopeReference, records: [ByteRange], depth: Int
  ) -> ScopeReference {
    let scope = ScopeReference(graph.scopes.count)
    graph.scopes.append(
      Scope(kind: kind, parent: parent, position: .byte(records.first?.start ?? 0)))
    pending.append(PendingScope(scope: scope, records: records, depth: depth))
    return scope
  }

  private mutating func readHeaderField(
    _ tag: WireTag, _ rest: inout ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    switch (tag.field, tag.type) {
    case (Field.Model.irVersion, .varint):
      graph.header.irVersion = Int64(bitPattern: try bytes.varint(&rest))
    case (Field.Model.modelVersion, .varint):
      graph.header.modelVersion = Int64(bitPattern: try bytes.varint(&rest))
    case (Field.Model.producerName, .delimited):
      graph.header.producerName = bytes.text(try bytes.delimited(&rest))
    case (Field.Model.producerVersion, .delimited):
      graph.header.producerVersion = bytes.text(try bytes.delimited(&rest))
    case (Field.Model.domain, .delimited):
      graph.header.domain = bytes.text(try bytes.delimited(&rest))
    case (Field.Model.documentation, .delimited):
      graph.header.documentation = bytes.text(try bytes.delimited(&rest))
    case (Field.Model.metadata, .delimited):
      graph.header.metadata.append(try textPair(try bytes.delimited(&rest), bytes))
    case (Field.Model.configuration, .delimited):
      graph.header.deviceConfigurations.append(
        try deviceConfiguration(try bytes.delimited(&rest), bytes))
    default: try bytes.skip(tag, &rest)
    }
  }

  private static func addOpsetImport(
    _ record: ByteRange, to imports: inout [OpsetImport], _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    guard imports.count < mostOpsetImports else {
      throw WireFailure(
        "more than \(mostOpsetImports) operator sets are imported", at: record.start)
    }
    imports.append(try opsetImport(record, bytes))
  }

  private static func opsetImport(
    _ record: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> OpsetImport {
    var rest = record
    var domain = ""
    var version: Int64 = 0
    while !rest.isEmpty {
      let tag = try bytes.tag(&rest)
      switch (tag.field, tag.type) {
      case (Field.OperatorSet.domain, .delimited):
        domain = bytes.text(try bytes.delimited(&rest))
      case (Field.OperatorSet.version, .varint):
        version = Int64(bitPattern: try bytes.varint(&rest))
      default: try bytes.skip(tag, &rest)
      }
    }
    return OpsetImport(domain: domain, version: version)
  }

  /// A `StringStringEntryProto`.
  func textPair(
    _ record: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> (key: String, value: String) {
    var rest = record
    var pair = (key: "", value: "")
    while let (field, content) = try bytes.nextDelimited(&rest) {
      switch field {
      case Field.TextPair.key: pair.key = bytes.text(content)
      case Field.TextPair.value: pair.value = bytes.text(content)
      default: break
      }
    }
    return pair
  }

  private func deviceConfiguration(
    _ record: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) -> (name: String, deviceCount: Int64) {
    var rest = record
    var configuration = (name: "", deviceCount: Int64(0))
    while !rest.isEmpty {
      let tag = try bytes.tag(&rest)
      switch (tag.field, tag.type) {
      case (Field.DeviceConfiguration.name, .delimited):
        configuration.name = bytes.text(try bytes.delimited(&rest))
      case (Field.DeviceConfiguration.deviceCount, .varint):
        configuration.deviceCount = Int64(bitPattern: try bytes.varint(&rest))
      default: try bytes.skip(tag, &rest)
      }
    }
    return configuration
  }

  private mutating func readTrainingInfo(
    _ record: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    var rest = record
    while let (field, content) = try bytes.nextDelimited(&rest) {
      switch field {
      case Field.TrainingInfo.initialization, Field.TrainingInfo.algorithm:
        addScope(.training, parent: .none, records: [content], depth: 0)
      default: break
      }
    }
  }

  /// Reads what a function says of itself and queues its body.
  private mutating func readFunctionHeader(
    _ record: ByteRange, _ bytes: Span<UInt8>
  ) throws(WireFailure) {
    var rest = record
    var name = ""
    var domain = ""
    var overload = ""
    var imports: [OpsetImport] = []
    var attributeNames: [String] = []
    var defaults: [ByteRange] = []
    while !rest.isEmpty {
      let tag = try bytes.tag(&rest)
      switch (tag.field, tag.type) {
      case (Field.Function.name, .delimited): name = bytes.text(try bytes.delimited(&rest))
      case (Field.Function.domain, .delimited): domain = bytes.text(try bytes.delimited(&rest))
      case (Field.Function.overload, .delimited): overload = bytes.text(try bytes.delimited(&rest))
      case (Field.Function.attribute, .delimited):
        attributeNames.append(bytes.text(try bytes.delimited(&rest)))
      case (Field.Function.attributeDefault, .delimited):
        defaults.append(try bytes.delimited(&rest))
      case (Field.Function.opsetImport, .delimited):
        try Self.addOpsetImport(try bytes.delimited(&rest), to: &imports, bytes)
      default: try bytes.skip(tag, &rest)
      }
    }
    let scope = addScope(
      .function(index: graph.functions.count), parent: .none, records: [record], depth: 0)
    graph.functions.append(
      Function(
        identity: OperatorIdentity(domain: domain, name: name, overload: overload), scope: scope,
        opsetImports: imports, attributeNames: attributeNames,
        defaults: try readAttributes(defaults, of: .none, in: scope, depth: 0, bytes)))
  }
}
