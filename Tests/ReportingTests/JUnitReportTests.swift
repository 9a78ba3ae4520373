import Bytes
import Compatibility
import ModelGraph
import ModelReading
import Reporting
import TestSupport
import Testing
import XMLDocuments

@Suite struct JUnitReportTests {
  private func suites(
    _ report: Report, failOn threshold: Verdict = .unsupported
  ) throws -> JUnitSuites {
    try JUnitSuites(try JUnitReport.text(report.failing(at: threshold)))
  }

  private func small(_ targets: [TargetReport], path: String = "m.onnx") throws -> ModelReport {
    ModelReport(
      path: path,
      summary: try summary("<ir_version: 8>\ng (float[1] x) => (float[1] y) { y = Relu(x) }"),
      structure: [], targets: targets)
  }

  private func relu(_ verdict: Verdict) -> TargetReport {
    target("example/compiler", nodes: 1, [finding(verdict, "Relu", reason: "is so")])
  }

  @Test(arguments: [
    (Verdict.conditional, "passed"), (.fallback, "passed"), (.unknown, "skipped"),
    (.silent, "skipped"), (.unsupported, "failure"),
  ])
  func verdictsBecomeOutcomes(verdict: Verdict, outcome: String) throws {
    let found = try suites(report([try small([relu(verdict)])]))
    #expect(found.outcome(of: "Relu") == outcome)
  }

  @Test(arguments: Verdict.allCases.dropFirst())
  func theThresholdDecidesWhatFails(verdict: Verdict) throws {
    let found = try suites(report([try small([relu(verdict)])]), failOn: verdict)
    #expect(found.outcome(of: "Relu") == "failure")
  }

  @Test func belowANeverReachedThresholdNothingUnsupportedPasses() throws {
    let bytes = try JUnitReport.text(report([try small([relu(.unsupported)])]))
    #expect(try JUnitSuites(bytes).outcome(of: "Relu") == "skipped")
  }

  @Test func theWorstFindingOfAnOperatorComesFirst() throws {
    let findings = [
      finding(.conditional, "Relu", reason: "may be"), finding(.unsupported, "Relu", reason: "no"),
    ]
    let found = try suites(
      report([try small([target("example/compiler", nodes: 2, findings)])]))
    let relu = try #require(found.cases.first { $0.name == "Relu" })
    #expect(relu.message == "unsupported: no [RG901]")
    #expect(relu.text.contains("conditional: may be"))
  }

  @Test func findingsWithoutAnOperatorBelongToTheModelAsAWhole() throws {
    let opset = Finding(
      rule: sampleRule, severity: .error, verdict: .unsupported, reason: "opset 99 is too new")
    let found = try suites(report([try small([target("example/compiler", nodes: 1, [opset])])]))
    #expect(found.outcome(of: "model as a whole") == "failure")
    #expect(found.outcome(of: "Relu") == "passed")
  }

  @Test func namesAreUniqueOverModelsAndTargets() throws {
    let targets = [relu(.unsupported), target("example/runtime", nodes: 1)]
    // The last two give the same class name.
    let models = try ["a/m.onnx", "b/m.onnx", "./b/m_onnx"].map { try small(targets, path: $0) }
    let found = try suites(report(models))
    #expect(found.duplicates == [])
    #expect(found.cases.count == 3 * (1 + 2 + 2))
    #expect(found.cases.contains { $0.name == "Relu (2)" })
  }

