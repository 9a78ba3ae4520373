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

  static let catalogue = Result { try knowledge.get().catalogue() }

  static let mapping = Result { try knowledge.get().mapping(operators: nil) }

  /// Every front door, by name.
  static let doors = Result {
    let knowledge = try Package.knowledge.get()
    var doors: [FrontDoorName: FrontDoor] = [:]
    for stack in try knowledge.stackNames() {
      for target in try knowledge.targets(TargetName(stack: stack)) {
        doors[target.frontDoor] = try knowledge.frontDoor(target.frontDoor)
      }
    }
    return doors
  }
}

/// What is known of a model's values.
func facts(_ model: LoadedModel) throws -> ValueFacts {
  let annotations = Inference.annotate(
    model.graph, catalogue: try Package.catalogue.get())
  return ValueFacts(model.graph, annotations)
}

/// Judges a model by a shipped target.
func judge(_ facts: ValueFacts, by target: String) throws -> Judgement {
  let name = try #require(TargetName(target))
  let found = try #require(try Package.knowledge.get().targets(name).first)
  let doors = try Package.doors.get()
  return Judgement.of(
    facts, on: try #require(doors[found.frontDoor]), device: found.device,
    catalogue: try Package.catalogue.get(), mapping: try Package.mapping.get(),
    doors: { doors[$0] })
}

/// Judges a model by a shipped target.
func judge(_ model: LoadedModel, by target: String) throws -> Judgement {
  try judge(try facts(model), by: target)
}

/// Reads a graph in ONNX's textual syntax, with a header for an opset.
func model(_ graph: String, opset: Int, imports: String = "") throws -> LoadedModel {
  let text = "<ir_version: 8, opset_import: [\"\": \(opset)\(imports)]>\n\(graph)"
  return try ModelReader.read(ByteSource(Array(text.utf8)), as: .onnxText)
}
