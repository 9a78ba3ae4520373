import Bytes
import Compatibility
import Foundation
import Inference
import ModelGraph
import Reporting
import Testing
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

  @Test func damagedReportsNeverTrap() throws {
    let text = try XMLReport.text(try full())
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      var damaged = text
      for _ in 0..<3 {
        let place = Int.random(in: 0..<damaged.count, using: &generator)
        damaged[place] = UInt8.random(in: 0x20..<0x7F, using: &generator)
      }
      if let report = try? XMLReportReader.report(damaged) { _ = JSONReport.text(report) }
      _ = try? XMLReportReader.report(Array(text.prefix(Int.random(in: 0..<text.count))))
    }
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
