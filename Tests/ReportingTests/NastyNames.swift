import Bytes
import Compatibility
import ModelGraph
import ModelReading
import Porting
import Reporting
import TestSupport
import Testing

/// A name that a careless or hostile model may hold, as the bytes of the file.
struct NastyName: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]

  init(_ description: String, _ bytes: [UInt8]) {
    testDescription = description
    self.bytes = bytes
  }

  init(_ description: String, _ text: String) {
    self.init(description, Array(text.utf8))
  }

  /// The name as every report has to give it, but for what its form forbids.
  var repaired: String { String(decoding: bytes, as: UTF8.self) }

  static let all = [
    NastyName("control characters", "a\u{1}\u{8}\u{B}\u{1F}\u{7F}b"),
    NastyName("C1 control", "a\u{9B}31mb"),
    NastyName("NUL", "a\u{0}b"),
    NastyName("escape codes", "\u{1B}[31mred\u{1B}]0;title\u{7}"),
    NastyName("invalid UTF-8", [0x61, 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x62]),
    NastyName("UTF-8 cut short", [0x61, 0xE4, 0xB8]),
    NastyName("turned direction", "abc\u{202E}fdp.exe\u{2066}"),
    NastyName("noncharacters", "a\u{FFFE}\u{FFFF}b"),
    NastyName("end of CDATA", "]]></failure><![CDATA["),
    NastyName("XML", "<a b='c'>&amp;&#1;</a><!-- -->"),
    NastyName("quotes", "\"'\\\"}],"),
    NastyName("line ends", "a\nb\r\nc\rd\u{85}e\u{2028}f\u{2029}"),
    NastyName("tabs and spaces", "\t a  b "),
    NastyName("emoji", "👩‍👩‍👧‍👦 é e\u{301} 你好"),
    NastyName("separators of reports", "::@=,[RG101]: "),
    NastyName("one letter with many marks", "e" + String(repeating: "\u{301}", count: 100_000)),
    NastyName("1 MB", String(repeating: "long name ", count: 100_000)),
    NastyName("1 MB in one word", String(repeating: "界", count: 350_000)),
  ]
}

extension NastyName {
  /// A report on a model that has the name wherever a model can have names.
  ///
  /// `inRules` puts it also where only a strange set of rules could have it.
  func report(inRules: Bool = true) throws -> Report {
    let model = WireMessage { model in
      model.int(1, 8)
      model.data(2, bytes)
      model.message(7) { graph in
        graph.message(1) { node in
          node.data(1, bytes)
          node.text(2, "y")
          node.data(3, bytes)
          node.data(4, bytes)
          node.data(7, bytes)
        }
        graph.message(1) { node in
          node.text(1, "y")
          node.text(2, "z")
          node.text(4, "Relu")
        }
        graph.message(11) { $0.data(1, bytes) }
        graph.message(12) { $0.text(1, "z") }
      }
      for domain in [[], bytes, bytes + [0xFF]] {
        model.message(8) { opset in
          opset.data(1, domain)
          opset.int(2, 17)
        }
      }
    }
    let graph = try ModelReader.read(ByteSource(model.bytes), as: .protobuf).graph
    var estimated = target(
      "example/compiler", nodes: 2, findings(graph, inRules), notes: [repaired])
    estimated.effort = .estimate(estimate(findings(graph, inRules)))
    estimated.effortBefore = estimated.effortFigures
    return Reporting.Report(
      toolVersion: repaired, rulesOrigin: repaired,
      rulesDigest: inRules ? repaired : String(repeating: "0a", count: 32),
      models: [
        ModelReport(
          path: "models/\(repaired)",
          summary: ModelSummary(of: graph, format: "protobuf", byteCount: model.bytes.count),
          structure: [Finding(rule: sampleRule, reason: "\(repaired) is strange")],
          targets: [
            estimated,
            target(
              inRules ? "example/\(repaired)" : "example/runtime", nodes: 2,
              findings(graph, inRules), notes: [repaired]),
          ]),
        ModelReport(path: repaired, failure: ModelFailure(reason: repaired, position: nil)),
      ])
  }

  /// An estimate of work on an operator of the name.
  private func estimate(_ findings: [Finding]) -> Estimate {
    let signature = findings[0].operation.map {
      OperatorSignature(saved: $0, types: repaired, ranks: "1", mode: repaired)
    }
    let gap = Gap(
      saved: signature, operatorClass: nil, nodes: 1, findings: findings, verdict: .unsupported)
    let term = Term(
      saved: .operators, subject: gap.title, route: "native", task: "N1", title: "A kernel",
      operatorClass: nil, hours: ThreePointHours(1, 2, 9), spread: nil, count: 1, factor: 1,
      factorReason: "",
      calibration: 1, basis: "made up", isMeasured: false)
    let costing = Costing(
      saved: [term], range: EffortRange(mean: 30, deviation: 9), choices: ["native"])
    return Estimate(
      saved: "example/compiler", gaps: [gap], best: costing, byHand: costing, blocked: [],
      grade: .c, gradeMeaning: "kernels", size: 1, confidence: .low,
      reservations: ["\(repaired) is strange"], tritonEvidence: "none", isExact: true, bound: nil,
      whatIfs: [
        Estimate.WhatIf(saved: "\(repaired)=done", range: nil, remark: "no \(repaired)")
      ], hoursPerDay: 6, daysPerWeek: 5, people: 1)
  }

  private func findings(_ graph: ModelGraph, _ inRules: Bool) -> [Finding] {
    let citation = Citation(
      kind: inRules ? repaired : "press", repository: repaired, commit: repaired, path: repaired,
      line: repaired, date: repaired, confidence: inRules ? repaired : "low")
    return [
      Finding(
        rule: sampleRule, severity: .error, verdict: .unsupported, operation: graph.operators.first,
        sinceVersion: 1, elementTypes: repaired, reason: "\"\(repaired)\" is not taken",
        help: repaired, evidence: [citation], nodes: [NodeLocation(NodeReference(0), in: graph)])
    ]
  }
}
