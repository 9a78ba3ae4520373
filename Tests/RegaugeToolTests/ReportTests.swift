import Foundation
import Testing

@Suite struct ReportTests {
  /// A folder with seven models, two of them no models.
  private func folder() throws -> WorkFolder {
    let folder = try WorkFolder()
    for (index, verdict) in ["supported", "silent", "unsupported", "unknown", "fallback"]
      .enumerated()
    {
      try folder.write("models/m\(index).onnxtxt", SampleModels.judged(verdict))
    }
    try folder.write("models/bad.onnxtxt", "g (")
    try folder.write("models/empty.onnx", "")
    return folder
  }

  // MARK: Parts of a run

  @Test(arguments: [1, 2, 3, 7, 9]) func partsGiveTheBytesOfOneRun(count: Int) throws {
    let folder = try folder()
    let outputs = ["xml", "json", "junit", "csv", "text"]
    let words = outputs.flatMap { ["-o", "\($0)=whole.\($0)"] }
    let whole = try folder.run(
      WorkFolder.tool, ["check", "-t", "sample", "models"] + words, input: [], environment: [:])
    #expect(whole.status == 3)
    var parts: [String] = []
    for index in 1...count {
      _ = try folder.run(
        "check", "-t", "sample", "models", "--shard", "\(index)/\(count)", "-o",
        "xml=part\(index).xml")
      parts.insert("part\(index).xml", at: index % 2 == 0 ? 0 : parts.count)
    }
    let again = outputs.flatMap { ["-o", "\($0)=merged.\($0)"] }
    let merged = try folder.run(
      WorkFolder.tool, ["report", "merge"] + parts + again, input: [], environment: [:])
    #expect(merged.status == 3, "\(merged.error)")
    for output in outputs {
      #expect(try folder.text("merged.\(output)") == (try folder.text("whole.\(output)")))
    }
  }

  @Test func theGateIsAppliedToTheWhole() throws {
    let folder = try folder()
    try folder.write(
      ".regauge-ignore.json",
      #"{"schema":"regauge/ignore/1","entries":[{"operator":"Add","reason":"not used"}]}"#)
    for index in 1...2 {
      _ = try folder.run(
        "check", "-t", "sample", "models/m2.onnxtxt", "models/m3.onnxtxt", "--shard",
        "\(index)/2", "-o", "xml=p\(index).xml")
    }
    #expect(try folder.text("p2.xml").contains("RG302"), "the other part has what it matches")
    let merged = try folder.run("report", "merge", "p1.xml", "p2.xml", "-o", "json")
    #expect(merged.status == 0)
    #expect(!merged.output.contains("RG302"))
    #expect(merged.output.contains(#""suppression""#))
    let strict = try folder.run(
      "report", "merge", "p1.xml", "p2.xml", "--fail-on", "unknown", "-o", "json=/dev/null")
    #expect(strict.status == 1)
  }

  @Test func wholeReportsAreMergedByPath() throws {
    let folder = try folder()
    for index in [2, 0] {
      _ = try folder.run(
        "check", "-t", "sample", "models/m\(index).onnxtxt", "-o", "xml=r\(index).xml")
    }
    let first = try folder.run("report", "merge", "r2.xml", "r0.xml", "-o", "json")
    let second = try folder.run("report", "merge", "r0.xml", "r2.xml", "-o", "json")
    #expect(first.output == second.output)
    #expect(
      try first.models().map { $0["path"] as? String } == [
        "models/m0.onnxtxt", "models/m2.onnxtxt",
      ])
    let twice = try folder.run("report", "merge", "r0.xml", "r0.xml")
    #expect(twice.status == 2)
    #expect(twice.error.contains("models/m0.onnxtxt stands in two of the reports"))
  }

  @Test(arguments: [
    (["p1.xml"], "the part 2/3 is missing"), (["p1.xml", "p1.xml"], "the part 1/3 is there twice"),
    (["p1.xml", "whole.xml"], "parts of different runs"),
    (["p1.xml", "gone.xml"], "gone.xml: no such file"), (["bad.xml"], "bad.xml: line 1"),
    (["new.xml"], "follows the schema 'regauge/report/9'"),
    (["other.xml", "whole.xml"], "the reports judge by different targets"),
    (["r.json"], "only reports written with -o xml are read back"),
    (["models/m0.onnxtxt"], "only reports written with -o xml are read back"),
  ])
  func whatCannotBeMergedIsExplained(names: [String], message: String) throws {
    let folder = try folder()
    let check = ["check", "-t", "sample/door", "models/m0.onnxtxt", "models/m1.onnxtxt"]
    for words in [
      ["--shard", "1/3", "-o", "xml=p1.xml"], ["-o", "xml=whole.xml"], ["-o", "json=r.json"],
      ["-t", "sample/door:Chip 1", "-o", "xml=other.xml"],
    ] { _ = try folder.run(WorkFolder.tool, check + words, input: [], environment: [:]) }
    try folder.write("bad.xml", "<regauge-report")
    try folder.write(
      "new.xml",
      try folder.text("whole.xml").replacingOccurrences(
        of: "regauge/report/1", with: "regauge/report/9"))
    let run = try folder.run(
      WorkFolder.tool, ["report", "merge"] + names, input: [], environment: [:])
    #expect(run.status == 2 || run.status == 3)
    #expect(run.error.contains(message), "\(run.error)")
    #expect(run.output.isEmpty)
  }

