import Bytes
import ModelGraph

/// Reads one operator file; every unknown, repeated or missing field is a failure with its place.
struct OperatorFileReader {
  /// The value of the field `schema`.
  static let format = "regauge/operators/1"

  private let file: String
  /// Finds the operators to read; nil when all are.
  private var wanted: RecordSearch?
  private var fields = FieldReader()
  private var typeSets = TypeSets()

  init(file: String, wanted: Set<String>? = nil) {
    self.file = file
    self.wanted = wanted.map { RecordSearch($0) }
  }

  /// Adds the schemas of further operators, when the file has been read before.
  mutating func read(
    further wanted: Set<String>, _ bytes: Span<UInt8>,
    into tables: inout [String: OperatorCatalogue.Domain]
  ) throws(CatalogueFailure) {
    self.wanted = RecordSearch(wanted)
    fields = FieldReader()
    try read(bytes, into: &tables)
  }

  /// Adds the file's schemas to `tables`, where no version of an operator may be yet.
  mutating func read(
    _ bytes: Span<UInt8>, into tables: inout [String: OperatorCatalogue.Domain]
  ) throws(CatalogueFailure) {
    do {
      try readFile(bytes, into: &tables)
    } catch {
      throw CatalogueFailure(
        file: file, position: error.position, path: fields.pathText, reason: error.reason)
    }
  }

  private mutating func readFile(
    _ bytes: Span<UInt8>, into tables: inout [String: OperatorCatalogue.Domain]
  ) throws(JSONFailure) {
    var domain: String?
    var source: SchemaSource?
    var seen: [String] = []
    let start = try fields.beginObject(bytes)
    while let key = try fields.nextKey(bytes, &seen) {
      switch key {
      case "schema": try readFormat(bytes)
      case "domain": domain = try fields.nonEmptyString(bytes)
      case "source": source = try readSource(bytes)
      case "notes": _ = try fields.strings(bytes)
      case "typeSets": try readTypeSets(bytes)
      case "operators":
        let start = try fields.valueOffset(bytes)
        guard let domain, let source else {
          throw fields.failure(
            "\"domain\" and \"source\" must stand before the operators", at: start, bytes)
        }
        try readOperators(bytes, domain, source, into: &tables[domain, default: [:]])
      default: throw fields.unknownKey(bytes)
      }
      fields.leave()
    }
    for key in ["schema", "domain", "source", "operators"] where !seen.contains(key) {
      throw fields.missing(key, at: start, bytes)
    }
    try fields.end(bytes)
  }

  private mutating func readFormat(_ bytes: Span<UInt8>) throws(JSONFailure) {
    let start = try fields.valueOffset(bytes)
    let text = try fields.string(bytes)
    guard text == Self.format else {
      throw fields.failure("expected \"\(Self.format)\", found \"\(text)\"", at: start, bytes)
    }
  }

  /// Where the facts come from; what is there for people only is checked and dropped.
  private mutating func readSource(_ bytes: Span<UInt8>) throws(JSONFailure) -> SchemaSource {
    var package: String?
    var version: String?
    var seen: [String] = []
    let start = try fields.beginObject(bytes)
    while let key = try fields.nextKey(bytes, &seen) {
      switch key {
      case "package": package = try fields.nonEmptyString(bytes)
      case "version": version = try fields.nonEmptyString(bytes)
      case "interface", "generator", "date": _ = try fields.nonEmptyString(bytes)
      default: throw fields.unknownKey(bytes)
      }
      fields.leave()
    }
    guard let package else { throw fields.missing("package", at: start, bytes) }
    guard let version else { throw fields.missing("version", at: start, bytes) }
    return SchemaSource(package: package, version: version)
  }

  private mutating func readTypeSets(_ bytes: Span<UInt8>) throws(JSONFailure) {
    guard typeSets.isEmpty else { return try fields.json.skipValue(bytes) }
    try typeSets.read(&fields, onDemand: wanted != nil, bytes)
  }

  // MARK: Operators

