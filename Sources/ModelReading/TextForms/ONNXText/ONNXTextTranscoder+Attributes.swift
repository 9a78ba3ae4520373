import Bytes
import ModelGraph

/// ```
/// attributes = '<' attribute {',' attribute} '>'
/// attribute  = identifier [ ':' kind ] '=' ( value | '[' [ value {',' value} ] ']' )
/// value      = integer | float | text | '@' name | type [ [name] ['='] data ] | graph
/// ```
extension ONNXTextTranscoder {
  /// Reads attributes in angle brackets if they come next; tells whether they do.
  mutating func attributes(
    _ field: UInt32, in parent: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) -> Bool {
    guard try take("<", source) else { return false }
    repeat {
      let name = try identifier("the name of an attribute (without quotes)", source)
      try attribute(name, field, in: &parent, source)
    } while try take(",", source)
    try expect(">", source, or: "','")
    return true
  }

  /// Reads what follows an attribute's name; without `needsValue` the kind alone will do.
  mutating func attribute(
    _ name: ONNXTextToken, _ field: UInt32, in parent: inout MessageFrame,
    needsValue: Bool = true, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    var frame = writer.begin(.attribute, field, in: &parent)
    write(name, Field.Attribute.name, in: &frame, source)
    let declared = try take(":", source) ? try kind(source) : nil
    let kind: AttributeKind?
    if needsValue || declared == nil || token.isSymbol("=") {
      try expect("=", source, or: declared == nil ? "':'" : nil)
      kind = try contents(as: declared, &frame, source)
    } else {
      kind = declared
    }
    if let kind { writer.varint(UInt64(kind.rawValue), Field.Attribute.type, in: &frame) }
    writer.end(&frame)
  }

  private mutating func kind(_ source: Span<UInt8>) throws(ReadFailure) -> AttributeKind {
    let name = try identifier("the kind of an attribute", source)
    let word = source.text(name.range)
    guard let kind = AttributeKind.allCases.first(where: { $0.textName == word }) else {
      throw failure(
        "'\(word)' is no kind of attribute (float, int, string, tensor, graph, sparse_tensor, "
          + "type_proto, or one of these with s)", source, at: name)
    }
    return kind
  }

  /// Reads a value or a list; returns the kind to be written, nil for a reference without one.
  private mutating func contents(
    as declared: AttributeKind?, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) -> AttributeKind? {
    if token.isSymbol("[") { return try list(as: declared, &frame, source) }
    if try take("@", source) {
      let name = try name("the name of an attribute of the function", source)
      write(name, Field.Attribute.reference, in: &frame, source)
      return declared
    }
    return try value(as: declared, .single, &frame, source)
  }

  private mutating func list(
    as declared: AttributeKind?, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) -> AttributeKind {
    let opening = token
    try advance(source)
    if try take("]", source) {
      guard let declared else {
        throw failure(
          "an empty list needs the kind of its elements, as in ': ints = []'", source, at: opening)
      }
      guard declared.element != nil else {
        throw failure("a single \(declared.textName) cannot be a list", source, at: opening)
      }
      return declared
    }
    var element = declared.map { $0.element ?? $0 }
    repeat {
      element = try value(as: element, .element, &frame, source)
    } while try take(",", source)
    try expect("]", source, or: "','")
    return element?.list ?? .undefined
  }

  // MARK: Values

  /// Whether a value is an attribute's only one or an element of its list.
  private enum Place { case single, element }

  /// Reads a value; of another kind than `declared` it is refused.
  private mutating func value(
    as declared: AttributeKind?, _ place: Place, _ frame: inout MessageFrame,
    _ source: Span<UInt8>
  ) throws(ReadFailure) -> AttributeKind {
    let start = token
    let kind: AttributeKind
    switch token.kind {
    case .integer where declared != .float:
      kind = .int
      try integerValue(place, &frame, source)
    case .identifier where isAtType(source):
      kind = try typeOrTensor(place, &frame, source)
    case .integer, .float,
      .identifier where isAtNumber(source):
      kind = .float
      try floatValue(place, &frame, source)
    case .identifier:
      kind = .graph
      try graph(Self.field(of: .graph, place), in: &frame, source)
    case .quoted: kind = try textOrGraph(place, &frame, source)
    case .arrow, .symbol, .end: throw unexpected("a value", source)
    }
    if let declared, kind != declared {
      throw failure(
        "expected a value of kind \(declared.textName), found one of kind \(kind.textName)",
        source, at: start)
    }
    return kind
  }

