import Bytes
import Capabilities
import Compatibility
import Foundation
import Inference
import ModelGraph
import ModelReading
import OperatorCatalogue
import TestSupport

/// The stacks, the mapping and the operators' definitions as they are shipped.
struct ShippedRules {
  let catalogue = shippedCatalogue
  let mapping: OperatorMapping
  let doors: [FrontDoorName: FrontDoor]
  let stacks: [String: Stack]

  static let all = Result { try ShippedRules() }

  private init() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Rules")
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    let paths = (names ?? []).filter { $0.hasSuffix(".json") }.sorted()
    func source(_ path: String) throws -> ByteSource {
      try ByteSource.open(folder.appending(path: path).path)
    }
    mapping = try ManifestReader.mapping(
      file: "onnx-to-aten.json", source: try source("mappings/onnx-to-aten.json"))
    var doors: [FrontDoorName: FrontDoor] = [:]
    var stacks: [String: Stack] = [:]
    for path in paths where path.hasPrefix("stacks/") {
      if path.hasSuffix("/stack.json") {
        let stack = try ManifestReader.stack(file: path, source: try source(path))
        stacks[stack.name] = stack
      } else {
        let door = try ManifestReader.frontDoor(file: path, source: try source(path))
        doors[door.name] = door
      }
    }
    self.doors = doors
    self.stacks = stacks
  }

  /// Judges a model in ONNX's textual syntax, given without its header, by `stack/door` or
  /// `stack/door:device`.
  func judge(
    _ text: String, opset: Int, imports: String = "", by target: String
  ) throws -> Judgement {
    let parts = target.split(separator: ":").map(String.init)
    let name = FrontDoorName(parts[0])
    guard let name, let door = doors[name] else { throw TestFailure("no door \(target)") }
    let device = parts.count == 2 ? stacks[name.stack]?.device(named: parts[1]) : nil
    guard parts.count == 1 || device != nil else { throw TestFailure("no device \(target)") }
    return try judge(text, opset: opset, imports: imports, by: door, device: device)
  }

  /// Judges a model by a door that may not be among the shipped ones.
  func judge(
    _ text: String, opset: Int, imports: String = "", by door: FrontDoor, device: Device? = nil,
    mapping: OperatorMapping? = nil, others: [FrontDoor] = []
  ) throws -> Judgement {
    let header = "<ir_version: 8, opset_import: [\"\": \(opset)\(imports)]>\n"
    let bytes = ByteSource(Array((header + text).utf8))
    let graph = try ModelReader.read(bytes, as: .onnxText).graph
    let facts = ValueFacts(graph, Inference.annotate(graph, catalogue: catalogue))
    return Judgement.of(
      facts, on: door, device: device, catalogue: catalogue, mapping: mapping ?? self.mapping,
      doors: { name in others.first { $0.name == name } ?? doors[name] })
  }
}

/// What keeps a test from being run.
struct TestFailure: Error {
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }
}
