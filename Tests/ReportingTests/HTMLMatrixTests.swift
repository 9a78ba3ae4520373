import Capabilities
import Compatibility
import ModelGraph
import Reporting
import Testing

/// Cells of the matrix of operators with the evidence behind them.
@Suite struct HTMLMatrixTests {
  private static let source = EvidenceSource(
    kind: .sourceCode, repository: "example/kernels",
    commit: "0123456789abcdef0123456789abcdef01234567", date: "2026-03-04")

  private func judged(_ name: String, _ evidence: [Evidence]) -> JudgedOperator {
    JudgedOperator(
      operation: OperatorIdentity(domain: "", name: name), counts: [.supported: 2],
      grounds: Grounds(evidence))
  }

  private func bytes(_ operators: [JudgedOperator], models: Int = 1) throws -> [UInt8] {
    var target = target("example/compiler", nodes: 4)
    target.profile = TargetProfile(
      flops: [:], operators: operators, refusesModel: false, refusedTypes: [], opsets: nil,
      devices: [], isPortable: false, runs: [])
    let model = ModelReport(
      path: "m.onnx",
      summary: try summary("<ir_version: 8, opset_import: [\"\": 17]>\ng () => () {}"),
      structure: [], targets: [target])
    let style = TextStyle(width: 80, usesColour: false, usesUnicode: true, isVerbose: false)
    return try ReportFormat.html.bytes(
      report(Array(repeating: model, count: models)),
      ReportOptions(style: style, texts: ShippedTexts.english))
  }

  @Test func aCellOpensToEveryPieceOfItsEvidence() throws {
    let page = try ParsedPage(
      try bytes([
        judged(
          "Conv",
          [
            Evidence(source: Self.source, path: "src/conv.cc", line: "12-14"),
            Evidence(source: Self.source, path: "src/bias.cc", confidence: .low),
          ])
      ]))
    let cell = try #require(page.all(ofClass: "sources").first)
    #expect(cell.name == "details" && cell.attributes["open"] == nil)
    #expect(page.all("summary").contains { $0.text == "low · 2026-03" })
    let pieces = page.elements.filter { $0.name == "li" && $0.path.suffix(2) == ["details", "ul"] }
    #expect(
      pieces.map(\.text) == [
        "source code: example/kernels@0123456789ab src/conv.cc:12-14 · 2026-03-04 · high",
        "source code: example/kernels@0123456789ab src/bias.cc · 2026-03-04 · low",
      ])
  }

  @Test func aCellWithoutEvidenceSaysSo() throws {
    let page = try ParsedPage(try bytes([judged("Conv", [])]))
    #expect(page.all(ofClass: "sources").isEmpty)
    #expect(page.all("small").contains { $0.text == "no evidence" })
  }

  @Test func sourcesGiveWayWhenThePageIsFull() throws {
    let operators = (0..<500).map { number in
      judged(
        "Operator\(number)",
        (0..<12).map { Evidence(source: Self.source, path: "src/a.cc", line: "\(number)-\($0)") })
    }
    let page = try bytes(operators, models: 4)
    #expect(page.count < 5_000_000)
    #expect(String(decoding: page, as: UTF8.self).contains("the XML report has them"))
  }
}
