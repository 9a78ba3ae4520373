import Foundation
import Testing

@Suite struct GateTests {
  /// Two nodes that are refused and one that depends on the driver.
  private let model = SampleModels.body("a = Add(x, x) b = Add(a, x) y = Neg(b)")

  private func folder(_ files: [String: String] = [:]) throws -> WorkFolder {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", model)
    for (name, text) in files { try folder.write(name, text) }
    return folder
  }

  private func ignoring(_ entry: String) -> [String: String] {
    [".regauge-ignore.json": #"{"schema":"regauge/ignore/1","entries":[{\#(entry)}]}"#]
  }

  // MARK: Thresholds

  @Test(
    arguments: [
      (["--fail-on", "never"], Int32(0)), (["--fail-on", "conditional"], 1), ([], 1),
      (["--fail-on", "never", "--fail-on", "sample=unsupported"], 1),
      (["--fail-on", "never", "--fail-on", "sample/door=unsupported"], 1),
      (["--fail-on", "never", "--fail-on", "sam*=unsupported"], 1),
      (["--fail-on", "unsupported", "--fail-on", "sample=never"], 0),
      (["--fail-on", "never", "--fail-on", "other=unsupported"], 0),
      (["--max-findings", "0"], 1), (["--max-findings", "1"], 0),
      (["--fail-on", "conditional", "--max-findings", "1"], 1),
    ] as [([String], Int32)])
  func thresholdsDecide(words: [String], status: Int32) throws {
    let folder = try folder()
    let words = ["check", "-t", "sample/door", "m.onnxtxt"] + words
    let run = try folder.run(WorkFolder.tool, words, input: [], environment: [:])
    #expect(run.status == status, "\(run.error)")
  }

  @Test(arguments: [
    ("sample=unsuported", "did you mean 'unsupported'?"), ("=never", "names no target"),
    ("sample", "is none of unsupported, silent"),
  ])
  func badThresholdsAreExplained(text: String, message: String) throws {
    let run = try folder().check("m.onnxtxt", "--fail-on", text)
    #expect(run.status == 2)
    #expect(run.error.contains(message))
  }

  // MARK: Baseline

  @Test func whatTheBaselineKnowsDoesNotFail() throws {
    let folder = try folder()
    let first = try folder.check("m.onnxtxt", "--write-baseline", "b.json")
    #expect(first.status == 0, "what was just written is known")
    let second = try folder.check("m.onnxtxt", "--baseline", "b.json", "-o", "json")
    #expect(second.status == 0)
    #expect(second.output.contains(#""baseline": "unchanged""#))
    #expect(!second.output.contains(#""failing""#))
    let page = try folder.check("m.onnxtxt", "--baseline", "b.json").output
    #expect(page.contains("2 known findings not shown; --show-suppressed does"))
    #expect(page.contains("Gate: nothing fails; 2 known, 0 accepted, 0 fixed\n"))
  }

  @Test(arguments: [
    ("other names", "z1 = Add(x, x) z2 = Add(z1, x) y = Neg(z2)", Int32(0)),
    ("another order", "n = Neg(x) a = Add(n, x) y = Add(a, x)", 0),
    ("fewer nodes", "a = Add(x, x) y = Neg(a)", 0),
    ("more nodes", "a = Add(x, x) b = Add(a, x) c = Add(b, x) y = Neg(c)", 1),
    ("another operator", "a = Add(x, x) b = Sub(a, x) y = Neg(b)", 1),
  ])
  func theBaselineHoldsFor(change: String, nodes: String, status: Int32) throws {
    let folder = try folder()
    try #require(folder.check("m.onnxtxt", "--write-baseline", "b.json").status == 0)
    try folder.write("m.onnxtxt", SampleModels.body(nodes))
    let run = try folder.check("m.onnxtxt", "--baseline", "b.json")
    #expect(run.status == status, "\(change): \(run.output)")
  }

  @Test func whatIsFixedIsSaid() throws {
    let folder = try folder()
    try #require(folder.check("m.onnxtxt", "--write-baseline", "b.json").status == 0)
    try folder.write("m.onnxtxt", SampleModels.supported)
    let run = try folder.check("./m.onnxtxt", "--baseline", "b.json")
    #expect(run.status == 0)
    #expect(run.output.contains("fixed ai.onnx::Add: "))
    let sarif = try folder.check("m.onnxtxt", "--baseline", "b.json", "-o", "sarif")
    #expect(sarif.output.contains(#""baselineState": "absent""#))
  }

  @Test func aTargetThatWasNotJudgedIsNotFixed() throws {
    let folder = try folder()
    try #require(folder.check("m.onnxtxt", "--write-baseline", "b.json").status == 0)
    let words = ["check", "-t", "sample/door:Chip 1", "m.onnxtxt", "--baseline", "b.json"]
    let run = try folder.run(WorkFolder.tool, words, input: [], environment: [:])
    #expect(run.output.contains("Gate: 1 finding fails; 0 known, 0 accepted, 0 fixed\n"))
    #expect(!run.output.contains("  fixed "))
  }

  @Test(arguments: [
    (
      #"{"schema":"regauge/baseline/1","models":[{"path":"other.onnx","findings":[]}]}"#,
      "b.json: is the baseline of other.onnx, not of m.onnxtxt"
    ),
    (#"{"schema":"regauge/baseline/2","models":[]}"#, "this version reads \"regauge/baseline/1\""),
    (#"{"models":[]}"#, "b.json: names no schema"), ("", "b.json: line 1, column 1"),
    (#"{"schema":"regauge/baseline/1","modles":[]}"#, "the key \"modles\" is not known"),
  ])
  func otherBaselinesAreRefused(text: String, message: String) throws {
    let run = try folder(["b.json": text]).check("m.onnxtxt", "--baseline", "b.json")
    #expect(run.status == 2)
    #expect(run.error.contains(message), "\(run.error)")
  }

  @Test func aMissingBaselineIsSaid() throws {
    let run = try folder().check("m.onnxtxt", "--baseline", "gone.json")
    #expect(run.status == 2)
    #expect(run.error == "regauge: gone.json: no such file or directory\n")
  }

  @Test func aBaselineThatCannotBeWrittenIsSaid() throws {
    let run = try folder().check("m.onnxtxt", "--write-baseline", "gone/b.json")
    #expect(run.status == 2)
    #expect(run.error == "regauge: gone/b.json: its folder does not exist\n")
  }

  // MARK: Accepted findings

  @Test(arguments: [
    #""operator":"Add""#, #""operator":"ai.onnx::*""#, #""rule":"RG101""#,
    #""rule":"operator-not-taken","target":"sample/*""#, #""model":"*.onnxtxt""#,
    #""node":"Add*""#, #""node":"main/*","expires":"9999-12-31","owner":"me""#,
  ])
  func acceptedFindingsDoNotFail(entry: String) throws {
    let folder = try folder(ignoring(entry + #","reason":"not used""#))
    let run = try folder.check("m.onnxtxt")
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains(/[12] accepted findings? not shown; --show-suppressed does\n/))
    #expect(run.output.contains(/Gate: nothing fails; 0 known, [12] accepted, 0 fixed\n/))
    #expect(!run.output.contains("unsupported Add"))
    let shown = try folder.check("m.onnxtxt", "--show-suppressed")
    #expect(shown.output.contains("(accepted: not used)"))
  }

  @Test func acceptedFindingsAreSkippedAndSuppressed() throws {
    let folder = try folder(ignoring(#""operator":"Add","reason":"not used""#))
    let run = try folder.check("m.onnxtxt", "-o", "junit=r.xml", "-o", "sarif=r.sarif")
    #expect(run.status == 0)
    #expect(try folder.text("r.xml").contains("<skipped>unsupported ×2"))
    #expect(try folder.text("r.sarif").contains(#""justification": "not used""#))
  }

  @Test func anExpiredEntryAcceptsNothingAndIsAFinding() throws {
    let entry = #""operator":"Add","reason":"for now","expires":"2020-01-31""#
    let run = try folder(ignoring(entry)).check("m.onnxtxt")
    #expect(run.status == 1)
    #expect(run.output.contains("expired on 2020-01-31"))
    #expect(run.output.contains("[RG301]"))
  }

  @Test(arguments: [("1580428800", Int32(0)), ("1580515200", 1)])
  func anEntryHoldsOnItsLastDay(seconds: String, status: Int32) throws {
    let entry = #""operator":"Add","reason":"for now","expires":"2020-01-31""#
    let run = try folder(ignoring(entry)).run(
      WorkFolder.tool, ["check", "-t", "sample/door", "m.onnxtxt"], input: [],
      environment: ["SOURCE_DATE_EPOCH": seconds])
    #expect(run.status == status)
  }

  @Test func anEntryThatMatchesNothingIsAFinding() throws {
    let run = try folder(ignoring(#""operator":"Sub","reason":"not used""#)).check("m.onnxtxt")
    #expect(run.status == 1)
    #expect(run.output.contains(#"the entry for operator "Sub" matches no finding [RG302]"#))
  }

  @Test func moreNodesThanAFindingNamesAreNotAcceptedByName() throws {
    let nodes = (0..<12).map { "a\($0) = Add(x, x)" }.joined(separator: " ")
    let folder = try folder(ignoring(#""node":"*","reason":"not used""#))
    try folder.write("m.onnxtxt", SampleModels.body("\(nodes) y = Relu(a0)"))
    #expect(try folder.check("m.onnxtxt").status == 1)
  }

  @Test(arguments: [
    (#""operator":"Add""#, "has no \"reason\""), (#""operator":"Add","reason":"  ""#, "reason"),
    (#""reason":"why""#, "names neither rule"),
    (#""rule":"RG101","reason":"why","expires":"soon""#, "is no day such as 2026-12-31"),
    (#""rule":"RG101","reason":"why","reson":"""#, "the key \"reson\" is not known"),
  ])
  func badEntriesAreExplainedWithTheirPlace(entry: String, message: String) throws {
    let run = try folder(ignoring(entry)).check("m.onnxtxt")
    #expect(run.status == 2)
    #expect(run.error.hasPrefix("regauge: .regauge-ignore.json: line 1, column "))
    #expect(run.error.contains(message), "\(run.error)")
  }

  // MARK: Reproducible

  @Test func timeIsWrittenOnlyWhenItIsAskedFor() throws {
    let folder = try folder()
    #expect(!(try folder.check("m.onnxtxt", "-o", "json").output.contains("timestamp")))
    let words = ["check", "-t", "sample/door", "m.onnxtxt", "-o", "json"]
    let fixed = try folder.run(
      WorkFolder.tool, words, input: [], environment: ["SOURCE_DATE_EPOCH": "0"])
    #expect(fixed.output.contains(#""timestamp": "1970-01-01T00:00:00Z""#))
    let stamped = try folder.check("m.onnxtxt", "-o", "json", "--timestamp")
    #expect(stamped.output.contains(/"timestamp": "20[0-9-]{8}T[0-9:]{8}Z"/))
  }
}
