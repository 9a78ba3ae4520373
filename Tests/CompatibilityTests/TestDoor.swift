import Bytes
import Capabilities
import Compatibility
import Foundation
import Inference
import ModelGraph
import ModelReading
import OperatorCatalogue
import TestSupport

/// A front door with a few records, written as they stand in a manifest.
struct TestDoor {
  var matching = "any"
  var list = "closed"
  var onMissing = "\"fails\""
  var functionBodies = "none"
  var modelFunctions = "none"
  var name = "door"
  var extra = ""
  var records: [String]

  func frontDoor() throws -> FrontDoor {
    let evidence =
      #""evidence":[{"source":0,"path":"a.cc","line":"7","confidence":"high"}]"#
    let operators = records.map { "{\($0),\(evidence)}" }.joined(separator: ",\n")
    let text = """
      {"schema":"regauge/front-door/1","stack":"test","door":"\(name)","title":"the test door",
       "version":"1","speaks":"onnx","matching":"\(matching)","list":"\(list)",
       "onMissing":\(onMissing),"functionBodies":"\(functionBodies)",
       "modelFunctions":"\(modelFunctions)",\(extra)
       "sources":[{"kind":"source code","repository":"a/b","commit":"c0ffee","date":"2026-01-02"}],
       "notes":[],"operators":[\(operators)]}
      """
    return try ManifestReader.frontDoor(file: "door.json", source: ByteSource(Array(text.utf8)))
  }
}

/// Reads a model in ONNX's textual syntax: a header with an opset, then the graph.
func graph(_ text: String, opset: Int = 17, imports: String = "") throws -> ModelGraph {
  let header = "<ir_version: 8, opset_import: [\"\": \(opset)\(imports)]>\n"
  return try ModelReader.read(ByteSource(Array((header + text).utf8)), as: .onnxText).graph
}

/// Judges a model by a door.
func judge(
  _ text: String, opset: Int = 17, imports: String = "", by door: TestDoor,
  others: [FrontDoor] = [], device: Device? = nil
) throws -> Judgement {
  let graph = try graph(text, opset: opset, imports: imports)
  let facts = ValueFacts(graph, Inference.annotate(graph, catalogue: shippedCatalogue))
  return Judgement.of(
    facts, on: try door.frontDoor(), device: device, catalogue: shippedCatalogue,
    doors: { name in others.first { $0.name == name } })
}
