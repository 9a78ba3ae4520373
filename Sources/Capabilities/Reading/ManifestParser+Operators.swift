import Bytes
import ModelGraph

extension ManifestParser {
  /// The list of operator records; in collecting mode bad ones are left out.
  mutating func operatorRecords(_ bytes: Span<UInt8>) throws(JSONFailure) -> [OperatorRecord] {
    var records: [OperatorRecord] = []
    try beginArray(bytes)
    while try nextElement(bytes) {
      if skipUnwanted(bytes) { continue }
      let record = try recovering(bytes) { (parser) throws(JSONFailure) in
        try parser.operatorRecord(bytes)
      }
      if let record { records.append(record) }
    }
    return records
  }

  /// Passes over the record that comes next and others behind it, if they are not wanted.
  mutating func skipUnwanted(_ bytes: Span<UInt8>) -> Bool {
    wanted?.pass(&reader, bytes, name: Self.plainName) ?? false
  }

  /// Where the name of the operator stands in a record that begins `{"domain":"…","op":"…"`.
  private static func plainName(_ bytes: Span<UInt8>, at offset: Int) -> ByteRange? {
    guard let domain = bytes.end(of: #"{"domain":""#, at: offset) else { return nil }
    let domainEnd = bytes.offset(ofStringEndFrom: domain)
    guard let name = bytes.end(of: #"","op":""#, at: domainEnd) else { return nil }
    let nameEnd = bytes.offset(ofStringEndFrom: name)
    guard nameEnd < bytes.count, bytes[nameEnd] == UInt8(ascii: "\"") else { return nil }
    return ByteRange(name, nameEnd)
  }

  private mutating func operatorRecord(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> OperatorRecord {
    let start = try nextOffset(bytes)
    var record = OperatorRecord(position: linePosition(of: start, in: bytes))
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) { try member(key, of: &record, bytes) }
    guard !record.domain.isEmpty else { throw missing("domain", at: start, in: bytes) }
    guard !record.name.isEmpty else { throw missing("op", at: start, in: bytes) }
    guard !record.evidence.isEmpty else { throw missing("evidence", at: start, in: bytes) }
    return record
  }

  private mutating func member(
    _ key: String, of record: inout OperatorRecord, _ bytes: Span<UInt8>
  ) throws(JSONFailure) {
    switch key {
    case "domain": record.domain = try text(bytes)
    case "op": record.name = try text(bytes)
    case "overloads":
      record.overloads = try filledList(bytes) { (parser) throws(JSONFailure) in
        try parser.reader.string(bytes)
      }
    case "versions": record.versions = try versions(bytes)
    case "status": record.status = try choice(bytes)
    case "kernel": record.kernel = try choice(bytes)
    case "reason": record.reason = try text(bytes)
    case "help": record.help = try text(bytes)
    case "dtypes": record.types = try typeLimits(bytes)
    case "limits":
      record.limits = try list(bytes) { (parser) throws(JSONFailure) in try parser.limit(bytes) }
    case "ignores":
      record.ignores = try list(bytes) { (parser) throws(JSONFailure) in
        try parser.ignoredAttribute(bytes)
      }
    case "devices": record.products = try productStatements(bytes)
    case "asIn": record.decidedBy = try doorName(bytes)
    case "note": record.note = try text(bytes)
    case "evidence": record.evidence = try citations(bytes)
    default: throw unknownKey(key, in: bytes)
    }
  }

  private mutating func versions(_ bytes: Span<UInt8>) throws(JSONFailure) -> VersionSet {
    let start = try nextOffset(bytes)
    let text = try reader.string(bytes)
    guard let versions = VersionSet(text) else {
      throw reader.failure(
        "\"\(text)\" is no list of versions such as 8-18, 8,10-18, 13+ or any", in: bytes,
        at: start)
    }
    return versions
  }

  /// `stack/door`.
  mutating func doorName(_ bytes: Span<UInt8>) throws(JSONFailure) -> FrontDoorName {
    let start = try nextOffset(bytes)
    let text = try reader.string(bytes)
    guard let name = FrontDoorName(text) else {
      throw reader.failure("\"\(text)\" is not of the form stack/door", in: bytes, at: start)
    }
    return name
  }

  private mutating func typeLimits(_ bytes: Span<UInt8>) throws(JSONFailure) -> [TypeLimit] {
    var limits: [TypeLimit] = []
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      limits.append(TypeLimit(typeParameter: key, types: try typeSet(bytes)))
    }
    return limits
  }

  private mutating func productStatements(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [ProductStatement] {
    var statements: [ProductStatement] = []
    _ = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      statements.append(ProductStatement(product: key, support: try choice(bytes)))
    }
    return statements
  }

  mutating func limit(_ bytes: Span<UInt8>) throws(JSONFailure) -> Limit {
    var check: Condition?
    var when: Condition?
    var otherwise = Limit.Outcome.unsupported
    var reason: String?
    var help: String?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "check": check = try condition(bytes)
      case "when": when = try condition(bytes)
      case "otherwise": otherwise = try choice(bytes)
      case "reason": reason = try text(bytes)
      case "help": help = try text(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    return Limit(
      check: try required(check, "check", at: start, in: bytes), when: when, otherwise: otherwise,
      reason: try required(reason, "reason", at: start, in: bytes), help: help)
  }

  mutating func ignoredAttribute(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> IgnoredAttribute {
    if try reader.peek(bytes) == .string { return IgnoredAttribute(attribute: try text(bytes)) }
    var attribute: String?
    var because: String?
    var harmless: [AttributeConstant] = []
    var when: Condition?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "attribute": attribute = try text(bytes)
      case "because": because = try text(bytes)
      case "harmless": harmless = try constants(bytes)
      case "when": when = try condition(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    return IgnoredAttribute(
      attribute: try required(attribute, "attribute", at: start, in: bytes), because: because,
      harmless: harmless, when: when)
  }
}