  @Test func classNamesHoldNoSlashesOrSpaces() throws {
    let found = try suites(
      report([try small([target("example/runtime:Chip 2", nodes: 1)], path: "/a b/../m.x.onnx")]))
    #expect(
      Set(found.cases.map(\.className))
        == ["a_b.m_x_onnx.model", "a_b.m_x_onnx.example.runtime:Chip_2"])
  }

  @Test func anUnreadableModelIsAnError() throws {
    let failure = ModelFailure(reason: "the file is empty", position: nil)
    let found = try suites(report([ModelReport(path: "m.onnx", failure: failure)]))
    #expect(found.cases.map(\.outcome) == ["error"])
    #expect(found.cases.map(\.message) == ["the file is empty"])
  }

  @Test func aReportWithoutModelsIsAValidDocument() throws {
    #expect(try suites(report([])).cases.isEmpty)
  }

  @Test func aModelWithoutNodesStillHasCases() throws {
    let found = try suites(try SampleReports.named("empty"))
    #expect(found.cases.map(\.outcome) == ["passed", "passed"])
  }

  @Test func suitesCountTheirCases() throws {
    let found = try suites(try SampleReports.named("findings"))
    let compiler = try #require(found.suiteAttributes.dropFirst().first)
    #expect(compiler["tests"] == "9")
    #expect(compiler["failures"] == "1")
    #expect(compiler["skipped"] == "2")
    #expect(compiler["errors"] == "0")
  }

  // MARK: Size

  @Test func aHundredThousandFindingsOfDistinctOperatorsStaySmall() throws {
    let names = (0..<100_000).map { "Function\($0)" }
    let file = WireMessage.model { graph in
      for name in names { graph.node(name) }
    }
    let graph = try ModelReader.read(ByteSource(file), as: .protobuf).graph
    let findings = graph.operators.map { identity in
      Finding(
        rule: sampleRule, severity: .error, verdict: .unsupported, operation: identity,
        reason: "\(identity) is not in the list of operators that the example takes",
        evidence: [sampleCitation],
        nodes: [NodeLocation(label: "node", scope: "main", position: .byte(7))])
    }
    let model = ModelReport(
      path: "large.onnx",
      summary: ModelSummary(of: graph, format: "protobuf", byteCount: file.count), structure: [],
      targets: [target("example/compiler", nodes: 100_000, findings)])
    let bytes = try JUnitReport.text(report([model]).failing(at: .unsupported))
    #expect(bytes.count < 1_000_000)
    let found = try JUnitSuites(bytes)
    let rest = try #require(found.cases.last)
    #expect(rest.name == "further operators")
    #expect(rest.outcome == "failure")
    #expect(rest.message.hasPrefix("99,002 further operators: 99001 failed, 0 skipped, 1 passed"))
  }

  @Test func aHundredThousandFindingsOnManyTargetsStaySmall() throws {
    let operators = (0..<3200).map { OperatorIdentity(domain: "c", name: "Function\($0)") }
    let nodes = operators.map { "  \($0.name.lowercased()) = c.\($0.name)(x)\n" }.joined()
    let contents = try summary(
      "<ir_version: 8, opset_import: [\"c\": 1]>\ng (float[1] x) => (float[1] y) {\n\(nodes)}")
    let findings = operators.map { operation in
      finding(
        .unsupported, operation.name, domain: "c",
        reason: "\(operation) is not in the list of operators that the example takes")
    }
    let targets = (0..<31).map { target("example/compiler\($0)", nodes: 3200, findings) }
    let model = ModelReport(
      path: "large.onnxtxt", summary: contents, structure: [], targets: targets)
    let bytes = try JUnitReport.text(report([model]).failing(at: .unsupported))
    #expect(bytes.count < 1_000_000)
    let found = try JUnitSuites(bytes)
    #expect(found.cases.count { $0.name.hasPrefix("further operators") } == 31)
    #expect(found.cases.count { $0.outcome == "failure" } > 31 * 20)
    #expect(found.duplicates == [])
  }

  @Test func aHundredThousandFindingsOfOneOperatorStaySmall() throws {
    let findings = (0..<100_000).map { number in
      finding(.unsupported, "Relu", reason: "the value \(number) is not taken")
    }
    let model = try small([target("example/compiler", nodes: 100_000, findings)])
    let bytes = try JUnitReport.text(report([model]).failing(at: .unsupported))
    #expect(bytes.count < 20_000)
    let relu = try #require(try JUnitSuites(bytes).cases.first { $0.name == "Relu" })
    #expect(relu.text.contains("and 99,980 more findings"))
  }

  // MARK: Schemas

  @Test(.enabled(if: JUnitSchemas.arePresent), arguments: SampleReports.names)
  func reportsFollowTheSchemasOfTheirReaders(name: String) throws {
    let bytes = try JUnitReport.text(try SampleReports.named(name).failing(at: .conditional))
    for validator in try JUnitSchemas.validators() {
      #expect(try validator.problems(in: bytes) == [])
    }
  }

  @Test(.enabled(if: JUnitSchemas.arePresent), arguments: SampleReports.names)
  func surefireReportsFollowItsSchema(name: String) throws {
    let report = try SampleReports.named(name).failing(at: .conditional)
    let bytes = try JUnitReport.text(report, dialect: .surefire)
    for validator in try JUnitSchemas.validators(named: ["surefire.xsd"]) {
      #expect(try validator.problems(in: bytes) == [])
    }
  }

  // MARK: What the gate decided

  @Test func acceptedAndKnownFindingsAreSkippedWithTheirReason() throws {
    let model = try small([relu(.unsupported)])
    let accepted = report([model]).deciding { _, _, _ in
      Standing(suppression: Suppression(reason: "replaced before deployment"))
    }
    let known = report([model]).deciding { _, _, _ in Standing(novelty: .unchanged) }
    for (report, words) in [(accepted, "(accepted: replaced before"), (known, "(known)")] {
      let relu = try #require(
        try JUnitSuites(try JUnitReport.text(report)).cases.first { $0.name == "Relu" })
      #expect(relu.outcome == "skipped")
      #expect(relu.text.contains(words))
    }
  }

  @Test func theTimeOfTheRunIsTheSuites() throws {
    let stamped = report([try small([])]).stamped("2026-11-24T01:02:03Z")
    let found = try JUnitSuites(try JUnitReport.text(stamped))
    #expect(found.suiteAttributes.first?["timestamp"] == "2026-11-24T01:02:03")
  }
}
