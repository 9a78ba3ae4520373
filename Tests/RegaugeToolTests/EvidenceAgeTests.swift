import Testing

@Suite struct EvidenceAgeTests {
  private let folder: WorkFolder

  init() throws {
    folder = try WorkFolder()
    let door = SampleRules.door.replacing(
      "\"commit\":\"c0ffee\"", with: "\"commit\":\"c0ffee\",\"date\":\"2024-01-01\"")
    try folder.write("rules/stacks/sample/door.json", door)
    try folder.write("m.onnxtxt", SampleModels.judged("silent"))
  }

  private func check(_ days: String) throws -> ToolRun {
    try folder.run(
      "check", "m.onnxtxt", "-v", "--max-evidence-age", days,
      // 2024-12-31
      environment: ["SOURCE_DATE_EPOCH": "1735603200"])
  }

  @Test func olderEvidenceIsMarkedAndItsNodesAreCounted() throws {
    let run = try check("364")
    #expect(run.output.contains("365 days old"))
    #expect(run.output.contains("evidence older than --max-evidence-age: 1 node, 100 %"))
  }

  @Test func youngerEvidenceIsNot() throws {
    let run = try check("365")
    #expect(!run.output.contains("days old"))
    #expect(run.output.contains("evidence older than --max-evidence-age: 0 nodes, 0 %"))
  }

  @Test func withoutALimitNothingIsSaidOfAge() throws {
    let run = try folder.check("m.onnxtxt", "-v")
    #expect(!run.output.contains("days old"))
    #expect(!run.output.contains("max-evidence-age"))
  }
}
