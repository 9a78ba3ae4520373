import Foundation
import Testing

/// `regauge compare` by the shipped rules.
@Suite struct CompareTests {
  private let folder: WorkFolder
  private let shipped = SampleRules.shipped

  init() throws {
    folder = try WorkFolder()
  }

  private func model(opset: Int, _ nodes: String) -> String {
    "<ir_version: 8, opset_import: [\"\": \(opset)]>\n"
      + "g (float[2,3] x) => (float[2,3] y) { \(nodes) }"
  }

  /// The targets of the only model, by name.
  private func targets(_ run: ToolRun) throws -> [String: [String: Any]] {
    let models = try run.models()
    let targets = try #require(models.first?["targets"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: targets.map { ($0["target"] as? String ?? "", $0) })
  }

  @Test func fewerPersonDaysComeFirst() throws {
    try folder.write("m.onnxtxt", model(opset: 17, "z = Celu(x) y = Softmax(z)"))
    let run = try folder.run(
      "compare", "m.onnxtxt", "-t", "moorethreads-musa", "-t", "metax-maca", "-o", "json",
      environment: shipped)
    let models = try run.models()
    let targets = try #require(models.first?["targets"] as? [[String: Any]])
    let hours = targets.compactMap { target -> Double? in
      let best = (target["effort"] as? [String: Any])?["best"] as? [String: Any]
      return best?["expectedHours"] as? Double
    }
    #expect(hours.count == 7)
    #expect(hours == hours.sorted())
    #expect(hours.first != hours.last)
  }

  @Test func thePageHasPersonDaysWhereTheyWereEstimated() throws {
    try folder.write("m.onnxtxt", model(opset: 17, "y = Relu(x)"))
    let words = ["compare", "m.onnxtxt", "-t", "ascend-cann/atc", "-o", "html"]
    let with = try folder.run(WorkFolder.tool, words, input: [], environment: shipped)
    let without = try folder.run(
      WorkFolder.tool, words + ["--no-effort"], input: [], environment: shipped)
    #expect(with.output.contains("Person-days"))
    #expect(!without.output.contains(">Person-days<"))
  }

  @Test func theBestTargetComesFirstAndTiesGoByName() throws {
    try folder.write("m.onnxtxt", model(opset: 17, "y = Relu(x)"))
    let run = try folder.run(
      "compare", "m.onnxtxt", "--no-effort", "-o", "json", environment: shipped)
    #expect(run.status == 0)
    let models = try run.models()
    let targets = try #require(models.first?["targets"] as? [[String: Any]])
    #expect(targets.first?["target"] as? String == "ascend-cann/atc")
    #expect(targets.compactMap { $0["rank"] as? Int } == Array(1..<targets.count))
  }

  @Test func whatNothingIsKnownOfStandsLastWithoutARank() throws {
    try folder.write("m.onnxtxt", model(opset: 17, "y = Relu(x)"))
    let run = try folder.run("compare", "m.onnxtxt", "-o", "json", environment: shipped)
    let models = try run.models()
    let last = try #require((models.first?["targets"] as? [[String: Any]])?.last)
    #expect(last["target"] as? String == "biren-supa/suinfer")
    #expect(last["rank"] is NSNull)
  }

  @Test func aModelThatIsTooNewIsToldWhichOpsetToConvertTo() throws {
    try folder.write("m.onnxtxt", model(opset: 19, "y = Relu(x)"))
    let run = try folder.run(
      "compare", "m.onnxtxt", "-t", "ascend-cann/atc", "-o", "json", environment: shipped)
    let zone = try #require(try targets(run)["ascend-cann/atc"]?["opsets"] as? [String: Any])
    #expect(zone["current"] as? Int == 19)
    #expect(zone["taken"] as? [Int] == Array(8...18))
    #expect(zone["recommended"] as? Int == 18)
    #expect((zone["missingAdapters"] as? [Any])?.isEmpty == true)
    #expect(zone["upperEnd"] as? [String] == ["ai.onnx::Relu"])
  }

  @Test func stepsThatTheConverterCannotTakeAreNamed() throws {
    // Nothing converts ConstantOfShape 20 to 19; ATC takes opsets up to 18.
    try folder.write(
      "m.onnxtxt",
      model(opset: 20, "s = Constant <value_ints = [2, 3]> () y = ConstantOfShape (s)"))
    let run = try folder.run(
      "compare", "m.onnxtxt", "-t", "ascend-cann/atc", environment: shipped)
    #expect(run.status == 0)
    #expect(run.output.contains("no step for ConstantOfShape"))
  }

