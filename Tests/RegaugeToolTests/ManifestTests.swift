import Testing

@Suite struct ManifestTests {
  private func validate(_ name: String, _ content: String) throws -> ToolRun {
    let folder = try WorkFolder()
    try folder.write(name, content)
    return try folder.run("manifest", "validate", name)
  }

  @Test func goodManifestsAreValid() throws {
    let run = try WorkFolder().run(
      "manifest", "validate", "rules/stacks/sample/stack.json", "rules/stacks/sample/door.json")
    #expect(run.status == 0)
    #expect(
      run.output == """
        rules/stacks/sample/stack.json: valid
        rules/stacks/sample/door.json: valid

        """)
  }

  @Test func aMistakeIsNamedWithItsPlace() throws {
    let run = try validate(
      "door.json", SampleRules.door.replacing("\"status\":\"unknown\"", with: "\"status\":\"odd\""))
    #expect(run.status == 4)
    #expect(run.output.contains(#/^door\.json:11:\d+: operators\[3\]\.status: "odd" is none of /#))
  }

  @Test func allMistakesAreNamed() throws {
    let run = try validate(
      "door.json",
      SampleRules.door.replacing("\"confidence\":\"high\"", with: "\"confidence\":\"sure\""))
    #expect(run.status == 4)
    #expect(run.output.split(separator: "\n").count == 5)
  }

  @Test(arguments: [
    ("{", "1:2"), ("", "1:1"), ("{\"schema\":1}", "1:11"),
    ("{\"schema\":\"regauge/nothing/1\"}", "1:11"), ("\u{0}", "1:1"),
  ])
  func whatIsNoManifestIsSaid(content: String, place: String) throws {
    let run = try validate("door.json", content)
    #expect(run.status == 4)
    #expect(run.output.contains("door.json:\(place): "), "\(run.output)")
  }

  @Test func severalFilesAreCheckedAndTheBadOnesDecide() throws {
    let folder = try WorkFolder()
    try folder.write("bad.json", "{}")
    let run = try folder.run(
      "manifest", "validate", "bad.json", "gone.json", "rules/stacks/sample/stack.json")
    #expect(run.status == 4)
    #expect(run.output.contains("bad.json:1:1: "))
    #expect(run.output.hasSuffix("rules/stacks/sample/stack.json: valid\n"))
    #expect(run.error == "regauge: gone.json: no such file or directory\n")
  }

  @Test func aBrokenManifestEndsACheck() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.supported)
    try folder.write(
      "rules/stacks/sample/door.json",
      SampleRules.door.replacing("\"list\":\"closed\"", with: "\"list\":\"shut\""))
    let run = try folder.check("m.onnxtxt", "--rules", "rules", "-o", "json=report.json")
    #expect(run.status == 4)
    #expect(run.error.contains("rules/stacks/sample/door.json:2:56: list: "))
    #expect(!(try folder.names.contains("report.json")))
  }

  @Test func aMissingFrontDoorEndsACheck() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.supported)
    try folder.write(
      "rules/stacks/sample/stack.json",
      SampleRules.stack.replacing("[\"door\"]", with: "[\"door\",\"gate\"]"))
    let run = try folder.run("check", "m.onnxtxt")
    #expect(run.status == 4)
    #expect(run.error.contains("gate.json: no such file or directory"))
  }

  @Test func contentsOfAManifestCannotSteerTheTerminal() throws {
    let run = try validate("door.json", "{\"\\u001b[31mred\":1}")
    #expect(!run.output.contains("\u{1B}"))
    #expect(run.output.contains("\\u{1B}[31mred"))
  }

  @Test func stacksAreListedAndShown() throws {
    let folder = try WorkFolder()
    let list = try folder.run("stacks", "list")
    #expect(list.status == 0)
    #expect(list.output.hasPrefix("sample  Sample stack\n  front doors  door\n"))
    let show = try folder.run("stacks", "show", "sample")
    #expect(show.status == 0)
    #expect(show.output.contains("operators    5 in 5 records"))
    #expect(show.output.contains("note: Made up."))
  }

  @Test func aMappingIsAManifest() throws {
    let mapping = #"""
      {"schema":"regauge/mapping/1","title":"T",
       "operators":[
       {"domain":"ai.onnx","op":"Relu","class":"kernels","forms":[{"needs":["relu"]}],CITED},
       {"domain":"ai.onnx","op":"Neg","class":"odd",CITED}],
       "sources":[{"kind":"source code","repository":"a/b","commit":"c0ffee"}]}
      """#.replacing("CITED", with: #""evidence":[{"source":0,"line":"1","confidence":"high"}]"#)
    let good = try validate("m.json", mapping.replacing("odd", with: "view"))
    #expect(good.output == "m.json: valid\n")
    let bad = try validate("m.json", mapping)
    #expect(bad.status == 4)
    #expect(bad.output.contains("m.json:4:"))
    #expect(bad.output.contains("operators[1].class: \"odd\" is none of"), "\(bad.output)")
  }

  @Test func nothingIsBuiltWithoutEvidence() throws {
    let run = try WorkFolder().run("manifest", "build", "--check", "gone")
    #expect(run.status == 2)
    #expect(run.error.contains("gone has no folder evidence"))
  }

  @Test func filesOfAnEarlierBuildAreNoticed() throws {
    let folder = try WorkFolder()
    try folder.makeFolder("rules/evidence")
    let run = try folder.run("manifest", "build", "--check", "rules")
    #expect(run.status == 1)
    #expect(run.output.contains("rules/stacks/sample/door.json: nothing in the evidence gives"))
    #expect(run.output.hasSuffix("0 manifests, 0 changed\n"))
  }
}
