import Compatibility
import Foundation
import ModelGraph
import Reporting
import Testing

@Suite struct MarkdownReportTests {
  private func text(_ report: Reporting.Report) throws -> String {
    let options = ReportOptions(
      style: TextStyle(width: 100, usesColour: false, usesUnicode: true, isVerbose: false))
    let bytes = try #require(ReportFormat.named("markdown")).bytes(report, options)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func models(_ count: Int, path: (Int) -> String, findings: Int) throws -> [ModelReport] {
    let contents = try summary("<ir_version: 8>\ng (float[1] x) => (float[1] y) { y = Relu(x) }")
    return (0..<count).map { index in
      let all = (0..<findings).map {
        finding(.unsupported, "Relu", reason: "the value \($0) is not taken")
      }
      return ModelReport(
        path: path(index), summary: contents, structure: [],
        targets: [target("example/compiler", nodes: findings, all)])
    }
  }

  @Test(arguments: [(200, 900, 10), (1, 20, 5000), (3000, 40, 1), (40, 1000, 0)])
  func commentsStayBelowTheLimitOfGitHub(count: Int, length: Int, findings: Int) throws {
    let models = try models(
      count, path: { "\($0)" + String(repeating: "界", count: length) }, findings: findings)
    let text = try text(report(models).failing(at: .unsupported))
    #expect(text.utf16.count < 65_536)
    #expect(text.contains("<sub>Regauge"))
    #expect(text.ranges(of: "<details>").count == text.ranges(of: "</details>").count)
  }

  @Test func ofManyResultsThoseThatFailAreInSight() throws {
    let good = try models(60, path: { "good\($0).onnx" }, findings: 0)
    let bad = try models(1, path: { _ in "bad.onnx" }, findings: 1)
    let text = try text(report(good + bad).failing(at: .unsupported))
    let seen = try #require(text.split(separator: "<details>").first)
    #expect(seen.contains("| `bad.onnx` |"))
    #expect(!seen.contains("good"))
    #expect(text.contains("Other results (60)"))
  }

  @Test func whatDoesNotFailSaysSo() throws {
    let text = try text(report(try models(2, path: { "m\($0).onnx" }, findings: 0)))
    #expect(text.hasPrefix("## Regauge: nothing fails, 2 models checked\n"))
  }
}
