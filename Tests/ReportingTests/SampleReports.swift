import Bytes
import Compatibility
import ModelGraph
import ModelReading
import Reporting

/// A rule that no change of the real ones touches.
let sampleRule = Rule(
  id: "RG901", name: "sample-rule", severity: .warning, summary: "Something is so.",
  rationale: "It matters.", help: "Change the node.")

/// A citation of made-up source code.
let sampleCitation = Citation(
  kind: "source code", repository: "example/kernels",
  commit: "0123456789abcdef0123456789abcdef01234567", path: "src/conv.cc", line: "12-14",
  date: "2026-03-04", confidence: "high")

extension Reporting.Report {
  /// The report with every verdict at or above a threshold failing; nil for none.
  func failing(at threshold: Verdict?) -> Reporting.Report {
    deciding { _, _, finding in
      Standing(
        isFailing: finding.verdict.map { $0 >= threshold ?? .supported } ?? false
          && threshold != nil)
    }
  }
}

/// A report of some models, judged by made-up rules.
func report(_ models: [ModelReport]) -> Report {
  Report(
    toolVersion: "1.2.3", rulesOrigin: "the test's own",
    rulesDigest: String(repeating: "0123456789abcdef", count: 4), models: models)
}

/// The contents of a model in ONNX's textual syntax.
func summary(_ text: String) throws -> ModelSummary {
  let model = try ModelReader.read(ByteSource(Array(text.utf8)), as: .onnxText)
  return ModelSummary(of: model.graph, format: "onnx-text", byteCount: text.utf8.count)
}

/// A finding about nodes of the main graph, a line each.
func finding(
  _ verdict: Verdict, _ name: String, domain: String = "", count: Int = 1, lines: [Int] = [7],
  reason: String, evidence: [Citation] = [sampleCitation]
) -> Finding {
  Finding(
    rule: sampleRule, severity: verdict.severity, verdict: verdict,
    operation: OperatorIdentity(domain: domain, name: name),
    sinceVersion: domain.isEmpty ? 13 : nil,
    elementTypes: verdict == .unsupported ? "float16" : nil, reason: reason, evidence: evidence,
    count: count,
    nodes: lines.map {
      NodeLocation(
        label: "\(name.lowercased())_\($0)", scope: "main", position: .text(line: $0, column: 3))
    })
}

/// A target's report with the counts that its findings give, the other nodes being supported.
func target(
  _ name: String, nodes: Int, _ findings: [Finding] = [], notes: [String] = []
) -> TargetReport {
  var counts: [Verdict: Int] = [:]
  for finding in findings { counts[finding.verdict ?? .supported, default: 0] += finding.count }
  let rest = nodes - counts.values.reduce(0, +)
  if rest > 0 { counts[.supported] = rest }
  return TargetReport(
    target: name, title: "Example, \(name)", version: "4.5",
    verdict: findings.compactMap(\.verdict).max() ?? .supported, counts: counts,
    findings: findings, notes: notes)
}

private let header = "<ir_version: 8, opset_import: [\"\": 17, \"com.example\": 1]>\n"
private let small = header + "g (float[1] x) => (float[1] y) { h = Relu(x) y = Relu(h) }"
private let mixed =
  header + """
    g (float[N, 8] x, bool c) => (float[N, 8] y) {
      a = Conv(x, x)
      b = Conv(a, x)
      d = Resize(b)
      e = Einsum <equation = "ij,ij->ij"> (d, d)
      f = com.example.Enhance(e)
      h = Gemm(f, f)
      y = If (c) <then_branch = t () => (float[N, 8] z) { z = Relu(h) },
                  else_branch = s () => (float[N, 8] z) { z = Neg(h) }>
    }
    """

/// Reports of the kinds that users get, by name.
enum SampleReports {
  static let names = ["clean", "findings", "several", "contents", "empty"]

  static func named(_ name: String) throws -> Report {
    switch name {
    case "clean": try clean()
    case "findings": try findings()
    case "several": try several()
    case "contents": try contents()
    default: try empty()
    }
  }

