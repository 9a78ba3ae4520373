import Testing

@Suite struct ExplainTests {
  @Test(arguments: ["RG104", "rg104", "limit-not-met"]) func rulesAreExplained(name: String) throws
  {
    let run = try WorkFolder().run("explain", name)
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("RG104 limit-not-met (error)\n"))
    #expect(run.output.contains("\nWhat helps: "))
  }

  @Test(arguments: [
    ("Exp", "limit: only for rank 9 (otherwise fallback)"),
    ("ai.onnx::Softmax", "attribute axis is not read: never read"),
    ("Add", "not in the complete list"), ("Abs", "unknown, versions any: not looked at"),
  ])
  func operatorsAreExplainedByTarget(name: String, words: String) throws {
    let run = try WorkFolder().run("explain", name, "--target", "sample/door")
    #expect(run.status == 0)
    #expect(run.output.contains("sample/door  the only door, 7\n"))
    #expect(run.output.contains(words), "\(run.output)")
  }

  @Test(arguments: [
    ("limit-not-meet", "did you mean 'limit-not-met'?"), ("Sofmax", "did you mean 'Softmax'?"),
    ("::", "is neither a rule nor an operator"),
  ])
  func unknownSubjectsAreRefused(name: String, words: String) throws {
    let run = try WorkFolder().run("explain", name)
    #expect(run.status == 2)
    #expect(run.error.contains(words), "\(run.error)")
  }

  @Test func allRulesAreListed() throws {
    let folder = try WorkFolder()
    let table = try folder.run("rules").output
    #expect(table.contains("RG101  operator-not-taken"))
    let json = try folder.run("rules", "--form", "json").output
    #expect(json.contains(#""id": "RG302""#))
    #expect(table.split(separator: "\n").count == json.ranges(of: "\"id\"").count)
  }

  @Test func theManualHoldsEveryCommandFormatAndRule() throws {
    let folder = try WorkFolder()
    let reference = try folder.run("manual", "--form", "markdown").output
    for words in ["## regauge report merge", "| `sarif` |", "### RG104 limit-not-met", "--fail-on"]
    {
      #expect(reference.contains(words), "\(words)")
    }
    #expect(try folder.run("manual").output.hasPrefix(".TH \"REGAUGE\" 1 "))
  }
}