  private static func field(of kind: AttributeKind, _ place: Place) -> UInt32 {
    switch (kind, place) {
    case (.tensor, .single): Field.Attribute.tensor
    case (.tensor, .element): Field.Attribute.tensors
    case (.graph, .single): Field.Attribute.graph
    case (.graph, .element): Field.Attribute.graphs
    case (_, .single): Field.Attribute.typeProto
    case (_, .element): Field.Attribute.typeProtos
    }
  }

  private mutating func integerValue(
    _ place: Place, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let value = UInt64(bitPattern: try integer("a whole number", source))
    switch place {
    case .single: writer.varint(value, Field.Attribute.int, in: &frame)
    case .element:
      guard writer.admit(ONNXMessages.ints, in: &frame) else { return }
      writer.varint(value, ONNXMessages.ints, in: &frame)
    }
  }

  private mutating func floatValue(
    _ place: Place, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let value = try float(source)
    try advance(source)
    switch place {
    case .single: writer.float(value, ONNXMessages.float, in: &frame)
    case .element:
      guard writer.admit(ONNXMessages.floats, in: &frame) else { return }
      writer.float(value, ONNXMessages.floats, in: &frame)
    }
  }

  /// A text, unless what follows tells that it was the name of a graph.
  private mutating func textOrGraph(
    _ place: Place, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) -> AttributeKind {
    let start = position(of: token, source)
    let text = try name("a text", source)
    if token.kind == .arrow || token.isSymbol("(") {
      try graph(named: text, at: start, Self.field(of: .graph, place), in: &frame, source)
      return .graph
    }
    switch place {
    case .single: write(text, Field.Attribute.string, in: &frame, source)
    case .element:
      let plain = unescaped(text, source)
      writer.text(
        ByteRange(0, plain.count), of: plain.span, ONNXMessages.strings, in: &frame)
    }
    return .string
  }

  /// A type, or the tensor that it begins.
  private mutating func typeOrTensor(
    _ place: Place, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) -> AttributeKind {
    let start = token
    let position = position(of: start, source)
    let type = try type(source)
    let name = token.isName ? try self.name("a name", source) : nil
    let isAssigned = try take("=", source)
    guard name != nil || isAssigned || token.isSymbol("{") || token.isSymbol("[") else {
      write(type, Self.field(of: .type, place), in: &frame, source)
      return .type
    }
    try tensor(
      ONNXTextTensorHead(type: type, name: name, start: start, position: position),
      Self.field(of: .tensor, place), in: &frame, source)
    return .tensor
  }
}

extension AttributeKind {
  /// The name that ONNX's textual syntax has for the kind.
  fileprivate var textName: String {
    switch self {
    case .undefined: ""
    case .float: "float"
    case .int: "int"
    case .string: "string"
    case .tensor: "tensor"
    case .graph: "graph"
    case .floats: "floats"
    case .ints: "ints"
    case .strings: "strings"
    case .tensors: "tensors"
    case .graphs: "graphs"
    case .sparseTensor: "sparse_tensor"
    case .sparseTensors: "sparse_tensors"
    case .type: "type_proto"
    case .types: "type_protos"
    }
  }

  /// The kind of a list's elements; nil for kinds that are no lists.
  fileprivate var element: AttributeKind? {
    switch self {
    case .floats: .float
    case .ints: .int
    case .strings: .string
    case .tensors: .tensor
    case .graphs: .graph
    case .sparseTensors: .sparseTensor
    case .types: .type
    case .undefined, .float, .int, .string, .tensor, .graph, .sparseTensor, .type: nil
    }
  }

  /// The kind of lists of such values.
  fileprivate var list: AttributeKind {
    Self.allCases.first { $0.element == self } ?? self
  }
}
