import Bytes
import Foundation
import Inference
import ModelGraph
import ModelReading
import OperatorCatalogue
import Testing
import TestSupport

/// A model in ONNX's textual syntax, inferred.
struct TestModel {
  let graph: ModelGraph
  let annotations: Annotations

  /// Reads everything after the header.
  init(text: String, opset: Int = 18, pins: InputPins = .none) throws {
    let header =
      "<ir_version: 10, opset_import: [\"\": \(opset), \"com.microsoft\": 1, \"ai.onnx.ml\": 3,"
      + " \"local\": 1]>\n"
    let source = ByteSource(Array((header + text).utf8))
    graph = try ModelReader.read(source, as: .onnxText).graph
    annotations = Inference.annotate(graph, catalogue: shippedCatalogue, pins: pins)
  }

  /// A main graph of these inputs, initializers and nodes.
  init(
    _ inputs: String, _ nodes: String, constants: String = "", opset: Int = 18,
    pins: InputPins = .none
  ) throws {
    let initializers = constants.isEmpty ? "" : "<\(constants)>"
    try self.init(
      text: "g (\(inputs)) => (y) \(initializers) {\n\(nodes)\n}", opset: opset, pins: pins)
  }

  /// The value of a name; names are unique in these models.
  func value(_ name: String) -> ValueReference {
    let index = graph.values.firstIndex { graph.text($0.name) == name }
    return index.map { ValueReference($0) } ?? .none
  }

  /// The type of a value as reports write it.
  func type(_ name: String = "y") -> String { annotations.type(of: value(name)).description }

  /// The known elements of a value, as text.
  func integers(_ name: String = "y") -> [String]? {
    annotations.symbolicIntegers(of: value(name))?.map(\.description)
  }
}

/// One node or a few, and what its output `y` must be.
struct Case: CustomTestStringConvertible {
  let inputs: String
  let nodes: String
  let constants: String
  let opset: Int
  let expected: String

  init(
    _ inputs: String, _ nodes: String, constants: String = "", opset: Int = 18,
    gives expected: String
  ) {
    self.inputs = inputs
    self.nodes = nodes
    self.constants = constants
    self.opset = opset
    self.expected = expected
  }

  var testDescription: String { "\(nodes) → \(expected)" }

  /// What is inferred for `y`.
  var result: String {
    get throws {
      try TestModel(inputs, nodes, constants: constants, opset: opset).type()
    }
  }
}
