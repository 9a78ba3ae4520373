import Bytes
import Compatibility
import Inference
import ModelGraph
import ModelReading
import OperatorCatalogue

/// A node that a rewrite would put into the model, as far as it is known before it is written.
///
/// Operands of the part's main type count as of the type and shape of the node that is rewritten;
/// what else there is to know of it is open.
struct RewritePart: Hashable {
  let operation: OperatorIdentity
  /// The element type it computes in, if that is known.
  let type: ElementType?
  /// The extents of its operands, nil where one is open; nil when the rank is.
  let shape: [Int64?]?

  /// Asks a door about the part; nil where the model's opsets do not define the operator.
  func answer(
    of trial: DoorTrial, _ schema: OperatorSchema?, opsets: [OpsetImport],
    catalogue: OperatorCatalogue
  ) -> DoorTrial.Answer? {
    guard let schema, let text = model(schema, opsets),
      let graph = try? ModelReader.read(ByteSource(Array(text.utf8))).graph, !graph.nodes.isEmpty
    else { return nil }
    let facts = ValueFacts(graph, Inference.annotate(graph, catalogue: catalogue))
    return trial.answer(toPart: NodeReference(0), in: facts)
  }

  /// A model in ONNX text with the part alone; nil for names that the form cannot hold.
  private func model(_ schema: OperatorSchema, _ opsets: [OpsetImport]) -> String? {
    guard (opsets.map(\.domain) + [operation.domain, operation.name]).allSatisfy(\.isPlain) else {
      return nil
    }
    let imports = opsets.map { entry in
      "\"\(entry.domain == "ai.onnx" ? "" : entry.domain)\": \(entry.version)"
    }.joined(separator: ", ")
    let names = (0..<max(schema.minimumInputs, 1)).map { "x\($0)" }
    let declared = names.indices.compactMap { index in
      declaration(of: names[index], index, schema)
    }
    let outputs = (0..<max(schema.minimumOutputs, 1)).map { "y\($0)" }.joined(separator: ", ")
    let domain = operation.domain == "ai.onnx" ? "" : "\(operation.domain)."
    return """
      <ir_version: 8, opset_import: [\(imports)]>
      part (\(declared.joined(separator: ", "))) => (\(outputs)) {
        \(outputs) = \(domain)\(operation.name)(\(names.joined(separator: ", ")))
      }
      """
  }

  /// What is known of an input; nil when that is nothing.
  private func declaration(of name: String, _ index: Int, _ schema: OperatorSchema) -> String? {
    guard let parameter = schema.parameter(input: index)?.typeParameter,
      let allowed = schema.typeParameters[parameter]?.tensors
    else { return nil }
    if parameter == schema.inputs.first?.typeParameter, let type, allowed.contains(type) {
      guard let shape else { return "\(type.onnxText)[] \(name)" }
      let dims = shape.map { $0.map(String.init) ?? "?" }.joined(separator: ",")
      return shape.isEmpty ? "\(type.onnxText) \(name)" : "\(type.onnxText)[\(dims)] \(name)"
    }
    guard let only = allowed.types.first, allowed.types.count == 1 else { return nil }
    return "\(only.onnxText)[] \(name)"
  }
}

extension ElementType {
  /// The name in ONNX text.
  fileprivate var onnxText: String {
    switch self {
    case .float32: "float"
    case .float64: "double"
    default: name
    }
  }
}

extension String {
  /// Whether it holds letters, digits, dots and low lines only.
  fileprivate var isPlain: Bool {
    allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }
  }
}
