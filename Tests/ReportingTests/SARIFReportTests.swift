import Compatibility
import Foundation
import Reporting
import Testing

@Suite struct SARIFReportTests {
  private func runs(
    _ report: Reporting.Report, _ profile: SARIFProfile = .standard
  ) throws -> [[String: Any]] {
    let options = ReportOptions(
      style: TextStyle(width: 100, usesColour: false, usesUnicode: true, isVerbose: false),
      sarifProfile: profile)
    let bytes = try #require(ReportFormat.named("sarif")).bytes(report, options)
    let log = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    return try #require(log?["runs"] as? [[String: Any]])
  }

  private func results(_ runs: [[String: Any]]) -> [[String: Any]] {
    runs.flatMap { $0["results"] as? [[String: Any]] ?? [] }
  }

  private func categories(_ runs: [[String: Any]]) -> [String?] {
    runs.map { ($0["automationDetails"] as? [String: Any])?["id"] as? String }
  }

  private func judged(targets: Int, findings: Int = 1) throws -> Reporting.Report {
    let contents = try summary("<ir_version: 8>\ng (float[1] x) => (float[1] y) { y = Relu(x) }")
    let all = (0..<findings).map { finding(.unsupported, "Relu", reason: "value \($0) is refused") }
    return report([
      ModelReport(
        path: "m.onnxtxt", summary: contents, structure: [],
        targets: (0..<targets).map { target("stack/door\($0)", nodes: findings, all) })
    ])
  }

  @Test func everyTargetIsARunOfItsOwn() throws {
    let runs = try runs(try judged(targets: 2))
    #expect(categories(runs) == ["regauge/model/", "regauge/stack/door0/", "regauge/stack/door1/"])
    #expect(results(runs).count == 2)
  }

  @Test func gitHubGetsNoMoreRunsAndResultsThanItTakes() throws {
    let few = try runs(try judged(targets: 19), .github)
    #expect(few.count == 20)
    let many = try runs(try judged(targets: 20, findings: 300), .github)
    #expect(categories(many) == ["regauge/"])
    #expect(results(many).count == 5000)
    #expect("\(many)".contains("1000 further results are left out"))
  }

  @Test(arguments: [
    (Verdict.unsupported, "fail", "error"), (.silent, "fail", "error"),
    (.conditional, "fail", "warning"), (.fallback, "fail", "warning"), (.unknown, "open", "none"),
  ])
  func verdictsHaveKindAndLevel(verdict: Verdict, kind: String, level: String) throws {
    let contents = try summary("<ir_version: 8>\ng (float[1] x) => (float[1] y) { y = Relu(x) }")
    let all = [finding(verdict, "Relu", reason: "is so")]
    let plain = report([
      ModelReport(
        path: "m", summary: contents, structure: [], targets: [target("a/b", nodes: 1, all)])
    ])
    let result = try #require(results(try runs(plain)).first)
    #expect(result["kind"] as? String == kind)
    #expect(result["level"] as? String == level)
    // Whatever fails the run is an error there.
    let failing = try #require(results(try runs(plain.failing(at: verdict))).first)
    #expect(failing["kind"] as? String == "fail")
    #expect(failing["level"] as? String == "error")
  }

  @Test func placesInBinaryFilesAreBytes() throws {
    let found = results(try runs(try GatedReports.binary()))
    let locations = found.compactMap { ($0["locations"] as? [[String: Any]])?.first }
    let regions = locations.compactMap {
      ($0["physicalLocation"] as? [String: Any])?["region"] as? [String: Int]
    }
    #expect(regions.count == 2)
    #expect(regions.allSatisfy { $0["byteOffset"] != nil && $0["startLine"] == nil })
    #expect(regions.last?["byteLength"] ?? 0 > 5)
  }
}
