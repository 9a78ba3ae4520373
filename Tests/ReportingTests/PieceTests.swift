import Bytes
import Compatibility
import Reporting
import Testing

/// Reports of many models are handed over piece by piece.
@Suite struct PieceTests {
  private static let options = ReportOptions(
    style: TextStyle(width: 100, usesColour: false, usesUnicode: true, isVerbose: true))

  private func large(models count: Int) throws -> Reporting.Report {
    let contents = try summary(
      "<ir_version: 8, opset_import: [\"\": 17]>\ng (float[1] x) => (float[1] y) { y = Relu(x) }")
    return report(
      (0..<count).map { index in
        ModelReport(
          path: "m\(index).onnx", summary: contents, structure: [],
          targets: (0..<4).map { place in
            target(
              "example/door\(place)", nodes: 1,
              [finding(.unsupported, "Relu", reason: "is refused by door \(place)")])
          })
      })
  }

  @Test(
    arguments: [
      "text", "concise", "json", "jsonl", "csv", "xml", "junit", "github", "gitlab", "azure",
    ],
    JUnitDialect.allCases)
  func noPieceHoldsTheWholeReport(form: String, dialect: JUnitDialect) throws {
    guard form == "junit" || dialect == .strict else { return }
    let format = try #require(ReportFormat.named(form))
    let options = ReportOptions(style: Self.options.style, junitDialect: dialect)
    var pieces: [Int] = []
    try format.write(try large(models: 300), options) { pieces.append($0.count) }
    let sum = pieces.reduce(0, +)
    // A summary of all models may stand at the end.
    #expect(pieces.max() ?? 0 < max(sum / 4, 40_000), "\(pieces.max() ?? 0) of \(sum)")
  }

  @Test(arguments: ["json", "xml", "junit", "csv", "text", "jsonl", "concise", "sarif"])
  func aSinkThatFailsEndsTheWriting(form: String) throws {
    struct Full: Error {}
    let format = try #require(ReportFormat.named(form))
    var pieces = 0
    #expect(throws: Full.self) {
      try format.write(try large(models: 300), Self.options) { _ in
        pieces += 1
        if pieces > 2 { throw Full() }
      }
    }
    #expect(pieces == 3)
  }

  @Test func namesOfCasesAreUniqueAcrossModels() throws {
    let contents = try summary(
      "<ir_version: 8, opset_import: [\"\": 17]>\ng (float[1] x) => (float[1] y) { y = Relu(x) }")
    let paths = ["a/b.onnx", "a/b_onnx", "./a/b.onnx", "c.onnx"]
    let text = try JUnitReport.text(
      report(
        paths.map {
          ModelReport(
            path: $0, summary: contents, structure: [],
            targets: [target("example/x.y", nodes: 1), target("example/x_y", nodes: 1)])
        }))
    let suites = try JUnitSuites(text)
    #expect(suites.cases.count == 4 * 5)
    #expect(suites.duplicates == [])
  }
}
