import Bytes
import Capabilities
import Compatibility
import Foundation
import Inference
import ModelReading
import Regauge
import RuleFiles
import Testing

/// The rules and fixtures of the package, found from this file's place.
enum Package {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let knowledge = Result {
    Knowledge(
      rules: try RuleSet.find(
        directory: root.appending(path: "Rules").path, environment: { _ in nil }))
  }
}

/// Judges a model in ONNX's textual syntax by a shipped target.
func judge(_ model: LoadedModel, by target: String) throws -> Judgement {
  let knowledge = try Package.knowledge.get()
  let name = try #require(TargetName(target))
  let found = try #require(try knowledge.targets(name).first)
  let catalogue = try knowledge.catalogue()
  let facts = ValueFacts(
    model.graph, Inference.annotate(model.graph, catalogue: catalogue))
  return Judgement.of(
    facts, on: try knowledge.frontDoor(found.frontDoor), device: found.device,
    catalogue: catalogue, doors: { try? knowledge.frontDoor($0) })
}

/// Reads a graph in ONNX's textual syntax, with a header for an opset.
func model(_ graph: String, opset: Int, imports: String = "") throws -> LoadedModel {
  let text = "<ir_version: 8, opset_import: [\"\": \(opset)\(imports)]>\n\(graph)"
  return try ModelReader.read(ByteSource(Array(text.utf8)), as: .onnxText)
}
