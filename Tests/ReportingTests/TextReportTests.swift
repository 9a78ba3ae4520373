import Compatibility
import ModelGraph
import Testing

@testable import Reporting

@Suite struct TextReportTests {
  private func style(
    width: Int = 80, colour: Bool = false, verbose: Bool = false
  ) -> TextStyle {
    TextStyle(width: width, usesColour: colour, usesUnicode: true, isVerbose: verbose)
  }

  private func text(_ name: String, _ style: TextStyle) throws -> String {
    TextReport.text(try SampleReports.named(name), style: style)
  }

  /// A report on a model with one node and these findings on one target.
  private func text(_ findings: [Finding], _ style: TextStyle, path: String = "m.onnx") throws
    -> String
  {
    let model = ModelReport(
      path: path, summary: try summary("<ir_version: 8>\ng (int8 x) => (int8 y) { y = Relu(x) }"),
      structure: [], targets: [target("example/compiler", nodes: 1, findings)])
    return TextReport.text(report([model]), style: style)
  }

  // MARK: Layout

  @Test(arguments: ["findings", "several", "contents"], [50, 60, 100])
  func linesStayWithinTheWidth(name: String, width: Int) throws {
    for line in try text(name, style(width: width)).split(separator: "\n") {
      #expect(String(line).columns <= width)
    }
  }