  @Test func anOperatorThatNoOpsetBringsIsToldApart() throws {
    try folder.write("m.onnxtxt", model(opset: 17, "z = Relu(x) y = Celu(z)"))
    let run = try folder.run(
      "compare", "m.onnxtxt", "-t", "moorethreads-musa/onnxruntime", "-o", "json",
      environment: shipped)
    let target = try targets(run)["moorethreads-musa/onnxruntime"]
    let zone = try #require(target?["opsets"] as? [String: Any])
    #expect(zone["never"] as? [String] == ["ai.onnx::Celu"])
  }

  @Test func oneKernelSourceIsToldFromKernelsOfTheVendor() throws {
    try folder.write("m.onnxtxt", model(opset: 17, "z = Relu(x) y = Identity(z)"))
    let run = try folder.run(
      "compare", "m.onnxtxt", "-t", "moorethreads-musa", "-t", "metax-maca", "-t",
      "iluvatar-corex", "-o", "json", environment: shipped)
    let kernels = try #require(try run.models().first?["sharedKernels"] as? [String: Any])
    #expect((kernels["targets"] as? [String])?.count == 3)
    let operators = try #require(kernels["operators"] as? [[String: Any]])
    let identity = operators.first { $0["operator"] as? String == "ai.onnx::Identity" }
    #expect(identity?["service"] as? String == "shared")
  }

  @Test func operatorsAreRowsWhenAskedFor() throws {
    try folder.write("m.onnxtxt", model(opset: 17, "z = Relu(x) y = Exp(z)"))
    let run = try folder.run(
      "compare", "m.onnxtxt", "--by", "operator", "-t", "ascend-cann/atc", environment: shipped)
    #expect(run.output.contains("Relu"))
    #expect(run.output.contains("ascend-cann/atc"))
  }

  @Test func aFolderGivesModelsByStacks() throws {
    try folder.write("zoo/a.onnxtxt", model(opset: 17, "y = Relu(x)"))
    try folder.write("zoo/b.onnxtxt", model(opset: 17, "y = Exp(x)"))
    let run = try folder.run("compare", "zoo", environment: shipped)
    #expect(run.status == 0)
    #expect(run.output.contains("a.onnxtxt"))
    #expect(run.output.contains("b.onnxtxt"))
    #expect(run.output.contains("hygon-dtk"))
  }

  @Test func parametersAreCountedInWords() throws {
    let folder = try WorkFolder()
    try folder.write(
      "m.onnxtxt",
      """
      <ir_version: 8, opset_import: ["": 17]>
      g (float[1500, 1024] x) => (float[1500, 1024] y)
      <float[1500, 1024] w = ["location": "w.bin"]> { y = Add(x, w) }
      """)
    let run = try folder.run("compare", "m.onnxtxt")
    #expect(run.output.contains("1.53 million parameters"), "\(run.output)")
  }

  @Test func markdownIsATableOfModelsByStacks() throws {
    try folder.write("zoo/a.onnxtxt", model(opset: 17, "y = Relu(x)"))
    try folder.write("zoo/b.onnxtxt", model(opset: 19, "y = Relu(x)"))
    let run = try folder.run(
      "compare", "zoo", "-t", "ascend-cann/atc", "-t", "onnxruntime/cpu", "-o", "markdown",
      environment: shipped)
    let lines = run.output.split(separator: "\n")
    #expect(
      lines.prefix(4) == [
        "| model | ascend-cann | onnxruntime |", "| --- | --- | --- |",
        "| `a.onnxtxt` | atc | cpu |", "| `b.onnxtxt` | atc: unsupported, 0 % | cpu |",
      ])
  }

  @Test func unreadableModelsDoNotStopTheOthers() throws {
    try folder.write("a.onnxtxt", "no model")
    try folder.write("b.onnxtxt", model(opset: 17, "y = Exp(x)"))
    let run = try folder.run("compare", "a.onnxtxt", "b.onnxtxt", environment: shipped)
    #expect(run.status == 3)
    #expect(run.output.contains("not readable"))
    #expect(run.output.contains("b.onnxtxt"))
  }

  @Test func signsAreASCIIWhereTheTerminalTakesNoOthers() throws {
    try folder.write("m.onnxtxt", model(opset: 17, "y = Relu(x)"))
    var environment = shipped
    environment["LC_ALL"] = "C"
    let run = try folder.run(
      "compare", "m.onnxtxt", "-t", "ascend-cann/atc", environment: environment)
    #expect(run.output.contains("####################"))
    #expect(run.output.utf8.allSatisfy { $0 < 0x80 })
  }
}

/// `--fail-on-effort` by the shipped rules.
@Suite struct EffortGateTests {
  private let folder: WorkFolder
  private let shipped = SampleRules.shipped

