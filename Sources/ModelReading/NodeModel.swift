import Bytes
public import ModelGraph

/// A model that holds one node of another one, for trying an operator by itself.
public struct NodeModel {
  /// What is known of a value: its element type and, as far as known, its extents.
  public struct ValueFact: Sendable {
    /// The element type.
    public let type: ElementType
    /// The extents, nil where one is open; nil when the rank is.
    public let shape: [Int64?]?

    /// Makes a fact.
    public init(type: ElementType, shape: [Int64?]?) {
      self.type = type
      self.shape = shape
    }
  }

  private let graph: ModelGraph
  private let fact: (ValueReference) -> ValueFact?
  private var wire = WireWriter()

  /// The bytes of a model with a node alone, in protobuf; nil for nodes that hold graphs, attributes
  /// or types that are not kept in memory.
  ///
  /// Small constants stay constants, since operators may need them to be; larger ones become inputs.
  ///
  /// - Parameters:
  ///   - reference: The node.
  ///   - graph: The model it stands in.
  ///   - fact: What is known of a value.
  /// - Returns: The bytes.
  public static func bytes(
    of reference: NodeReference, in graph: ModelGraph,
    fact: @escaping (ValueReference) -> ValueFact?
  ) -> [UInt8]? {
    var model = NodeModel(graph: graph, fact: fact)
    guard model.write(graph.nodes[reference.index]) else { return nil }
    return model.wire.bytes
  }

  private init(graph: ModelGraph, fact: @escaping (ValueReference) -> ValueFact?) {
    self.graph = graph
    self.fact = fact
  }

  // MARK: Model

  private mutating func write(_ node: Node) -> Bool {
    number(1, UInt64(max(graph.header.irVersion ?? 8, 3)))
    text(2, "regauge")
    for entry in graph.opsetImports(in: node.scope) {
      let start = wire.beginDelimited(8)
      if entry.domain != "ai.onnx" { text(1, entry.domain) }
      number(2, UInt64(bitPattern: entry.version))
      wire.endDelimited(start)
    }
    let body = wire.beginDelimited(7)
    guard writeNode(node) else { return false }
    text(2, graph.operation(of: node).name)
    var seen: Set<ValueReference> = []
    for input in graph.inputs(of: node) where !input.isNone && seen.insert(input).inserted {
      guard writeConstant(input) || writeValue(11, input) else { return false }
    }
    for output in graph.outputs(of: node) where !output.isNone {
      guard writeValue(12, output) else { return false }
    }
    wire.endDelimited(body)
    return true
  }

  private mutating func writeNode(_ node: Node) -> Bool {
    let start = wire.beginDelimited(1)
    for input in graph.inputs(of: node) { text(1, name(input)) }
    for output in graph.outputs(of: node) { text(2, name(output)) }
    let operation = graph.operation(of: node)
    text(4, operation.name)
    for attribute in graph.attributes[node.attributes.range] {
      guard write(attribute) else { return false }
    }
    if operation.domain != "ai.onnx" { text(7, operation.domain) }
    wire.endDelimited(start)
    return true
  }

  private func name(_ value: ValueReference) -> String {
    value.isNone ? "" : graph.text(graph.values[value.index].name)
  }

  // MARK: Attributes

  private mutating func write(_ attribute: Attribute) -> Bool {
    let start = wire.beginDelimited(5)
    text(1, graph.text(attribute.name))
    switch attribute.value {
    case .float(let value):
      wire.tag(2, .fixed32)
      wire.fixed32(value.bitPattern)
    case .int(let value): number(3, UInt64(bitPattern: value))
    case .string(let value): text(4, graph.text(value))
    case .floats(let run):
      for value in graph.floatPool[run.range] {
        wire.tag(7, .fixed32)
        wire.fixed32(value.bitPattern)
      }
    case .ints(let run):
      for value in graph.integerPool[run.range] { number(8, UInt64(bitPattern: value)) }
    case .strings(let run):
      for value in graph.textPool[run.range] { text(9, graph.text(value)) }
    case .tensor(let tensor): guard writeTensor(5, tensor, name: "") else { return false }
    case .graph, .tensors, .graphs, .sparseTensor, .sparseTensors, .type, .types, .longList,
      .reference, .undefined:
      return false
    }
    number(20, UInt64(attribute.value.kind.rawValue))
    wire.endDelimited(start)
    return true
  }

  // MARK: Values

  private mutating func writeValue(_ field: UInt32, _ value: ValueReference) -> Bool {
    guard let fact = fact(value) else { return false }
    let start = wire.beginDelimited(field)
    text(1, name(value))
    let type = wire.beginDelimited(2)
    let tensor = wire.beginDelimited(1)
    number(1, UInt64(fact.type.rawValue))
    if let shape = fact.shape {
      let dims = wire.beginDelimited(2)
      for (axis, extent) in shape.enumerated() {
        let dim = wire.beginDelimited(1)
        if let extent {
          number(1, UInt64(bitPattern: extent))
        } else {
          text(2, "\(name(value))_\(axis)")
        }
        wire.endDelimited(dim)
      }
      wire.endDelimited(dims)
    }
    wire.endDelimited(tensor)
    wire.endDelimited(type)
    wire.endDelimited(start)
    return true
  }

  private mutating func writeConstant(_ value: ValueReference) -> Bool {
    let entry = graph.values[value.index]
    switch entry.origin {
    case .initializer: return writeTensor(5, entry.tensor, name: name(value))
    case .node where !entry.producer.isNone:
      let producer = graph.nodes[entry.producer.index]
      guard graph.operation(of: producer).name == "Constant",
        case .tensor(let tensor) = graph.attribute("value", of: producer)
      else { return false }
      return writeTensor(5, tensor, name: name(value))
    default: return false
    }
  }

  /// Writes a small constant of whole numbers or of float32; false for any other.
  private mutating func writeTensor(
    _ field: UInt32, _ reference: TensorReference, name: String
  ) -> Bool {
    guard !reference.isNone else { return false }
    let tensor = graph.tensors[reference.index]
    let whole = graph.integers(of: reference)
    let floats = tensor.elementType == .float32 ? graph.floats(of: reference) : nil
    guard whole != nil || floats != nil, let width = tensor.elementType.bitWidth else {
      return false
    }
    let start = wire.beginDelimited(field)
    for extent in graph.dims(of: tensor) { number(1, UInt64(bitPattern: extent)) }
    number(2, UInt64(tensor.elementType.rawValue))
    if !name.isEmpty { text(8, name) }
    let raw = wire.beginDelimited(9)
    for value in whole ?? [] { append(UInt64(bitPattern: value), bytes: width / 8) }
    for value in floats ?? [] { append(UInt64(Float(value).bitPattern), bytes: 4) }
    wire.endDelimited(raw)
    wire.endDelimited(start)
    return true
  }

  private mutating func append(_ value: UInt64, bytes: Int) {
    for index in 0..<bytes { wire.append(UInt8(truncatingIfNeeded: value >> (8 * UInt64(index)))) }
  }

  // MARK: Fields

  private mutating func number(_ field: UInt32, _ value: UInt64) {
    wire.tag(field, .varint)
    wire.varint(value)
  }

  private mutating func text(_ field: UInt32, _ text: String) {
    let start = wire.beginDelimited(field)
    for byte in text.utf8 { wire.append(byte) }
    wire.endDelimited(start)
  }
}