  @Test(arguments: ["0/2", "3/2", "1", "1/0", "a/b", "-1/2"])
  func badPartsAreRefused(text: String) throws {
    let run = try folder().run("check", "models", "--shard=\(text)")
    #expect(run.status == 2)
    #expect(run.error.contains("is no part such as 2/4"))
  }

  // MARK: Validate, render, verify

  @Test func reportsAreValidated() throws {
    let folder = try folder()
    _ = try folder.run("check", "-t", "sample", "models", "-o", "xml=r.xml")
    #expect(try folder.run("report", "validate", "r.xml").output == "r.xml: valid\n")
    try folder.write(
      "r.xml",
      try folder.text("r.xml").replacingOccurrences(
        of: "verdict=\"silent\"", with: "verdict=\"fine\""))
    let run = try folder.run("report", "validate", "r.xml")
    #expect(run.status == 3)
    #expect(run.output.contains("r.xml: NOT valid\n  line "))
  }

  @Test(arguments: ["text", "json", "junit", "sarif", "markdown", "github", "xml"])
  func aRenderedReportIsTheOneOfTheRun(form: String) throws {
    let folder = try folder()
    let run = try folder.run(
      "check", "-t", "sample", "models", "-o", "xml=r.xml", "-o", "\(form)=direct.\(form)")
    try #require(run.status == 3)
    let rendered = try folder.run("report", "render", "r.xml", "-o", "\(form)=again.\(form)")
    #expect(rendered.status == 0)
    #expect(try folder.text("again.\(form)") == (try folder.text("direct.\(form)")))
  }

  @Test func aReportHoldsUntilModelOrRulesChange() throws {
    let folder = try folder()
    _ = try folder.run("check", "-t", "sample", "models", "-o", "xml=r.xml")
    let run = try folder.run("report", "verify", "r.xml")
    #expect(run.status == 0, "\(run.output)\(run.error)")
    try folder.write("models/m0.onnxtxt", SampleModels.judged("unsupported"))
    let changed = try folder.run("report", "verify", "r.xml")
    #expect(changed.status == 1)
    #expect(changed.output.contains("models/m0.onnxtxt: is another model"))
    try folder.write("models/m0.onnxtxt", SampleModels.judged("supported"))
    try folder.write(
      "rules/stacks/sample/door.json",
      SampleRules.door.replacingOccurrences(of: "\"op\":\"Relu\"", with: "\"op\":\"Selu\""))
    let rules = try folder.run("report", "verify", "r.xml")
    #expect(rules.status == 1)
    #expect(rules.output.contains("  stacks/sample/door.json has changed: sha256 "))
    #expect(!rules.output.contains("stack.json has changed"))
    #expect(rules.output.contains("models/m0.onnxtxt: sample/door is now unsupported"))
  }

  @Test func rulesThatAReportDoesNotRestOnMayChange() throws {
    let folder = try folder()
    _ = try folder.run("check", "-t", "sample", "models", "-o", "xml=r.xml")
    try folder.write("rules/stacks/other/stack.json", SampleRules.stack)
    let run = try folder.run("report", "verify", "r.xml")
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("rule files (of the others, some have changed since)"))
  }

  @Test func theFilesOfAReportDoNotHangOnItsModels() throws {
    let folder = try folder()
    var files: Set<String> = []
    for models in [["models/m0.onnxtxt"], ["models"], ["models/bad.onnxtxt"]] {
      let words = ["check", "-t", "sample"] + models + ["-o", "json=r.json"]
      _ = try folder.run(WorkFolder.tool, words, input: [], environment: [:])
      let text = try folder.text("r.json")
      files.insert(String(text.prefix { $0 != "]" }))
    }
    #expect(files.count == 1)
    for name in ["operators/ai.onnx.json", "stacks/sample/door.json", "stacks/sample/stack.json"] {
      #expect(files.first?.contains("\"name\": \"\(name)\"") == true)
    }
  }

  // MARK: Diff

  @Test func modelsAndReportsAreCompared() throws {
    let folder = try WorkFolder()
    try folder.write("old.onnxtxt", SampleModels.body("a = Add(x, x) y = Neg(a)"))
    try folder.write("new.onnxtxt", SampleModels.body("b = Neg(x) y = Sub(b, b)"))
    let models = try folder.run("diff", "old.onnxtxt", "new.onnxtxt", "-t", "sample/door")
    #expect(models.status == 1)
    #expect(models.output.contains("sample/door: unsupported; 1 new, 1 fixed, 1 unchanged\n"))
    #expect(models.output.contains("    + ai.onnx::Sub: "))
    #expect(models.output.contains("    - ai.onnx::Add: "))
    for name in ["old", "new"] {
      _ = try folder.check("\(name).onnxtxt", "-o", "xml=\(name).xml")
    }
    let reports = try folder.run("report", "diff", "old.xml", "new.xml")
    #expect(reports.output == models.output)
    #expect(try folder.run("diff", "old.xml", "new.xml").output == models.output)
    let same = try folder.run("diff", "old.xml", "old.onnxtxt", "-t", "sample/door")
    #expect(same.status == 0)
    #expect(same.output == "old.onnxtxt\n  1 target as before\n")
  }
}