  init() throws {
    folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.body("y = Relu(x)"))
  }

  private func check(_ limit: String, _ more: String...) throws -> ToolRun {
    let words = ["check", "m.onnxtxt", "-t", "ascend-cann/atc", "--fail-on-effort", limit]
    return try folder.run(WorkFolder.tool, words + more, input: [], environment: shipped)
  }

  @Test func aPortAboveTheLimitFails() throws {
    let run = try check("0.5")
    #expect(run.status == 1)
    #expect(run.output.contains("[RG303]"))
    #expect(run.output.contains("at most 0.5 (P80) are allowed"))
  }

  @Test func aPortBelowItPasses() throws {
    let run = try check("100@p90")
    #expect(run.status == 0)
    #expect(!run.output.contains("RG303"))
  }

  @Test func moreCertaintyTakesMoreDays() throws {
    let days = try ["p50", "p80", "p90"].map { quantile in
      let text = try check("0@\(quantile)").output
      let match = try #require(text.firstMatch(of: /the port takes ([0-9.]+) person-days/))
      return try #require(Double(match.1))
    }
    #expect(days == days.sorted() && days[0] < days[2])
  }

  @Test func aKnownPortAboveTheLimitFailsOnlyWhenItTakesMore() throws {
    let less = ["--known-stack", "ascend-cann", "--team", "experienced"]
    let check = ["check", "m.onnxtxt", "-t", "ascend-cann/atc", "--fail-on-effort", "0.1"]
    func run(_ more: [String]) throws -> ToolRun {
      try folder.run(WorkFolder.tool, check + more, input: [], environment: shipped)
    }
    #expect(try run([]).status == 1)
    #expect(try run(["--write-baseline", "b.json"]).status == 0)
    let same = try run(["--baseline", "b.json"])
    #expect(same.status == 0)
    #expect(same.output.contains("known, 0 accepted, 0 fixed"))
    #expect(try run(["--baseline", "b.json"] + less).status == 0, "it takes less than before")
    #expect(try run(["--write-baseline", "less.json"] + less).status == 0)
    let more = try run(["--baseline", "less.json", "-o", "concise"])
    #expect(more.status == 1)
    #expect(more.output.contains("[RG303] (more than known)"))
  }

  @Test func JUnitHasAFailedCaseForIt() throws {
    let run = try check("0.5", "-o", "junit")
    #expect(run.output.contains("name=\"effort is within the limit\""))
    #expect(run.output.contains("<failure"))
    #expect(run.output.contains("are allowed"))
  }

  @Test(arguments: ["many", "5@p70", "-1", "5@p80@p90"]) func oddLimitsAreRefused(
    limit: String
  ) throws {
    let run = try folder.run(
      WorkFolder.tool, ["check", "m.onnxtxt", "--fail-on-effort=\(limit)"], input: [],
      environment: shipped)
    #expect(run.status == 2)
    #expect(run.error.contains("is no number of person-days"))
  }
}

/// `regauge manifest diff` by the shipped rules and by manifests of one's own.
@Suite struct ManifestDiffTests {
  private let folder: WorkFolder

  init() throws {
    folder = try WorkFolder()
    let newer = SampleRules.door
      .replacing("\"op\":\"Exp\",\"limits\":", with: "\"op\":\"Tanh\",\"limits\":")
      .replacing("\"status\":\"unknown\",\"reason\":\"not looked at\",", with: "")
    try folder.write("newer.json", newer)
  }

  @Test func operatorsThatComeAndGoAndChangeAreNamed() throws {
    let run = try folder.run("manifest", "diff", "sample/door", "newer.json")
    #expect(run.status == 0)
    #expect(run.output.contains("1 added, 1 removed, 1 changed"))
    #expect(run.output.contains("added ai.onnx::Tanh"))
    #expect(run.output.contains("removed ai.onnx::Exp"))
    #expect(run.output.contains("changed ai.onnx::Abs: unknown becomes supported"))
  }

  @Test func theSameFrontDoorHasNoChanges() throws {
    let run = try folder.run("manifest", "diff", "sample/door", "sample/door")
    #expect(run.output.contains("no operator changes"))
  }

  @Test func verdictsOfModelsAreCompared() throws {
    try folder.write("m.onnxtxt", SampleModels.judged("unknown"))
    let run = try folder.run("manifest", "diff", "sample/door", "newer.json", "m.onnxtxt")
    #expect(run.output.contains("m.onnxtxt: unknown becomes supported"))
    #expect(run.output.contains("ai.onnx::Abs ×1: unknown becomes supported"))
  }

  @Test func whatIsNoFrontDoorIsRefused() throws {
    let run = try folder.run("manifest", "diff", "sample", "newer.json")
    #expect(run.status == 2)
    #expect(run.error.contains("neither a manifest nor the name of a front door"))
  }

  @Test func aBrokenModelIsToldAndFails() throws {
    try folder.write("bad.onnxtxt", "no model")
    let run = try folder.run("manifest", "diff", "sample/door", "newer.json", "bad.onnxtxt")
    #expect(run.status == 3)
  }
}