  private mutating func readOperators(
    _ bytes: Span<UInt8>, _ domain: String, _ source: SchemaSource,
    into table: inout OperatorCatalogue.Domain
  ) throws(JSONFailure) {
    var typeSets = typeSets
    defer { self.typeSets = typeSets }
    var wanted = wanted
    try fields.array(bytes) { (fields, bytes) throws(JSONFailure) in
      if wanted?.pass(&fields.json, bytes, name: plainName) == true { return }
      let start = try fields.valueOffset(bytes)
      let record = try fields.operatorRecord(bytes, &typeSets)
      guard let name = record.name else { throw fields.missing("name", at: start, bytes) }
      guard let since = record.since else { throw fields.missing("since", at: start, bytes) }
      guard table[name]?.contains(where: { $0.since == since }) != true else {
        throw fields.failure("\(name) since \(since) is defined twice", at: start, bytes)
      }
      table[name, default: []].append(
        OperatorSchema(domain: domain, name: name, since: since, record: record, source: source))
    }
  }
}

/// The fields of one operator record as they are read.
struct OperatorRecord {
  var name: String?
  var since: Int?
  var isDeprecated = false
  var types: [String: AllowedTypes] = [:]
  var inputs: [OperatorParameter] = []
  var outputs: [OperatorParameter] = []
  var minimumInputs: Int?
  var minimumOutputs: Int?
  var attributes: [AttributeSchema] = []
  var functionBody: FunctionBody?
}

extension OperatorSchema {
  fileprivate init(
    domain: String, name: String, since: Int, record: OperatorRecord, source: SchemaSource
  ) {
    self.init(
      domain: domain, name: name, since: since, until: nil, isDeprecated: record.isDeprecated,
      inputs: record.inputs, outputs: record.outputs,
      minimumInputs: record.minimumInputs ?? record.inputs.minimumCount,
      maximumInputs: record.inputs.maximumCount,
      minimumOutputs: record.minimumOutputs ?? record.outputs.minimumCount,
      maximumOutputs: record.outputs.maximumCount, typeParameters: record.types,
      attributes: record.attributes, functionBody: record.functionBody, source: source)
  }
}

/// Where the name stands in a record that begins `{"name": "…"`.
private func plainName(_ bytes: Span<UInt8>, at offset: Int) -> ByteRange? {
  guard let name = bytes.end(of: #"{"name": ""#, at: offset) else { return nil }
  let end = bytes.offset(ofStringEndFrom: name)
  guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
  return ByteRange(name, end)
}

extension FieldReader {
  fileprivate mutating func operatorRecord(
    _ bytes: Span<UInt8>, _ typeSets: inout TypeSets
  ) throws(JSONFailure) -> OperatorRecord {
    var record = OperatorRecord()
    var seen: [String] = []
    try beginObject(bytes)
    while let key = try nextKey(bytes, &seen) {
      switch key {
      case "name": record.name = try nonEmptyString(bytes)
      case "since": record.since = try count(bytes, from: 1)
      case "deprecated": record.isDeprecated = try boolean(bytes)
      case "types": record.types = try typeParameters(bytes, &typeSets)
      case "inputs": record.inputs = try parameters(bytes, &record.types)
      case "outputs": record.outputs = try parameters(bytes, &record.types)
      case "minimumInputs": record.minimumInputs = try count(bytes, from: 0)
      case "minimumOutputs": record.minimumOutputs = try count(bytes, from: 0)
      case "attributes": record.attributes = try attributes(bytes)
      case "function": record.functionBody = try functionBody(bytes)
      default: throw unknownKey(bytes)
      }
      leave()
    }
    return record
  }

  private mutating func functionBody(_ bytes: Span<UInt8>) throws(JSONFailure) -> FunctionBody {
    var operators: [String]?
    var opsets: [Int]?
    var isContextDependent = false
    var seen: [String] = []
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes, &seen) {
      switch key {
      case "operators": operators = try strings(bytes)
      case "opsets": opsets = try counts(bytes)
      case "contextDependent": isContextDependent = try boolean(bytes)
      default: throw unknownKey(bytes)
      }
      leave()
    }
    guard let opsets else { throw missing("opsets", at: start, bytes) }
    return FunctionBody(
      operators: operators, opsetVersions: opsets,
      isContextDependent: isContextDependent)
  }
}
