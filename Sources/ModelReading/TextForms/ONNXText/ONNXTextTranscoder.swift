import Bytes
import ModelGraph

/// Rewrites a model in ONNX's textual syntax as wire bytes.
///
/// Beyond what onnx's own parser reads, tensors in attributes may have names in quotes, and lists
/// of tensors, graphs and types are kept.
func transcodeONNXText(
  _ source: Span<UInt8>, limits: TranscodingLimits = .standard
) throws(ReadFailure) -> TranscodedModel {
  try source.refuseByteOrderMark()
  var transcoder = ONNXTextTranscoder(limits: limits)
  return try transcoder.model(source)
}

/// The state of transcoding ONNX's textual syntax: one token is looked at before it is taken.
///
/// The grammar is spread over extensions, one for each kind of thing the text describes.
struct ONNXTextTranscoder {
  private var lexer = ONNXTextLexer()
  private(set) var token = ONNXTextToken(kind: .end, range: ByteRange(0, 0))
  var writer: MessageWriter
  private var lines = LineTracker()
  private var warnings = TranscodingWarnings()
  let limits: TranscodingLimits
  /// Graphs around the place reached.
  var graphDepth = 0

  init(limits: TranscodingLimits) {
    var unlimited = limits
    // Depth is limited by graphs and types here.
    unlimited.messageDepth = .max
    writer = MessageWriter(limits: unlimited)
    self.limits = limits
  }

  /// What has been written.
  var result: TranscodedModel {
    TranscodedModel(
      bytes: writer.wire.bytes, positions: writer.positions, warnings: warnings.all)
  }

  // MARK: Tokens

  /// Takes the token and looks at the next.
  mutating func advance(_ source: Span<UInt8>) throws(ReadFailure) {
    token = try lexer.next(source)
  }

  /// Takes the token if it is the punctuation mark `character`.
  mutating func take(
    _ character: Unicode.Scalar, _ source: Span<UInt8>
  ) throws(ReadFailure) -> Bool {
    guard token.isSymbol(character) else { return false }
    try advance(source)
    return true
  }

  /// Takes the punctuation mark `character`, which has to be next.
  mutating func expect(
    _ character: Unicode.Scalar, _ source: Span<UInt8>, or other: String? = nil
  ) throws(ReadFailure) {
    guard try take(character, source) else {
      throw unexpected("'\(character)'" + (other.map { " or \($0)" } ?? ""), source)
    }
  }

  /// Takes a token of one kind, which has to be next.
  mutating func identifier(
    _ expected: String, _ source: Span<UInt8>
  ) throws(ReadFailure) -> ONNXTextToken {
    guard token.kind == .identifier else { throw unexpected(expected, source) }
    let name = token
    try advance(source)
    return name
  }

  /// Takes an identifier or a text in quotes, which has to be next.
  mutating func name(
    _ expected: String, _ source: Span<UInt8>
  ) throws(ReadFailure) -> ONNXTextToken {
    guard token.isName else { throw unexpected(expected, source) }
    let name = token
    try advance(source)
    return name
  }

  /// Takes a text in quotes, which has to be next.
  mutating func quoted(
    _ expected: String, _ source: Span<UInt8>
  ) throws(ReadFailure) -> ONNXTextToken {
    guard token.isQuoted else { throw unexpected("\(expected) in double quotes", source) }
    return try name(expected, source)
  }

  /// Takes a whole number of 64 bits, which has to be next.
  mutating func integer(_ expected: String, _ source: Span<UInt8>) throws(ReadFailure) -> Int64 {
    guard token.kind == .integer else { throw unexpected(expected, source) }
    guard case .whole(let number) = source.wholeNumber(at: token.range), let value = number.signed
    else { throw failure("\(source.text(token.range)) does not fit 64 bits", source) }
    try advance(source)
    return value
  }

  // MARK: Places

  /// The line and column of a token that is not before the last one asked for.
  mutating func position(
    of token: ONNXTextToken, _ source: Span<UInt8>
  ) -> SourcePosition {
    lines.position(of: token.range.start, in: source)
  }

  mutating func warn(_ kind: Irregularity.Kind, _ detail: String, at position: SourcePosition) {
    warnings.add(kind, detail, at: position)
  }

  /// A failure at the token, or at `place` if given.
  func failure(
    _ reason: String, _ source: Span<UInt8>, at place: ONNXTextToken? = nil
  ) -> ReadFailure {
    ReadFailure(reason, at: .text(of: (place ?? token).range.start, in: source))
  }

  /// A failure that names what was expected and the token that stands there instead.
  func unexpected(_ expected: String, _ source: Span<UInt8>) -> ReadFailure {
    let start = token.range.start
    if source.matches(Array("...".utf8), at: start) {
      return failure(
        "the program that wrote this text left values out ('...'); "
          + "save the model in another format", source)
    }
    let found = token.kind == .arrow ? "'=>'" : source.found(at: start)
    return failure("expected \(expected), found \(found)", source)
  }

  // MARK: Text

  /// Writes the text that a name stands for.
  mutating func write(
    _ name: ONNXTextToken, _ field: UInt32, in frame: inout MessageFrame, _ source: Span<UInt8>
  ) {
    guard name.kind == .quoted(hasEscapes: true) else {
      return writer.text(name.content, of: source, field, in: &frame)
    }
    let plain = unescaped(name, source)
    writer.text(ByteRange(0, plain.count), of: plain.span, field, in: &frame)
  }

  /// The text in quotes without the backslashes, each of which takes the next byte as it is.
  func unescaped(_ name: ONNXTextToken, _ source: Span<UInt8>) -> [UInt8] {
    var plain: [UInt8] = []
    var index = name.content.start
    while index < name.content.end {
      if source[index] == UInt8(ascii: "\\") { index += 1 }
      plain.append(source[index])
      index += 1
    }
    return plain
  }
}