  @Test(arguments: SampleReports.names, [50, 100])
  func coloursDoNotMoveAnything(name: String, width: Int) throws {
    let coloured = try text(name, style(width: width, colour: true))
    #expect(coloured.contains("\u{1B}[1m"))
    let bare = coloured.replacing(/\u{1B}\[\d+m/, with: "")
    #expect(bare == (try text(name, style(width: width))))
  }

  @Test func wideCharactersAreWrapped() throws {
    let reason = String(repeating: "不支持的算子", count: 20)
    let lines = try text([finding(.unknown, "Relu", reason: reason)], style(width: 60))
      .split(separator: "\n").filter { $0.contains("不") || $0.contains("子") }
    #expect(lines.count == 5)
    #expect(lines.allSatisfy { String($0).columns <= 60 })
    #expect(lines.first?.hasSuffix("支") == true)
  }

  @Test func aLongWordGetsALineOfItsOwn() throws {
    let word = String(repeating: "long", count: 40)
    let report = try text([finding(.unknown, "Relu", reason: "see \(word) there")], style())
    #expect(report.contains("see\n    \(word)\n    there"))
  }

  // MARK: How much is shown

  private func many(_ verdict: Verdict, _ count: Int) -> [Finding] {
    (0..<count).map { finding(verdict, "Op\($0)", reason: "reason \($0)") }
  }

  @Test func onlyTheWorstFindingsAreShownUnlessVerbose() throws {
    let findings = many(.unsupported, 2) + many(.fallback, 4) + many(.conditional, 30)
    let brief = try text(findings, style())
    #expect(brief.ranges(of: "[RG901]").count == 7)
    #expect(brief.contains("… 29 more findings (29 conditional); --verbose shows them"))
    let verbose = try text(findings, style(verbose: true))
    #expect(verbose.ranges(of: "[RG901]").count == 36)
  }

  @Test func manyErrorsAreCutAndCounted() throws {
    let brief = try text(many(.unsupported, 20) + many(.silent, 1), style(width: 100))
    #expect(brief.contains("… 9 more findings (8 unsupported, 1 silent); --verbose shows them"))
  }

  @Test func evenAVerboseReportEnds() throws {
    let verbose = try text(many(.unknown, 5000), style(verbose: true))
    #expect(verbose.contains("… 4,000 more findings (4,000 unknown); a JSON report has more"))
  }

  @Test func structuralFindingsAreCutToo() throws {
    let model = ModelReport(
      path: "m.onnx", summary: try summary("<ir_version: 8>\ng (int8 x) => (int8 x) {}"),
      structure: (0..<100_000).map { Finding(rule: sampleRule, reason: "number \($0)") },
      targets: [target("example/compiler", nodes: 0)])
    let text = TextReport.text(report([model]), style: style())
    #expect(text.contains("… 99,995 more findings (99,995 warning)"))
  }

  @Test func helpIsNotRepeatedForFindingsInARow() throws {
    let brief = try text(many(.unsupported, 3), style())
    #expect(brief.ranges(of: "help: ").count == 1)
  }

  @Test func hashesAreCutAndReleasesAreNot() throws {
    let release = Citation(
      kind: "released binary", repository: "PyPI example", commit: "1.2.3 (fab30a4, built)",
      path: "", line: "", date: "", confidence: "high")
    let found = try text(
      [finding(.unsupported, "Relu", reason: "no", evidence: [release])], style())
    #expect(found.contains("PyPI example@1.2.3 (fab30a4, built) (high confidence)"))
    #expect(sampleCitation.oneLine.hasPrefix("example/kernels@0123456789ab src/conv.cc"))
  }

  // MARK: Summary and end

  @Test func aSinglePairNeedsNoSummary() throws {
    #expect(!(try text("clean", style()).contains("Summary")))
  }

  @Test func theTableIsPartedWhereThePageEnds() throws {
    #expect(try text("several", style(width: 100)).contains("compiler      runtime       compiler"))
    let narrow = try text("several", style(width: 50))
    #expect(narrow.contains("compiler      runtime\n"))
    #expect(narrow.ranges(of: "  a/first.onnxtxt  ").count == 2)
    #expect(narrow.contains("  a/first.onnxtxt  supported     unsupported\n"))
  }

  @Test func tablesStayStraightInASCII() throws {
    let one = try summary("<ir_version: 8>\ng (int8 x) => (int8 x) {}")
    let models = ["你好.onnx", String(repeating: "long/", count: 30) + "m.onnx"].map { path in
      ModelReport(
        path: path, summary: one, structure: [],
        targets: [target("a/b", nodes: 0), target("c/d", nodes: 0)])
    }
    let style = TextStyle(width: 80, usesColour: false, usesUnicode: false, isVerbose: false)
    let rows = TextReport.text(report(models), style: style).split(separator: "\n")
      .filter { $0.hasSuffix("  supported     supported") }
    #expect(rows.count == 2)
    #expect(Set(rows.map(\.count)).count == 1)
  }

  @Test func theMoreVerdictsThereAreTheLessIsSaidOfEach() throws {
    let one = try summary("<ir_version: 8>\ng (int8 x) => (int8 x) {}")
    func count(_ targets: Int) -> Int {
      let findings = many(.unsupported, 20) + many(.unknown, 20)
      let model = ModelReport(
        path: "m.onnx", summary: one, structure: [],
        targets: (0..<targets).map { target("stack/door\($0)", nodes: 40, findings) })
      return TextReport.text(report([model]), style: style()).ranges(of: "[RG901]").count
    }
    #expect([1, 4, 5, 20, 21].map(count) == [12, 48, 30, 120, 63])
  }

  @Test func longModelNamesKeepTheirEnds() throws {
    let path = "folder/" + String(repeating: "deep/", count: 20) + "model.onnx"
    let one = try summary("<ir_version: 8>\ng (int8 x) => (int8 x) {}")
    let models = [path, "other.onnx"].map { path in
      ModelReport(
        path: path, summary: one, structure: [], targets: [target("example/compiler", nodes: 0)])
    }
    let text = TextReport.text(report(models), style: style())
    #expect(text.contains(/\n  …[a-z\/]*deep\/model\.onnx  supported\n/))
  }

  @Test(arguments: [
    (Verdict.supported, false, "Next: run it."),
    (.conditional, false, "Next: regauge check m.onnx -t example/compiler -v shows"),
    (.unsupported, true, "Next: change what the help lines name and check again;"),
  ])
  func theNextStepIsNamed(verdict: Verdict, verbose: Bool, step: String) throws {
    let findings = verdict == .supported ? [] : [finding(verdict, "Relu", reason: "is so")]
    #expect(try text(findings, style(verbose: verbose)).contains("\n\(step)"))
  }

  @Test(arguments: [
    ("a b.onnx", "regauge check 'a b.onnx' -t"), ("it's.onnx", "regauge check 'it'\\''s.onnx' -t"),
    ("-", "regauge check MODEL -t"), ("a\nb.onnx", "regauge check MODEL -t"),
  ])
  func commandsAreFitForAShell(path: String, command: String) throws {
    let finding = finding(.unknown, "Relu", reason: "is so")
    #expect(try text([finding], style(width: 200), path: path).contains("Next: \(command)"))
  }

  @Test func theRulesAreNamed() throws {
    #expect(try text("clean", style()).contains("Rules: the test's own, sha256 0123456789ab\n"))
    let verbose = try text("clean", style(width: 100, verbose: true))
    #expect(verbose.contains(String(repeating: "0123456789abcdef", count: 4)))
  }

  @Test func nothingIsLeftToDoForUnreadableModels() {
    let model = ModelReport(
      path: "m.onnx", failure: ModelFailure(reason: "the file is empty", position: nil))
    #expect(
      TextReport.text(report([model]), style: style())
        == "m.onnx: not readable: the file is empty\n")
  }
}
