import Bytes
import Capabilities
import Compatibility
import Foundation
import Inference
import ModelGraph
import Porting
import Reporting
import Testing
import TestSupport
import XMLDocuments

@Suite struct XMLReportTests {
  private static let schema: URL = {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return root.appending(path: "Rules/schema/regauge-report.xsd")
  }()

  private func problems(_ document: [UInt8]) throws -> [XMLSchemaProblem] {
    let schema = Array(try Data(contentsOf: Self.schema))
    return try XMLSchemaValidator(schema: schema).problems(in: document)
  }

  /// A report with everything that a report can have.
  private func full() throws -> Reporting.Report {
    let sample = try SampleReports.named("findings").failing(at: .unknown)
    return sample.deciding { _, target, finding in
      switch finding.verdict {
      case .fallback:
        Standing(suppression: Suppression(reason: "known to be slow", expires: "2030-01-31"))
      case .conditional: Standing(novelty: .unchanged)
      default: Standing(isFailing: true, novelty: .updated)
      }
    }.adding(
      findings: [Finding(rule: sampleRule, reason: "about the run", position: .byte(3))],
      fixed: [
        FixedFinding(
          model: "m.onnx", target: "a/b", rule: "RG101", operation: "ai.onnx::Relu",
          reason: "was not taken", fingerprint: String(repeating: "0a", count: 16))
      ]
    ).stamped("2026-11-24T01:02:03Z")
  }

  @Test(arguments: SampleReports.names) func golden(name: String) throws {
    let text = try XMLReport.text(try SampleReports.named(name).failing(at: .unsupported))
    #expect(try Golden.differences(of: text, from: "\(name).report.xml") == [])
  }

  @Test(arguments: SampleReports.names) func documentsFollowTheSchema(name: String) throws {
    #expect(try problems(try XMLReport.text(try SampleReports.named(name))) == [])
  }

  @Test func everythingFollowsTheSchemaAndIsReadBack() throws {
    let text = try XMLReport.text(try full())
    #expect(try problems(text) == [])
    let again = try XMLReportReader.report(text)
    #expect(try XMLReport.text(again) == text)
    #expect(JSONReport.text(again) == JSONReport.text(try full()))
  }

  @Test(arguments: SampleReports.names) func everyFormOfAReportReadBackIsTheSame(name: String)
    throws
  {
    let report = try SampleReports.named(name).failing(at: .conditional)
    let again = try XMLReportReader.report(try XMLReport.text(report))
    let options = ReportOptions(
      style: TextStyle(width: 100, usesColour: false, usesUnicode: true, isVerbose: true),
      texts: ShippedTexts.english)
    for form in ReportFormat.all {
      #expect(try form.bytes(again, options) == (try form.bytes(report, options)), "\(form.name)")
    }
  }

  @Test(arguments: NastyName.all) func nastyNamesAreReadBackAsTheyAre(name: NastyName) throws {
    let report = try name.report().failing(at: .unsupported)
    let text = try XMLReport.text(report)
    #expect(text.count < 2_000_000)
    #expect(try problems(text) == [])
    let again = try XMLReportReader.report(text)
    #expect(try XMLReport.text(again) == text)
    #expect(JSONReport.text(again) == JSONReport.text(report))
  }

  @Test(arguments: [
    (#"a\b"#, #"a\b"#), (#"\u{1}"#, #"\u{5C}u{1}"#), ("a\u{1}b", #"a\u{1}b"#), (#"\"#, #"\"#),
    (#"\\u{41}"#, #"\\u{5C}u{41}"#), ("\u{FFFE}", #"\u{FFFE}"#), (#"\u"#, #"\u{5C}u"#),
  ])
  func forbiddenCharactersAreSpelledOut(text: String, written: String) throws {
    let finding = Finding(rule: sampleRule, reason: text)
    let report = report([]).adding(findings: [finding], fixed: [])
    let document = try XMLReport.text(report)
    #expect(String(decoding: document, as: UTF8.self).contains("<reason>\(written)</reason>"))
    #expect(try XMLReportReader.report(document).findings.first?.reason == text)
  }

  @Test func aReportOfAnotherVersionSaysSo() throws {
    let text = String(decoding: try XMLReport.text(report([])), as: UTF8.self)
    let newer = text.replacingOccurrences(of: "regauge/report/1", with: "regauge/report/2")
    let failure = #expect(throws: XMLFailure.self) {
      try XMLReportReader.report(Array(newer.utf8))
    }
    #expect(failure?.reason.contains("follows the schema 'regauge/report/2'") == true)
  }

  @Test(arguments: [
    ("<a/>", "is no Regauge report"), ("", "is empty"),
    ("<regauge-report schema='regauge/report/1'><model path='m'/></regauge-report>", "lacks"),
    (
      "<regauge-report schema='regauge/report/1'><finding rule='RG1'/></regauge-report>",
      "unknown rule 'RG1'"
    ),
    ("<!DOCTYPE a><regauge-report/>", "document type declaration"),
  ])
  func whatIsNoReportIsRefused(text: String, reason: String) {
    let failure = #expect(throws: XMLFailure.self) {
      try XMLReportReader.report(Array(text.utf8))
    }
    #expect(failure?.reason.contains(reason) == true, "\(failure?.reason ?? "")")
  }

