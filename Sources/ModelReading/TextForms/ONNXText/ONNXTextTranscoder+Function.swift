import Bytes

/// ```
/// function  = [ '<' entry {',' entry} '>' ] name [ '<' parameter {',' parameter} '>' ]
///             '(' [ value {',' value} ] ')' '=>' '(' [ value {',' value} ] ')'
///             [ '<' [ value {',' value} ] '>' ] nodes
/// parameter = name | attribute
/// ```
extension ONNXTextTranscoder {
  /// Reads a function of the model.
  mutating func function(
    in model: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    var frame = writer.begin(
      .function, Field.Model.functions, in: &model, at: position(of: token, source))
    if try take("<", source) {
      repeat { try functionEntry(&frame, source) } while try take(",", source)
      try expect(">", source, or: "','")
    }
    write(try name("the name of a function", source), Field.Function.name, in: &frame, source)
    if try take("<", source) {
      repeat { try parameter(&frame, source) } while try take(",", source)
      try expect(">", source, or: "','")
    }
    try operands(Field.Function.input, &frame, source)
    try arrow(source)
    try operands(Field.Function.output, &frame, source)
    if token.isSymbol("<") {
      try values(Field.Function.valueInfo, "<", ">", mayHaveData: false, in: &frame, source)
    }
    try nodes(Field.Function.node, in: &frame, source)
    writer.end(&frame)
  }

  private mutating func functionEntry(
    _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let key = try identifier("a key of the function's header", source)
    let text = source.text(key.range)
    switch text {
    case "opset_import":
      try expect(":", source)
      try opsetImports(Field.Function.opsetImport, in: &frame, source)
    case "domain": try headerText(Field.Function.domain, key, &frame, source)
    case "overload": try headerText(Field.Function.overload, key, &frame, source)
    case "doc_string": try headerText(Field.Function.documentation, key, &frame, source)
    default:
      throw failure(
        "'\(text)' is no key of a function's header (opset_import, domain, overload, doc_string)",
        source, at: key)
    }
  }

  /// Reads an attribute that the function takes: a name, or a name with a kind or a default.
  private mutating func parameter(
    _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let name = try name("the name of an attribute", source)
    if token.isSymbol(":") || token.isSymbol("=") {
      try attribute(
        name, Field.Function.attributeDefault, in: &frame, needsValue: false, source)
    } else {
      write(name, Field.Function.attribute, in: &frame, source)
    }
  }

  /// Reads inputs or outputs; those with a type are declared as values too.
  private mutating func operands(
    _ field: UInt32, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    try expect("(", source)
    if try take(")", source) { return }
    repeat {
      let value = try declaration(source)
      write(value.name, field, in: &frame, source)
      if value.type != nil { write(value, Field.Function.valueInfo, in: &frame, source) }
    } while try take(",", source)
    try expect(")", source, or: "','")
  }
}
