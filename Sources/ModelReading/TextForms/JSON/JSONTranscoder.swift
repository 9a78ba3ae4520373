import Bytes
import ModelGraph

/// Rewrites a model in protobuf's JSON mapping as wire bytes.
///
/// Field names may be spelled as in the schema or in lowerCamelCase; whole numbers may be numbers
/// or strings. An unknown key is passed over with a warning.
func transcodeJSON(
  _ source: Span<UInt8>, limits: TranscodingLimits = .standard
) throws(ReadFailure) -> TranscodedModel {
  try source.refuseByteOrderMark()
  var transcoder = JSONTranscoder(limits: limits)
  do {
    return try transcoder.model(source)
  } catch {
    let path = transcoder.describePath()
    let reason = path.isEmpty ? error.reason : "\(path): \(error.reason)"
    throw ReadFailure(reason, at: error.position)
  }
}

/// The state of transcoding JSON; after a failure it still tells the path of the offending value.
struct JSONTranscoder {
  var reader: JSONReader
  var writer: MessageWriter
  private var lines = LineTracker()
  private var warnings = TranscodingWarnings()
  private var path: [PathStep] = []
  private let depthLimit: Int

  /// A field on the way to the value being read.
  private struct PathStep {
    let message: ProtoMessage
    let field: Int
    /// Position in the field's list, if it is one.
    var element: Int?
  }

  init(limits: TranscodingLimits) {
    // Each level of messages is at most an array and an object.
    reader = JSONReader(depthLimit: 2 * limits.messageDepth + 8)
    writer = MessageWriter(limits: limits)
    depthLimit = limits.messageDepth
  }

  /// Reads the whole document.
  mutating func model(_ source: Span<UInt8>) throws(JSONFailure) -> TranscodedModel {
    var frame = writer.beginModel()
    try members(&frame, source)
    writer.end(&frame)
    try reader.end(source)
    return TranscodedModel(
      bytes: writer.wire.bytes, positions: writer.positions, warnings: warnings.all)
  }

  /// The way from the document's root to the value being read, as `graph.node[3].name`.
  func describePath() -> String {
    var text = ""
    for step in path {
      if !text.isEmpty { text += "." }
      text += "\(ProtoSchema.of(step.message).fields[step.field].name)"
      if let element = step.element { text += "[\(element)]" }
    }
    return text
  }

  mutating func warn(
    _ kind: Irregularity.Kind, _ detail: String, at offset: Int, _ source: Span<UInt8>
  ) {
    let path = describePath()
    warnings.add(
      kind, path.isEmpty ? detail : "\(path): \(detail)",
      at: lines.position(of: offset, in: source))
  }

  // MARK: Messages

  /// Which fields of the object being read have been met, one bit a field.
  private struct Members {
    /// Keys in either spelling, with or without a value.
    var snakeCase: UInt32 = 0
    var camelCase: UInt32 = 0
    /// Fields that have a value.
    var given: UInt32 = 0

    /// Notes a key; false if the very same key was there before.
    mutating func insert(_ bit: UInt32, _ spelling: ProtoSchema.Spelling) -> Bool {
      switch spelling {
      case .snakeCase:
        defer { snakeCase |= bit }
        return snakeCase & bit == 0
      case .camelCase:
        defer { camelCase |= bit }
        return camelCase & bit == 0
      }
    }
  }

  private mutating func members(
    _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(JSONFailure) {
    guard try reader.peek(source) == .object else { throw unexpected("an object", source) }
    try reader.beginObject(source)
    let schema = ProtoSchema.of(frame.message)
    var members = Members()
    while let key = try reader.nextKeyRange(source) {
      guard let (index, spelling) = try field(key, schema, source) else {
        try passOver(key.range, schema, source)
        continue
      }
      path.append(PathStep(message: frame.message, field: index))
      guard members.insert(1 << UInt32(index), spelling) else {
        throw reader.failure("the key appears twice", in: source, at: key.range.start - 1)
      }
      if !reader.null(source) {
        try prepare(schema, index, &members, &frame, key.range, source)
        try content(of: schema.fields[index], &frame, source)
      }
      path.removeLast()
    }
  }

  private func field(
    _ key: (range: ByteRange, hasEscapes: Bool), _ schema: ProtoSchema, _ source: Span<UInt8>
  ) throws(JSONFailure) -> (index: Int, spelling: ProtoSchema.Spelling)? {
    guard key.hasEscapes else { return schema.field(named: key.range, in: source) }
    let name = try reader.unescaped(key.range, source)
    return schema.field(named: ByteRange(0, name.count), in: name.span)
  }

  private mutating func passOver(
    _ key: ByteRange, _ schema: ProtoSchema, _ source: Span<UInt8>
  ) throws(JSONFailure) {
    let name = source.text(key)
    warn(
      .unknownField, "\(schema.name) has no field \"\(name)\"; it is not read",
      at: key.start - 1, source)
    try reader.skipValue(source)
  }

  /// Makes way for a field's value: refuses a second member of a choice, and drops the value that
  /// was given under the key's other spelling.
  private mutating func prepare(
    _ schema: ProtoSchema, _ index: Int, _ members: inout Members, _ frame: inout MessageFrame,
    _ key: ByteRange, _ source: Span<UInt8>
  ) throws(JSONFailure) {
    let bit: UInt32 = 1 << UInt32(index)
    let field = schema.fields[index]
    if field.isChoice, let other = schema.otherChoice(than: index, in: members.given) {
      throw reader.failure(
        "\(schema.name) holds \(other) already; only one of the two may be given", in: source,
        at: key.start - 1)
    }
    if members.given & bit != 0 { writer.remove(field.number, from: &frame) }
    members.given |= bit
  }

  // MARK: Values

  private mutating func content(
    of field: ProtoField, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(JSONFailure) {
    guard field.isRepeated else { return try value(of: field, &frame, source) }
    guard try reader.peek(source) == .array else { throw unexpected("an array", source) }
    try reader.beginArray(source)
    var element = 0
    while try reader.nextElement(source) {
      path[path.count - 1].element = element
      try value(of: field, &frame, source)
      element += 1
    }
  }

  private mutating func value(
    of field: ProtoField, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(JSONFailure) {
    switch field.kind {
    case .message(let message): try self.message(message, field, &frame, source)
    case .int32, .int64, .uint64: try integer(field, &frame, source)
    case .enumeration(let enumeration): try value(of: enumeration, field, &frame, source)
    case .float, .double: try number(field, &frame, source)
    case .string: try text(field, &frame, source)
    case .bytes: try base64(field, &frame, source)
    }
  }

  private mutating func message(
    _ message: ProtoMessage, _ field: ProtoField, _ parent: inout MessageFrame,
    _ source: Span<UInt8>
  ) throws(JSONFailure) {
    guard try reader.peek(source) == .object else { throw unexpected("an object", source) }
    var position: SourcePosition?
    if ProtoSchema.of(message).isPositioned {
      position = lines.position(of: reader.offset, in: source)
    }
    var frame = writer.begin(message, field.number, in: &parent, at: position)
    guard !writer.isTooDeep else {
      throw reader.failure("messages are nested more than \(depthLimit) levels deep", in: source)
    }
    try members(&frame, source)
    writer.end(&frame)
  }

  /// A failure that names what was expected and what stands there instead.
  func unexpected(
    _ expected: String, _ source: Span<UInt8>, at offset: Int? = nil
  ) -> JSONFailure {
    let place = offset ?? reader.offset
    return reader.failure(
      "expected \(expected), found \(source.found(at: place))", in: source, at: place)
  }
}