  private static func clean() throws -> Report {
    report([
      ModelReport(
        path: "models/small.onnxtxt", summary: try summary(small), structure: [],
        targets: [target("example/compiler", nodes: 2)])
    ])
  }

  /// A finding for each verdict, with all that a finding can have.
  private static func findings() throws -> Report {
    let all = [
      finding(
        .unsupported, "Conv", count: 2, lines: [3, 4],
        reason: "group must be 1; this one is grouped"),
      finding(
        .silent, "Resize", lines: [5], reason: "the attribute \"mode\" is never read",
        evidence: [sampleCitation, releaseCitation]),
      finding(
        .unknown, "Enhance", domain: "com.example", lines: [7], reason: "nothing is known of it",
        evidence: []),
      finding(.fallback, "Einsum", lines: [6], reason: "no kernel; runs on the host CPU"),
      finding(.conditional, "Gemm", lines: [8], reason: "not told by the file: the rank of \"C\""),
      Finding(
        rule: sampleRule, severity: .warning, verdict: .conditional,
        operation: OperatorIdentity(domain: "", name: "Relu"), sinceVersion: 14,
        reason: "only where the subgraph is inlined",
        nodes: [
          NodeLocation(
            label: "Relu#0", scope: "main/y.then_branch", position: .text(line: 9, column: 40))
        ]),
    ]
    return report([
      ModelReport(
        path: "mixed.onnxtxt", summary: try summary(mixed),
        structure: [
          Finding(rule: sampleRule, reason: "the domain \"com.example\" is not known")
        ],
        targets: [
          target("example/compiler", nodes: 9, all, notes: ["Read in the sources, not tried."]),
          target("example/runtime:Chip 2", nodes: 9, Array(all.suffix(3))),
        ])
    ])
  }

  private static let releaseCitation = Citation(
    kind: "released binary", repository: "PyPI example", commit: "1.2.3 (fab30a4)", path: "",
    line: "", date: "", confidence: "medium")

  /// Models that are fine, invalid and not readable, on three targets.
  private static func several() throws -> Report {
    let names = ["example/compiler", "example/runtime", "other-stack/compiler"]
    let refused = finding(.unsupported, "Relu", count: 2, lines: [2, 3], reason: "is refused")
    let cycle = Finding(
      rule: sampleRule, severity: .error, reason: "the nodes \"a\" and \"b\" form a cycle",
      position: .byte(40))
    return report([
      ModelReport(
        path: "a/first.onnxtxt", summary: try summary(small), structure: [],
        targets: [
          target(names[0], nodes: 2), target(names[1], nodes: 2, [refused]),
          target(names[2], nodes: 2),
        ]),
      ModelReport(
        path: "a/cut.onnx",
        failure: ModelFailure(reason: "a field does not fit", position: .byte(19))),
      ModelReport(
        path: "gone.onnx", failure: ModelFailure(reason: "no such file", position: nil)),
      ModelReport(
        path: "b/cyclic.onnx", summary: try summary(small), structure: [cycle],
        targets: names.map { target($0, nodes: 2) }),
    ])
  }

  private static func contents() throws -> Report {
    report([
      ModelReport(
        path: "-",
        summary: try summary(
          """
          <ir_version: 10, producer_name: "by hand", producer_version: "1",
           opset_import: ["": 17, "f": 1]>
          g (float[N, 4] x) => (float[N, 4] y, seq(int64[2]) z)
          <float[4, 4] w = {0.5}, int8[3] q = {1, 2, 3}>
          { h = MatMul(x, w) y = f.Twice(h) z = SequenceConstruct(q) }
          <domain: "f", opset_import: ["": 17]> Twice (a) => (b) { b = Add(a, a) }
          """), structure: [], targets: [])
    ])
  }

  private static func empty() throws -> Report {
    report([
      ModelReport(
        path: "empty.onnxtxt", summary: try summary("<ir_version: 8>\ng () => () {}"),
        structure: [], targets: [target("example/compiler", nodes: 0)])
    ])
  }
}
