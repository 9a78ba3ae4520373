/// A protobuf message under construction, for models that no exporter would write.
public struct WireMessage: Sendable {
  /// The bytes written so far.
  public private(set) var bytes: [UInt8] = []

  /// Makes an empty message.
  public init() {}

  /// Makes a message that `build` fills.
  public init(_ build: (inout WireMessage) -> Void) {
    build(&self)
  }

  /// Writes a bare number.
  public mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Writes a field number with its wire type.
  public mutating func tag(_ field: Int, _ wireType: Int) {
    varint(UInt64(field << 3 | wireType))
  }

  /// Writes a whole number.
  public mutating func int(_ field: Int, _ value: Int64) {
    tag(field, 0)
    varint(UInt64(bitPattern: value))
  }

  /// Writes a float.
  public mutating func float(_ field: Int, _ value: Float) {
    tag(field, 5)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Writes bytes with their length.
  public mutating func data(_ field: Int, _ content: [UInt8]) {
    tag(field, 2)
    varint(UInt64(content.count))
    bytes.append(contentsOf: content)
  }

  /// Writes text with its length.
  public mutating func text(_ field: Int, _ content: String) {
    data(field, Array(content.utf8))
  }

  /// Writes a nested message.
  public mutating func message(_ field: Int, _ build: (inout WireMessage) -> Void) {
    data(field, WireMessage(build).bytes)
  }

  /// Writes bytes as they are.
  public mutating func raw(_ content: [UInt8]) {
    bytes.append(contentsOf: content)
  }
}

extension WireMessage {
  /// A model with one graph and `ai.onnx` at an opset.
  public static func model(
    opset: Int64 = 18, irVersion: Int64 = 9, graph build: (inout WireMessage) -> Void
  ) -> [UInt8] {
    WireMessage { model in
      model.int(1, irVersion)
      model.message(7, build)
      model.message(8) { $0.int(2, opset) }
    }.bytes
  }

  /// Adds a node to a graph.
  public mutating func node(
    _ operatorType: String, inputs: [String] = [], outputs: [String] = [], name: String = "",
    attributes: [[UInt8]] = []
  ) {
    message(1) { node in
      for input in inputs { node.text(1, input) }
      for output in outputs { node.text(2, output) }
      if !name.isEmpty { node.text(3, name) }
      node.text(4, operatorType)
      for attribute in attributes { node.data(5, attribute) }
    }
  }

  /// Adds an input (field 11), output (12) or value info (13) of a tensor type.
  public mutating func tensorInfo(
    _ field: Int, _ name: String, elementType: Int64 = 1, dims: [Int64] = []
  ) {
    message(field) { info in
      info.text(1, name)
      info.message(2) { type in
        type.message(1) { tensor in
          tensor.int(1, elementType)
          tensor.message(2) { shape in
            for dim in dims { shape.message(1) { $0.int(1, dim) } }
          }
        }
      }
    }
  }

  /// A graph attribute that holds `levels` graphs, one in the other.
  public static func nestedGraph(levels: Int) -> [UInt8] {
    var graph = WireMessage { $0.node("Identity", inputs: ["x"], outputs: ["y"]) }.bytes
    for _ in 0..<levels {
      let inner = graph
      graph =
        WireMessage { outer in
          outer.message(1) { node in
            node.text(1, "c")
            node.text(2, "y")
            node.text(4, "If")
            node.message(5) { attribute in
              attribute.text(1, "then_branch")
              attribute.data(6, inner)
              attribute.int(20, 5)
            }
          }
        }.bytes
    }
    return graph
  }
}
