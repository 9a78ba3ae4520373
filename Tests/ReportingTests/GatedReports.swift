import Bytes
import Compatibility
import ModelGraph
import ModelReading
import Reporting
import TestSupport

/// Reports that a gate with a baseline and accepted findings was applied to.
enum GatedReports {
  static func named(_ name: String) throws -> Reporting.Report {
    let report = try SampleReports.named(name)
    return report.deciding { _, _, finding in
      switch finding.verdict {
      case .unsupported: Standing(isFailing: true, novelty: .new)
      case .silent: Standing(isFailing: true, novelty: .updated)
      case .fallback:
        Standing(
          novelty: .new,
          suppression: Suppression(
            reason: "speed does not matter here", owner: "vision team", expires: "2030-01-31"))
      default: Standing(novelty: .unchanged)
      }
    }.adding(
      findings: [
        Finding(rule: sampleRule, reason: "the entry for operator \"Old\" matches no finding")
      ],
      fixed: [
        FixedFinding(
          model: "mixed.onnxtxt", target: "example/compiler", rule: "RG101",
          operation: "ai.onnx::Elu", reason: "is not taken",
          fingerprint: String(repeating: "0a", count: 16))
      ])
  }

  /// A report on a binary model, whose places are bytes.
  static func binary() throws -> Reporting.Report {
    let bytes = WireMessage.model { graph in
      graph.node("Conv", inputs: ["x"], outputs: ["h"])
      graph.node("Relu", inputs: ["h"], outputs: ["y"])
    }
    let graph = try ModelReader.read(ByteSource(bytes), as: .protobuf).graph
    let refused = Finding(
      rule: sampleRule, severity: .error, verdict: .unsupported,
      operation: graph.operators[1], sinceVersion: 14, reason: "is not taken",
      nodes: [NodeLocation(NodeReference(1), in: graph)], standing: Standing(isFailing: true))
    return report([
      ModelReport(
        path: "./models/a b.onnx",
        summary: ModelSummary(
          of: graph, format: "protobuf", byteCount: bytes.count, hasDigest: true),
        structure: [Finding(rule: sampleRule, reason: "is strange", position: .byte(4))],
        targets: [target("example/compiler", nodes: 2, [refused])])
    ])
  }
}