  /// Numbers and words that a report by hand, or by an enemy, may hold anywhere.
  private static let oddValues = [
    "", "-1", "0", "9223372036854775807", "-9223372036854775808", "9007199254740992", "1e308",
    "nan",
    "unsupported", "2/4", "\\u{110000}", "\\u{}", "&#10;",
  ]

  @Test func oddReportsNeverTrap() throws {
    let text = String(decoding: try XMLReport.text(try costed()), as: UTF8.self)
    let options = ReportOptions(
      style: TextStyle(width: 60, usesColour: true, usesUnicode: false, isVerbose: true),
      texts: ShippedTexts.english)
    var accepted = 0
    for match in text.matches(of: /="[^"]*"/) {
      for value in Self.oddValues {
        var changed = text
        changed.replaceSubrange(match.range, with: "=\"\(value)\"")
        guard let report = try? XMLReportReader.report(Array(changed.utf8)) else { continue }
        accepted += 1
        for form in ReportFormat.all { _ = try form.bytes(report, options) }
        _ = try? Reporting.Report.merged([report, report])
      }
    }
    #expect(accepted > 100)
  }

  @Test func profilesComeBack() throws {
    let text = try XMLReport.text(try costed())
    let again = try XMLReportReader.report(text)
    #expect(try XMLReport.text(again) == text)
    let profile = try #require(again.models.last?.targets.first?.profile)
    #expect(profile.operators.first?.grounds.evidence.first?.source.repository == "r")
    #expect(profile.opsets?.recommended == 18)
    #expect(profile.devices.first?.leastTime?.bound == .memoryAlone)
    #expect(profile.runs.map(\.first) == [1, 3])
    #expect(again.models.last?.targets.first?.plan?.flops == [5])
  }

  @Test func damagedReportsNeverTrap() throws {
    let text = try XMLReport.text(try full())
    var generator = SeededGenerator(seed: 1)
    var refused = 0
    for _ in 0..<300 {
      var damaged = text
      for _ in 0..<3 {
        let place = Int.random(in: 0..<damaged.count, using: &generator)
        damaged[place] = UInt8.random(in: 0x20..<0x7F, using: &generator)
      }
      if let report = try? XMLReportReader.report(damaged) {
        _ = JSONReport.text(report)
      } else {
        refused += 1
      }
      let cut = Int.random(in: 0..<text.count - 20, using: &generator)
      #expect(throws: (any Error).self) { try XMLReportReader.report(Array(text.prefix(cut))) }
    }
    #expect(refused > 0)
  }

  /// A small report with costs, values, a fallback and confidences.
  private func costed() throws -> Reporting.Report {
    let text = """
      <regauge-report schema="regauge/report/1" tool="1" shard="1/2"><rules origin="o" sha256="0">
      <rule id="RG901" name="n" severity="note"><summary/><rationale/><help/></rule></rules>
      <model path="m"><contents format="f" bytes="1" ir-version="8" producer="" nodes="2"
       parameters="3" weight-bytes="4" subgraphs="0"><opset domain="" version="17"/>
      <operator domain="" name="Relu" nodes="2"/><weights type="float32" elements="3"/></contents>
      <cost parameters="1" weight-bytes="2" flops="3" multiply-adds="4" peak-activation-bytes="5"
       bytes-moved="6" arithmetic-intensity="0.5" unsized-values="7" open-nodes="8" open-loops="9">
      <operator domain="" name="Relu" nodes="2" flops="2" multiply-adds="1" open-nodes="0"/>
      <tokens new="1" past="2" flops="3" cache-bytes="4" open-nodes="5"/></cost>
      <values><value name="v"><tensor type="float32"><dim extent="3"/></tensor></value></values>
      </model>
      <model path="n"><contents format="f" bytes="1" producer="" nodes="2" parameters="3"
       weight-bytes="4" subgraphs="0"><operator domain="" name="Relu" nodes="2"/></contents>
      <target name="a/b" title="t" version="v" verdict="fallback"><count verdict="fallback" nodes="2"/>
      <count verdict="unsupported" nodes="2"/><rests-on confidence="low" nodes="2"/>
      <fallback host-nodes="1" host-partitions="2" device-partitions="3" crossings="4"
       crossing-bytes="5" crossings-of-unknown-size="6" host-flops="7" flops="8"/>
      <finding rule="RG901" severity="error" verdict="unsupported" count="2" fingerprint="0">
      <operator domain="" name="Relu" since-version="1"/><reason>r</reason><help>h</help>
      <node name="n" scope="main" byte-offset="7" byte-length="2" number="1"/>
      <node name="n" scope="main" line="7" column="2"/></finding>
      <effort target="a/b" grade="B" meaning="m" size="2" confidence="low" exact="true" bound="1.0"
       hours-per-day="8.0" days-per-week="5.0" people="1"><reservation>r</reservation>
      <work nodes="2" verdict="unsupported" blocked="true" flops="5" findings="0"><operator domain="" name="Relu"
       types="f" ranks="2" mode=""/><class name="c" triton="yes" cpu="acceptable" note=""/></work>
      <best mean="3.0" deviation="1.0"><choice route="native"/><term part="operators" subject="s" route="native" task="T" title="t" class="c" optimistic="1.0" likely="2.0" pessimistic="4.0" count="1.0" factor="0.5" factor-reason="f" calibration="1.0" basis="b" measured="true"/></best>
      <by-hand mean="9.0" deviation="2.0"><choice/></by-hand>
      <what-if assumption="w" mean="1.0" deviation="0.5"/></effort>
      <profile refuses-model="false" portable="true"><work verdict="supported" flops="7"/>
      <refused-type name="int4"/><judged domain="" name="Relu" confidence="low" oldest="2025-03"
       more-evidence="true" kernels="generic native"><count verdict="supported" nodes="2"/>
      <evidence kind="press" repository="r" commit="" path="" line="" date="2025-03" confidence="low"/>
      </judged><opsets current="17" recommended="18" taken="18 19"><never domain="" name="Det"/>
      <lower-end domain="" name="A"/><upper-end domain="" name="B"/>
      <missing-step operator="A" from="17" to="18"/></opsets>
      <device name="d" fits="true" devices-for-weights="1" least-seconds="0.001" bound="memory-alone">
      <memory bytes="1024.0" figure="memory" value="1.0" unit="GiB" kind="vendor" source="s"
       commit="c" path="p" line="1" date="2025" confidence="high"/></device>
      <run first="1" flops="3" native="1" blocked="1"><operator domain="" name="Relu" nodes="2"/></run>
      <run first="3" flops="3" host="2"/></profile></target>
      <effort-together strategy="s" apart="3.0" exact="false" bound="2.0" hours-per-day="8.0"><target name="a/b"/>
      <best mean="3.0" deviation="1.0"/><by-hand mean="9.0" deviation="2.0"/></effort-together></model></regauge-report>
      """
    #expect(try problems(Array(text.utf8)) == [])
    return try XMLReportReader.report(Array(text.utf8))
  }

  @Test func typesOfValuesAreReadBack() throws {
    let types: [InferredType] = [
      .unknown, .opaque, .tensor(.float32, shape: nil), .tensor(.undefined, shape: []),
      .tensor(.bfloat16, shape: [.fixed(3), .expression("N*8"), .dynamic("?+1"), .unknown]),
      .sequence(.optional(.sparseTensor(.int64, shape: [.fixed(0)]))),
      .map(key: .string, value: .tensor(.float16, shape: [])),
    ]
    #expect(try roundTrip(types) == types)
  }

  private func roundTrip(_ types: [InferredType]) throws -> [InferredType] {
    let values = types.enumerated().map { ValueSummary(name: "v\($0.offset)", type: $0.element) }
    let model = ModelReport(
      path: "m", summary: try summary("<ir_version: 8>\ng (int8 x) => (int8 x) {}"), structure: [],
      targets: [], values: values)
    let text = try XMLReport.text(report([model]))
    #expect(try problems(text) == [])
    return try XMLReportReader.report(text).models.first?.values?.map(\.type) ?? []
  }
}
