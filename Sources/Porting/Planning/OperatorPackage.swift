import Compatibility
public import Inference
public import ModelGraph
import ModelReading

/// What is handed to those who write an operator: what exactly is needed, and a model to try it by.
public struct OperatorPackage: Sendable {
  /// Name of its folder.
  public let folder: String
  /// The operator.
  public let operation: OperatorIdentity
  /// A model that holds one node; nil when none can be written.
  public let model: [UInt8]?
  /// Text for the ticket, in Markdown.
  public let ticket: String

  /// Packages for an estimate's operators that are to be written, one a signature.
  public static func all(
    of estimate: Estimate, _ graph: ModelGraph, _ annotations: Annotations
  ) -> [OperatorPackage] {
    var packages: [OperatorPackage] = []
    for (gap, route) in zip(estimate.gaps, estimate.best.choices) {
      guard let signature = gap.signature, let node = gap.firstNode,
        route == nil || isWritten(route ?? "")
      else { continue }
      let number = packages.count + 1
      let model = NodeModel.bytes(of: node, in: graph) { fact(of: $0, annotations) }
      packages.append(
        OperatorPackage(
          folder: "\(number < 10 ? "0" : "")\(number)-\(signature.operation.name.fileName)",
          operation: signature.operation, model: model,
          ticket: ticket(gap, signature, route, estimate, graph, annotations)))
    }
    return packages
  }

  /// Routes at whose end somebody writes an operator.
  private static func isWritten(_ route: String) -> Bool {
    ["native", "triton", "binding", "importer"].contains(route)
  }

  private static func fact(
    of value: ValueReference, _ annotations: Annotations
  ) -> NodeModel.ValueFact? {
    let type = annotations.elementType(of: value)
    guard type != .undefined else { return nil }
    let shape = annotations.shape(of: value).map { dims in
      dims.map { dimension -> Int64? in
        if case .fixed(let extent) = dimension { extent } else { nil }
      }
    }
    return NodeModel.ValueFact(type: type, shape: shape)
  }

  // MARK: Ticket

  private static func ticket(
    _ gap: Gap, _ signature: OperatorSignature, _ route: String?, _ estimate: Estimate,
    _ graph: ModelGraph, _ annotations: Annotations
  ) -> String {
    var text = "# \(signature.operation) on \(estimate.target)\n\n"
    text += "\(gap.nodes) \(gap.nodes == 1 ? "node" : "nodes") of the model; "
    text += "\(route.map { "chosen route: \($0)" } ?? "no route is known").\n\n"
    text += "Why: \(gap.findings.map(\.reason).joined(separator: "; ")).\n\n"
    text += "Signature: `\(signature.description)`\n\n## Shapes in use\n\n"
    var shapes: [String] = []
    for node in gap.members.prefix(200) {
      let line = shapeLine(graph.nodes[node.index], graph, annotations)
      if !shapes.contains(line) { shapes.append(line) }
    }
    text += shapes.prefix(30).map { "- \($0)\n" }.joined()
    if shapes.count > 30 { text += "- and \(shapes.count - 30) more\n" }
    if let first = gap.firstNode {
      let attributes = attributeLines(graph.nodes[first.index], graph)
      if !attributes.isEmpty {
        text += "\n## Attributes of the first node\n\n"
        text += attributes.map { "- \($0)\n" }.joined()
      }
    }
    text += "\n## Done when\n\n"
    text += "The outputs of `model.onnx` equal `outputs.npz` for `inputs.npz`, "
    text +=
      "\(Acceptance.text(of: Acceptance.tolerance(ofTypes: signature.types))). `make_reference.py` writes both.\n"
    return text
  }

  private static func shapeLine(
    _ node: Node, _ graph: ModelGraph, _ annotations: Annotations
  ) -> String {
    func list(_ values: ArraySlice<ValueReference>) -> String {
      values.map { value in
        if value.isNone { return "-" }
        let type = annotations.elementType(of: value)
        let dims = annotations.shape(of: value)?.map { dimension -> String in
          switch dimension {
          case .fixed(let extent): String(extent)
          case .expression(let text): text
          case .dynamic, .unknown: "?"
          }
        }
        return "\(type == .undefined ? "?" : type.name)[\(dims?.joined(separator: ",") ?? "…")]"
      }.joined(separator: ", ")
    }
    return "\(list(graph.inputs(of: node))) -> \(list(graph.outputs(of: node)))"
  }

  private static func attributeLines(_ node: Node, _ graph: ModelGraph) -> [String] {
    graph.attributes[node.attributes.range].map { attribute in
      let name = graph.text(attribute.name)
      switch attribute.value {
      case .int(let value): return "\(name) = \(value)"
      case .float(let value): return "\(name) = \(value)"
      case .string(let value): return "\(name) = \"\(graph.text(value))\""
      case .ints(let run):
        return
          "\(name) = \(graph.integerPool[run.range].prefix(64).map(String.init).joined(separator: ", "))"
      case .floats(let run):
        return
          "\(name) = \(graph.floatPool[run.range].prefix(64).map { "\($0)" }.joined(separator: ", "))"
      default: return "\(name) (\(attribute.value.kind))"
      }
    }
  }
}

extension String {
  /// Letters, digits, dots and dashes only, and no more than 60 of them.
  fileprivate var fileName: String {
    String(
      prefix(60).map { letter in
        letter.isASCII && (letter.isLetter || letter.isNumber || letter == "_") ? letter : "-"
      })
  }
}
