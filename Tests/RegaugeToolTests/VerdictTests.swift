import Testing

@Suite struct VerdictTests {
  static let verdicts = [
    "supported", "conditional", "fallback", "unknown", "silent", "unsupported",
  ]

  @Test(arguments: verdicts) func aVerdictIsReported(verdict: String) throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.judged(verdict))
    let run = try folder.check("m.onnxtxt", "-o", "json")
    let targets = try #require(try run.models().first?["targets"] as? [[String: Any]])
    #expect(targets.map { $0["target"] as? String } == ["sample/door"])
    #expect(targets.map { $0["verdict"] as? String } == [verdict])
    #expect(run.status == (verdict == "unsupported" ? 1 : 0))
  }

  @Test(arguments: verdicts.dropFirst()) func theThresholdCanBeAnyVerdictButTheBest(
    threshold: String
  ) throws {
    let folder = try WorkFolder()
    for verdict in Self.verdicts {
      try folder.write("m.onnxtxt", SampleModels.judged(verdict))
      let run = try folder.check("m.onnxtxt", "--fail-on", threshold)
      let isReached =
        try #require(Self.verdicts.firstIndex(of: verdict))
        >= (try #require(Self.verdicts.firstIndex(of: threshold)))
      #expect(run.status == (isReached ? 1 : 0), "\(verdict)")
    }
  }

  @Test func neverFailsOnNoVerdict() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.unsupported)
    #expect(try folder.check("m.onnxtxt", "--fail-on=never").status == 0)
  }

  @Test func theThresholdDecidesWhatFailsInJUnitToo() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.judged("conditional"))
    let lenient = try folder.check("m.onnxtxt", "-o", "junit")
    #expect(!lenient.output.contains("<failure"))
    let strict = try folder.check("m.onnxtxt", "-o", "junit", "--fail-on", "conditional")
    #expect(strict.output.contains("<failure message=\"conditional: needs a new driver"))
  }

  @Test func aFindingTellsAllThatIsKnown() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.judged("silent"))
    let run = try folder.check("m.onnxtxt")
    #expect(run.output.contains("sample/door: SILENT – converts, but computes something else"))
    #expect(run.output.contains("silent Softmax@13: "))
    #expect(run.output.contains("never read"))
    #expect(run.output.contains("at Softmax#0 (line 2, column 34)"))
    #expect(run.output.contains("help: "))
    #expect(run.output.contains("evidence: nobody/sample@c0ffee kernels.cc:12 (high confidence)"))
  }

  @Test func withoutATargetAllStacksAreAsked() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.supported)
    let run = try folder.run("check", "m.onnxtxt", environment: ["REGAUGE_RULES": ""])
    #expect(run.output.contains("ascend-cann/atc: "))
    #expect(run.output.contains("onnxruntime/cpu: "))
  }

  @Test func targetsThatAreNamedTwiceAreAskedOnce() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.supported)
    let run = try folder.check("m.onnxtxt", "-t", "sample", "-t", "sample/door", "-o", "json")
    #expect((try run.models().first?["targets"] as? [Any])?.count == 1)
  }

  @Test func aDeviceIsPartOfTheTarget() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.supported)
    let run = try folder.run("check", "m.onnxtxt", "-t", "sample:Chip 1")
    #expect(run.output.contains("sample/door:Chip 1: SUPPORTED"))
  }

  @Test func modelsAreReportedByPathWhicheverIsDoneFirst() throws {
    let folder = try WorkFolder()
    let names = (0..<40).map { "m\(($0 * 7) % 40).onnxtxt" }
    for (index, name) in names.enumerated() {
      let verdict = index % 2 == 0 ? "supported" : "unsupported"
      try folder.write(name, index == 5 ? "no model" : SampleModels.judged(verdict))
    }
    let line = ["check", "-t", "sample/door", "-o", "json"] + names
    let run = try folder.run(WorkFolder.tool, line, input: [], environment: [:])
    #expect(run.status == 3)
    #expect(try run.models().map { $0["path"] as? String } == names.sorted())
    let again = try folder.run(WorkFolder.tool, line, input: [], environment: [:])
    #expect(run.output == again.output)
  }
}
