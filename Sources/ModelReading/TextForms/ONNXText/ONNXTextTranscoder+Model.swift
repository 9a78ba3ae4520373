import Bytes

/// `model = [ '<' entry {',' entry} '>' ] graph { function }`
extension ONNXTextTranscoder {
  /// Reads the whole text.
  mutating func model(_ source: Span<UInt8>) throws(ReadFailure) -> TranscodedModel {
    try advance(source)
    guard token.kind != .end else { throw failure("the text has no model", source) }
    var frame = writer.beginModel()
    if try take("<", source) {
      repeat { try headerEntry(&frame, source) } while try take(",", source)
      try expect(">", source, or: "','")
    }
    try graph(Field.Model.graph, in: &frame, source)
    while token.kind != .end { try function(in: &frame, source) }
    writer.end(&frame)
    return result
  }

  private mutating func headerEntry(
    _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let key = try identifier("a key of the model's header", source)
    let text = source.text(key.range)
    switch text {
    case "ir_version":
      try headerNumber(Field.Model.irVersion, key, &frame, source)
    case "model_version":
      try headerNumber(Field.Model.modelVersion, key, &frame, source)
    case "producer_name":
      try headerText(Field.Model.producerName, key, &frame, source)
    case "producer_version":
      try headerText(Field.Model.producerVersion, key, &frame, source)
    case "domain": try headerText(Field.Model.domain, key, &frame, source)
    case "doc_string":
      try headerText(Field.Model.documentation, key, &frame, source)
    case "opset_import":
      try expect(":", source)
      try opsetImports(Field.Model.opsetImport, in: &frame, source)
    case "metadata_props":
      try expect(":", source)
      try expect("[", source)
      if try take("]", source) { return }
      try textPairs(Field.Model.metadata, in: &frame, source)
      try expect("]", source, or: "','")
    default:
      throw failure(
        "'\(text)' is no key of a model's header (ir_version, opset_import, producer_name, "
          + "producer_version, domain, model_version, doc_string, metadata_props)",
        source, at: key)
    }
  }

  private mutating func headerNumber(
    _ field: UInt32, _ key: ONNXTextToken, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    try expect(":", source)
    let value = try integer("a whole number for \(source.text(key.range))", source)
    writer.varint(UInt64(bitPattern: value), field, in: &frame)
  }

  /// Reads `':' text` of a header.
  mutating func headerText(
    _ field: UInt32, _ key: ONNXTextToken, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    try expect(":", source)
    write(try quoted("the \(source.text(key.range))", source), field, in: &frame, source)
  }

  /// Reads operator sets.
  ///
  /// `opsets = '[' [ text ':' integer {',' text ':' integer} ] ']'`
  mutating func opsetImports(
    _ field: UInt32, in frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    try expect("[", source)
    if try take("]", source) { return }
    repeat {
      let domain = try quoted("the domain of an operator set", source)
      try expect(":", source)
      let version = try integer("the version of an operator set", source)
      var entry = writer.begin(.operatorSet, field, in: &frame)
      write(domain, Field.OperatorSet.domain, in: &entry, source)
      writer.varint(UInt64(bitPattern: version), Field.OperatorSet.version, in: &entry)
      writer.end(&entry)
    } while try take(",", source)
    try expect("]", source, or: "','")
  }

  /// Reads pairs of texts.
  ///
  /// `pairs = text ':' text {',' text ':' text}`
  mutating func textPairs(
    _ field: UInt32, in frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    repeat {
      let key = try quoted("a key", source)
      try expect(":", source)
      let value = try quoted("a value", source)
      var entry = writer.begin(.stringPair, field, in: &frame)
      write(key, Field.TextPair.key, in: &entry, source)
      write(value, Field.TextPair.value, in: &entry, source)
      writer.end(&entry)
    } while try take(",", source)
  }
}
