import Bytes
import Compatibility
import Foundation
import ModelGraph
import ModelReading
import Reporting
import TestSupport
import Testing

@Suite struct JSONReportTests {
  /// The first model of a report as a consumer sees it.
  private func model(_ bytes: [UInt8]) throws -> [String: Any] {
    let graph = try ModelReader.read(ByteSource(bytes), as: .protobuf).graph
    let summary = ModelSummary(of: graph, format: "protobuf", byteCount: bytes.count)
    let model = ModelReport(path: "m.onnx", summary: summary, structure: [], targets: [])
    return try first(report([model]))
  }

  private func first(_ report: Report) throws -> [String: Any] {
    let parsed = try JSONSerialization.jsonObject(with: Data(JSONReport.text(report)))
    let models = (parsed as? [String: Any])?["models"] as? [[String: Any]]
    return try #require(models?.first)
  }

  @Test func ofDomainsImportedTwiceTheLastCounts() throws {
    let found = try model(
      WireMessage { model in
        model.message(7) { $0.node("Relu", inputs: ["x"], outputs: ["y"]) }
        for version: Int64 in [17, 13] { model.message(8) { $0.int(2, version) } }
      }.bytes)
    #expect(found["opsets"] as? [String: Int] == ["ai.onnx": 13])
  }

  @Test func operatorsWhoseNamesBecomeEqualAreCountedTogether() throws {
    let found = try model(
      WireMessage.model { graph in
        for byte: UInt8 in [0xFE, 0xFF] {
          graph.message(1) { node in
            node.text(2, "y\(byte)")
            node.data(4, [byte])
          }
        }
      })
    #expect(found["operators"] as? [String: Int] == ["ai.onnx::\u{FFFD}": 2])
  }

  @Test func weightsOfImpossibleSizeDoNotOverflow() throws {
    let found = try model(
      WireMessage.model { graph in
        for name in ["a", "b"] {
          graph.message(5) { tensor in
            tensor.int(1, 1 << 62)
            tensor.int(2, 3)
            tensor.text(8, name)
          }
        }
      })
    #expect(found["parameters"] as? Int == Int.max)
    #expect(found["weightTypes"] as? [String: Int] == ["int8": Int.max])
  }

  @Test func theContentsComeWithoutTargets() throws {
    let found = try first(try SampleReports.named("contents"))
    #expect(found["targets"] == nil)
    #expect(found["structure"] as? [String] == [])
  }

  @Test func invalidModelsSaySo() throws {
    let error = Finding(rule: sampleRule, severity: .error, reason: "a cycle")
    let summary = try summary("<ir_version: 8>\ng (int8 x) => (int8 x) {}")
    let valid = ModelReport(path: "m", summary: summary, structure: [], targets: [])
    let invalid = ModelReport(path: "m", summary: summary, structure: [error], targets: [])
    #expect(try first(report([valid]))["valid"] as? Bool == true)
    #expect(try first(report([invalid]))["valid"] as? Bool == false)
  }

  @Test(arguments: [
    (SourcePosition.byte(19), ["byteOffset": 19]),
    (.text(line: 3, column: 7), ["line": 3, "column": 7]),
  ])
  func unreadableModelsSayWhere(position: SourcePosition, place: [String: Int]) throws {
    let failure = ModelFailure(reason: "does not fit", position: position)
    let found = try first(report([ModelReport(path: "m.onnx", failure: failure)]))
    let error = try #require(found["error"] as? [String: Any])
    #expect(error["reason"] as? String == "does not fit")
    #expect(error.compactMapValues { $0 as? Int } == place)
    #expect(Set(found.keys) == ["path", "error"])
  }

  @Test(arguments: [3000, 10_000, 10_001]) func findingsAreWrittenUpToALimit(count: Int) throws {
    let findings = (0..<count).map { finding(.unknown, "Op\($0)", reason: "reason \($0)") }
    let model = ModelReport(
      path: "m.onnx", summary: try summary("<ir_version: 8>\ng (int8 x) => (int8 x) {}"),
      structure: [], targets: [target("example/compiler", nodes: count, findings)])
    let targets = try #require(try first(report([model]))["targets"] as? [[String: Any]])
    #expect((targets.first?["findings"] as? [Any])?.count == min(count, 10_000))
    #expect(targets.first?["omittedFindings"] as? Int == (count > 10_000 ? 1 : nil))
  }
}
