import Bytes

/// ```
/// graph  = name [ '(' [ input {',' input} ] ')' ] '=>' '(' [ value {',' value} ] ')'
///          [ values ] nodes
/// input  = value [ '=' data ]          value = [ type ] name
/// values = '<' [ value [ '=' data ] {',' value [ '=' data ]} ] '>'
/// nodes  = '{' { node } '}'
/// node   = [ '[' [ name ] ']' ] operands '=' [ identifier {'.' identifier} ] [ ':' identifier ]
///          [ attributes ] '(' operands ')' [ attributes ]
/// ```
extension ONNXTextTranscoder {
  /// Reads a graph.
  mutating func graph(
    _ field: UInt32, in parent: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let position = position(of: token, source)
    let name = try name("the name of a graph", source)
    try graph(named: name, at: position, field, in: &parent, source)
  }

  /// Reads what follows a graph's name.
  mutating func graph(
    named name: ONNXTextToken, at position: SourcePosition, _ field: UInt32,
    in parent: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    graphDepth += 1
    guard graphDepth <= limits.graphDepth else {
      throw failure(
        "graphs are nested more than \(limits.graphDepth) levels deep", source, at: name)
    }
    var frame = writer.begin(.graph, field, in: &parent, at: position)
    write(name, Field.Graph.name, in: &frame, source)
    if token.isSymbol("(") {
      try values(Field.Graph.input, "(", ")", mayHaveData: true, in: &frame, source)
    }
    try arrow(source)
    try values(Field.Graph.output, "(", ")", mayHaveData: false, in: &frame, source)
    if token.isSymbol("<") { try declarations(in: &frame, source) }
    try nodes(Field.Graph.node, in: &frame, source)
    writer.end(&frame)
    graphDepth -= 1
  }

  /// Takes the arrow before outputs.
  mutating func arrow(_ source: Span<UInt8>) throws(ReadFailure) {
    guard token.kind == .arrow else {
      throw unexpected(token.isSymbol("=") ? "'=>' in one piece" : "'=>'", source)
    }
    try advance(source)
  }

  // MARK: Values

  /// A value as the text declares it.
  struct Declaration {
    let type: ONNXTextType?
    let name: ONNXTextToken
    let start: ONNXTextToken
    let position: SourcePosition
  }

  /// Reads `[ type ] name`.
  mutating func declaration(_ source: Span<UInt8>) throws(ReadFailure) -> Declaration {
    let start = token
    let position = position(of: start, source)
    let type = isAtType(source) ? try type(source) : nil
    let name = try name(type == nil ? "the name of a value" : "a name after the type", source)
    return Declaration(type: type, name: name, start: start, position: position)
  }

  /// Writes a `ValueInfoProto`.
  mutating func write(
    _ value: Declaration, _ field: UInt32, in parent: inout MessageFrame, _ source: Span<UInt8>
  ) {
    var frame = writer.begin(.valueInfo, field, in: &parent, at: value.position)
    write(value.name, Field.ValueInfo.name, in: &frame, source)
    if let type = value.type { write(type, Field.ValueInfo.type, in: &frame, source) }
    writer.end(&frame)
  }

  /// Reads declarations between brackets; data that follow one of them are an initializer too.
  mutating func values(
    _ field: UInt32, _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, mayHaveData: Bool,
    in frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    try expect(opening, source)
    if try take(closing, source) { return }
    repeat {
      let value = try declaration(source)
      write(value, field, in: &frame, source)
      if mayHaveData, try take("=", source) { try initializer(value, in: &frame, source) }
    } while try take(",", source)
    try expect(closing, source, or: "','")
  }

  /// Reads the list of initializers and of types of inner values after a graph's outputs.
  private mutating func declarations(
    in frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    try expect("<", source)
    if try take(">", source) { return }
    repeat {
      let value = try declaration(source)
      if try take("=", source) {
        try initializer(value, in: &frame, source)
      } else {
        write(value, Field.Graph.valueInfo, in: &frame, source)
      }
    } while try take(",", source)
    try expect(">", source, or: "','")
  }

  private mutating func initializer(
    _ value: Declaration, in frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    guard let type = value.type else {
      throw failure("an initializer needs a type", source, at: value.start)
    }
    try tensor(
      ONNXTextTensorHead(
        type: type, name: value.name, start: value.start, position: value.position),
      Field.Graph.initializer, in: &frame, source)
  }

  // MARK: Nodes

  /// Reads nodes in braces.
  mutating func nodes(
    _ field: UInt32, in frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let opening = token
    try expect("{", source)
    while try !take("}", source) {
      guard token.kind != .end else {
        throw failure("the list of nodes that starts here is not closed", source, at: opening)
      }
      try node(field, in: &frame, source)
    }
  }

  private mutating func node(
    _ field: UInt32, in parent: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    var frame = writer.begin(.node, field, in: &parent, at: position(of: token, source))
    if try take("[", source) {
      if token.isName {
        write(try name("a label", source), Field.Node.name, in: &frame, source)
      }
      try expect("]", source)
    }
    try operands(Field.Node.output, in: &frame, source)
    try expect("=", source, or: "','")
    try operatorName(in: &frame, source)
    let hasAttributes = try attributes(Field.Node.attribute, in: &frame, source)
    try expect("(", source)
    try operands(Field.Node.input, in: &frame, source)
    try expect(")", source, or: "','")
    if !hasAttributes { _ = try attributes(Field.Node.attribute, in: &frame, source) }
    writer.end(&frame)
  }

  /// Reads `[ identifier {'.' identifier} ] [ ':' identifier ]`: domain, operator and overload.
  private mutating func operatorName(
    in frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    var parts: [ONNXTextToken] = []
    if token.kind == .identifier {
      parts = try dotted("the name of an operator", source)
    } else if !token.isSymbol("("), !token.isSymbol(":"), !token.isSymbol("<") {
      throw unexpected("the name of an operator", source)
    }
    write(dotted: parts.dropLast(), Field.Node.domain, in: &frame, source)
    write(dotted: parts.suffix(1), Field.Node.operatorType, in: &frame, source)
    if try take(":", source) {
      let overload = try identifier("the overload (without quotes)", source)
      write(overload, Field.Node.overload, in: &frame, source)
    }
  }

  /// Reads names with commas between them; nothing before a comma is an omitted operand, and a
  /// comma after the last name adds none.
  private mutating func operands(
    _ field: UInt32, in frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    repeat {
      if token.isName {
        write(try name("an operand", source), field, in: &frame, source)
      } else if token.isSymbol(",") {
        write(dotted: [], field, in: &frame, source)
      } else {
        return
      }
    } while try take(",", source)
  }
}
