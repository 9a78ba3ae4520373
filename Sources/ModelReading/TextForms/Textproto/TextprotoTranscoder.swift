import Bytes

/// Rewrites a model in protobuf's text format as wire bytes.
func transcodeTextproto(
  _ source: Span<UInt8>, limits: TranscodingLimits = .standard
) throws(ReadFailure) -> TranscodedModel {
  try source.refuseByteOrderMark()
  var transcoder = TextprotoTranscoder(limits: limits)
  return try transcoder.model(source)
}

/// The state of transcoding protobuf's text format: one token is looked at before it is taken.
struct TextprotoTranscoder {
  private var lexer = TextprotoLexer()
  private(set) var token = TextprotoToken(kind: .end, range: ByteRange(0, 0))
  var writer: MessageWriter
  private var lines = LineTracker()
  private let depthLimit: Int

  init(limits: TranscodingLimits) {
    writer = MessageWriter(limits: limits)
    depthLimit = limits.messageDepth
  }

  /// Reads the whole text.
  mutating func model(_ source: Span<UInt8>) throws(ReadFailure) -> TranscodedModel {
    var frame = writer.beginModel()
    try advance(source)
    try fields(&frame, openedAt: nil, source)
    writer.end(&frame)
    return TranscodedModel(bytes: writer.wire.bytes, positions: writer.positions, warnings: [])
  }

  // MARK: Tokens

  /// Takes the token and looks at the next.
  mutating func advance(_ source: Span<UInt8>) throws(ReadFailure) {
    token = try lexer.next(source)
  }

  /// Takes the token if it is the punctuation mark `character`.
  private mutating func take(
    _ character: Unicode.Scalar, _ source: Span<UInt8>
  ) throws(ReadFailure) -> Bool {
    guard token.isSymbol(character) else { return false }
    try advance(source)
    return true
  }

  /// A failure at the token, or at `range` if given.
  func failure(_ reason: String, _ source: Span<UInt8>, at range: ByteRange? = nil) -> ReadFailure {
    ReadFailure(reason, at: .text(of: (range ?? token.range).start, in: source))
  }

  /// A failure that names what was expected and the token that stands there instead.
  func unexpected(_ expected: String, _ source: Span<UInt8>) -> ReadFailure {
    failure("expected \(expected), found \(source.found(at: token.range.start))", source)
  }

  // MARK: Fields

  /// Reads the fields of a message up to its closing mark, which is not taken, or to the end of the
  /// text if no message was opened.
  private mutating func fields(
    _ frame: inout MessageFrame, openedAt opening: ByteRange?, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let schema = ProtoSchema.of(frame.message)
    let closing: Unicode.Scalar = opening.map { source[$0.start] } == UInt8(ascii: "<") ? ">" : "}"
    var given: UInt32 = 0
    while true {
      switch token.kind {
      case .identifier: try field(of: schema, &given, &frame, source)
      case .end:
        guard let opening else { return }
        throw failure("the \(schema.name) that starts here is not closed", source, at: opening)
      case .symbol where opening != nil && token.isSymbol(closing): return
      case .symbol(UInt8(ascii: "[")):
        throw failure("extensions are not part of ONNX; expected a field name", source)
      case .number, .string, .symbol:
        let end = opening == nil ? "" : " or '\(closing)'"
        throw unexpected("the name of a field of \(schema.name)\(end)", source)
      }
    }
  }

  private mutating func field(
    of schema: ProtoSchema, _ given: inout UInt32, _ frame: inout MessageFrame,
    _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let name = token.range
    guard let (index, spelling) = schema.field(named: name, in: source) else {
      throw failure("\(schema.name) has no field '\(source.text(name))'", source)
    }
    let field = schema.fields[index]
    guard spelling == .snakeCase else {
      throw failure("\(schema.name) has no field of this spelling; write '\(field.name)'", source)
    }
    if !field.isRepeated, given >> UInt32(index) & 1 == 1 {
      throw failure("'\(field.name)' is given twice", source)
    }
    if field.isChoice, let other = schema.otherChoice(than: index, in: given) {
      throw failure(
        "\(schema.name) holds '\(other)' already; only one of it and '\(field.name)' may be given",
        source)
    }
    given |= 1 << UInt32(index)
    try advance(source)
    try content(of: field, named: name, &frame, source)
    // One separator may follow a field.
    if try !take(",", source) { _ = try take(";", source) }
  }

  /// Reads what follows a field's name: a value, or a list of values in brackets.
  private mutating func content(
    of field: ProtoField, named name: ByteRange, _ frame: inout MessageFrame,
    _ source: Span<UInt8>
  ) throws(ReadFailure) {
    var isMessage = false
    if case .message = field.kind { isMessage = true }
    guard try take(":", source) || isMessage else {
      throw unexpected("':' after '\(field.name)'", source)
    }
    guard field.isRepeated, try take("[", source) else {
      return try value(of: field, startingAt: name, &frame, source)
    }
    if try take("]", source) { return }
    repeat {
      try value(of: field, startingAt: token.range, &frame, source)
    } while try take(",", source)
    guard try take("]", source) else { throw unexpected("',' or ']'", source) }
  }

  private mutating func value(
    of field: ProtoField, startingAt start: ByteRange, _ frame: inout MessageFrame,
    _ source: Span<UInt8>
  ) throws(ReadFailure) {
    switch field.kind {
    case .message(let message):
      try self.message(message, field, startingAt: start, &frame, source)
    case .int32, .int64, .uint64: try integer(field, &frame, source)
    case .enumeration(let enumeration): try value(of: enumeration, field, &frame, source)
    case .float, .double: try number(field, &frame, source)
    case .string, .bytes: try text(field, &frame, source)
    }
  }

  private mutating func message(
    _ message: ProtoMessage, _ field: ProtoField, startingAt start: ByteRange,
    _ parent: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let opening = token.range
    guard token.isSymbol("{") || token.isSymbol("<") else {
      throw unexpected("'{' after '\(field.name)'", source)
    }
    var position: SourcePosition?
    if ProtoSchema.of(message).isPositioned {
      position = lines.position(of: start.start, in: source)
    }
    var frame = writer.begin(message, field.number, in: &parent, at: position)
    guard !writer.isTooDeep else {
      throw failure("messages are nested more than \(depthLimit) levels deep", source)
    }
    try advance(source)
    try fields(&frame, openedAt: opening, source)
    try advance(source)
    writer.end(&frame)
  }
}
