import Bytes
import ModelGraph

extension ManifestParser {
  /// The whole document of a front door.
  mutating func frontDoor(_ bytes: Span<UInt8>) throws(JSONFailure) -> FrontDoor? {
    var members = FrontDoorMembers()
    let start = try document(bytes, citing: ["operators"]) { (parser, key) throws(JSONFailure) in
      try parser.frontDoorMember(key, &members, bytes)
    }
    return try recoveringWhole { (parser) throws(JSONFailure) in
      FrontDoor(try members.head(parser, start, bytes), records: members.records ?? [])
    }
  }

  private mutating func frontDoorMember(
    _ key: String, _ members: inout FrontDoorMembers, _ bytes: Span<UInt8>
  ) throws(JSONFailure) {
    switch key {
    case "schema": members.schema = try schema("regauge/front-door/1", bytes)
    case "stack": members.stack = try text(bytes)
    case "door": members.door = try text(bytes)
    case "title": members.title = try text(bytes)
    case "version": members.version = try text(bytes)
    case "speaks": members.speaks = try choice(bytes)
    case "matching": members.matching = try choice(bytes)
    case "list": members.completeness = try choice(bytes)
    case "onMissing": members.missing = try choice(bytes)
    case "host": members.host = try doorName(bytes)
    case "functionBodies": members.functionBodies = try yes("inlined", orNo: "none", bytes)
    case "modelFunctions": members.modelFunctions = try yes("inlined", orNo: "none", bytes)
    case "controlFlow": members.controlFlow = try texts(bytes)
    case "opsets": members.opsets = try opsets(bytes)
    case "maxIRVersion": members.maximumIRVersion = try reader.integer(bytes)
    case "elementTypes": members.elementTypes = try elementTypes(bytes)
    case "widens": members.widens = try widenings(bytes)
    case "limits":
      members.limits = try list(bytes) { (parser) throws(JSONFailure) in try parser.limit(bytes) }
    case "sources": sources = try sourceTable(bytes)
    case "notes": members.notes = try texts(bytes)
    case "operators": members.records = try operatorRecords(bytes)
    default: throw unknownKey(key, in: bytes)
    }
  }

  /// The name of the format, which must be `expected`.
  mutating func schema(
    _ expected: String, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> String {
    let start = try nextOffset(bytes)
    let name = try reader.string(bytes)
    guard name == expected else {
      throw reader.failure("\"\(name)\" is not \"\(expected)\"", in: bytes, at: start)
    }
    return name
  }

  private mutating func widenings(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [ElementType: ElementType] {
    var widenings: [ElementType: ElementType] = [:]
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      let start = reader.offset
      let name = try text(bytes)
      guard let narrow = ElementType(name: key), let wide = ElementType(name: name) else {
        throw reader.failure("\"\(key)\": \"\(name)\" names no element types", in: bytes, at: start)
      }
      widenings[narrow] = wide
    }
    return widenings
  }

  private mutating func opsets(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [FrontDoor.OpsetRange] {
    var ranges: [FrontDoor.OpsetRange] = []
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      ranges.append(
        FrontDoor.OpsetRange(
          domain: OperatorIdentity.canonical(domain: key), versions: try integerRange(bytes)))
    }
    return ranges
  }
}

/// What `onMissing` says before its host is known.
private enum MissingWord: String, CaseIterable {
  case fails
  case cpu
  case native
}

/// The members of a front door's document as they are met.
private struct FrontDoorMembers {
  var schema: String?
  var stack: String?
  var door: String?
  var title: String?
  var version: String?
  var speaks: FrontDoor.OperatorSet?
  var matching: VersionMatching?
  var completeness: FrontDoor.Completeness?
  var missing: MissingWord?
  var host: FrontDoorName?
  var functionBodies: Bool?
  var modelFunctions: Bool?
  var controlFlow: [String] = []
  var opsets: [FrontDoor.OpsetRange] = []
  var maximumIRVersion: Int64?
  var elementTypes: ElementTypeSet?
  var widens: [ElementType: ElementType] = [:]
  var notes: [String] = []
  var limits: [Limit] = []
  var records: [OperatorRecord]?
  /// The reader at the operators, when they came before the sources.
  var operators: ManifestParser?

  func head(
    _ parser: ManifestParser, _ start: Int, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> FrontDoorHead {
    func need<Value>(_ value: Value?, _ key: String) throws(JSONFailure) -> Value {
      try parser.required(value, key, at: start, in: bytes)
    }
    _ = try need(schema, "schema")
    _ = try need(parser.sources, "sources")
    _ = try need(records, "operators")
    var head = FrontDoorHead(
      name: FrontDoorName(stack: try need(stack, "stack"), door: try need(door, "door")))
    head.title = try need(title, "title")
    head.version = try need(version, "version")
    head.speaks = try need(speaks, "speaks")
    head.matching = try need(matching, "matching")
    head.completeness = try need(completeness, "list")
    switch try need(missing, "onMissing") {
    case .fails: head.onMissing = .fails
    case .cpu: head.onMissing = .runsOnCPU(host: host)
    case .native: head.onMissing = .runsNatively(host: host)
    }
    head.expandsStandardFunctions = try need(functionBodies, "functionBodies")
    head.expandsModelFunctions = try need(modelFunctions, "modelFunctions")
    head.controlFlow = controlFlow
    head.opsets = opsets
    head.maximumIRVersion = maximumIRVersion
    head.elementTypes = elementTypes
    head.widens = widens
    head.sources = parser.sources?.map(\.source) ?? []
    head.notes = notes
    head.limits = limits
    return head
  }
}
