import Foundation
import Testing

@Suite struct ConfigTests {
  private func folder(_ config: String? = nil) throws -> WorkFolder {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.unsupported)
    if let config { try folder.write("regauge.json", config) }
    return folder
  }

  private func run(
    _ folder: WorkFolder, _ words: String..., environment: [String: String] = [:]
  ) throws -> ToolRun {
    try folder.run(
      WorkFolder.tool, ["check", "m.onnxtxt"] + words, input: [], environment: environment)
  }

  // MARK: Which value counts

  @Test(
    arguments: [
      (#"{"target":"sample/door","fail-on":"never"}"#, [:], [], Int32(0)),
      (#"{"fail-on":"never"}"#, ["REGAUGE_FAIL_ON": "unsupported"], [], 1),
      (#"{"fail-on":"never"}"#, ["REGAUGE_FAIL_ON": "unsupported"], ["--fail-on", "never"], 0),
      (#"{"fail-on":["never","sample=unsupported"]}"#, [:], [], 1),
      ("{}", ["REGAUGE_FAIL_ON": "never,sample=unsupported"], [], 1),
      ("{}", ["REGAUGE_FAIL_ON": "never"], ["--isolated", "--rules", "rules"], 1),
      (#"{"fail-on":"never"}"#, [:], ["--isolated", "--rules", "rules"], 1),
      (#"{"$schema":"x","schema":"regauge/config/1","max-findings":1}"#, [:], [], 0),
    ] as [(String, [String: String], [String], Int32)])
  func whatIsTypedCountsBeforeVariablesBeforeFiles(
    config: String, environment: [String: String], words: [String], status: Int32
  ) throws {
    let run = try folder(config).run(
      WorkFolder.tool, ["check", "m.onnxtxt"] + words, input: [], environment: environment)
    #expect(run.status == status, "\(run.error)")
  }

  @Test func theNearestFileAboveCounts() throws {
    let folder = try folder(#"{"fail-on":"never","baseline":"b.json"}"#)
    try folder.makeFolder("deep/deeper")
    try folder.write("b.json", #"{"schema":"regauge/baseline/1","models":[]}"#)
    let run = try folder.run(
      URL(filePath: "/bin/sh"),
      ["-c", "cd deep/deeper && \"$0\" check ../../m.onnxtxt -t sample", WorkFolder.tool.path],
      input: [], environment: [:])
    // The baseline is found beside the file, or the status would be 2.
    #expect(run.status == 0, "\(run.error)")
  }

  @Test func theUsersOwnFileCountsLast() throws {
    let folder = try folder(#"{"max-findings":0}"#)
    try folder.write("xdg/regauge/regauge.json", #"{"fail-on":"never","max-findings":9}"#)
    let xdg = ["XDG_CONFIG_HOME": folder.path("xdg")]
    #expect(try run(folder, environment: xdg).status == 0)
    #expect(try run(folder, "--fail-on", "unsupported", environment: xdg).status == 1)
    try folder.write("home/.config/regauge/regauge.json", #"{"fail-on":"never"}"#)
    #expect(try run(folder, environment: ["HOME": folder.path("home")]).status == 0)
  }

  @Test func aFileCanBeNamed() throws {
    let folder = try folder(#"{"fail-on":"never"}"#)
    try folder.write("other.json", "{}")
    #expect(try run(folder, "--config", "other.json").status == 1)
    let gone = try run(folder, "--config", "gone.json")
    #expect(gone.status == 2)
    #expect(gone.error.contains("gone.json: no such file"))
  }

  @Test func formsOfReportsDoNotConcernComparisons() throws {
    let run = try folder(#"{"output":["junit=r.xml"]}"#).run("compare", "m.onnxtxt")
    #expect(run.status == 0, "\(run.error)")
  }

  // MARK: Mistakes

  @Test(arguments: [
    (#"{"fail_on":"never"}"#, "there is no option 'fail_on'; did you mean 'fail-on'?"),
    (#"{"fail-on":"nevr"}"#, "did you mean 'never'?"), ("", "line 1, column 1"),
    (#"{"fail-on":null}"#, "expected a text"), (#"{"max-findings":[1,2]}"#, "takes one value"),
    (#"{"verbose":"loud"}"#, "is a flag: true or false"), ("[]", "expected an object"),
    (#"{"schema":"regauge/config/2"}"#, "this version reads"),
  ])
  func mistakesInFilesAreExplained(config: String, message: String) throws {
    let run = try run(try folder(config))
    #expect(run.status == 2)
    #expect(run.error.contains("regauge.json: "))
    #expect(run.error.contains(message), "\(run.error)")
  }

  @Test func mistakesInVariablesAreExplained() throws {
    let run = try run(try folder(), environment: ["REGAUGE_MAX_FINDINGS": "many"])
    #expect(run.status == 2)
    #expect(run.error.contains("REGAUGE_MAX_FINDINGS: 'max-findings' has the value 'many'"))
  }

  // MARK: config

  @Test func originsAreShown() throws {
    let folder = try folder(#"{"fail-on":"never","verbose":true}"#)
    let run = try folder.run("config", "show", environment: ["REGAUGE_SHARD": "1/2"])
    #expect(run.output.contains(/fail-on +never  \(.*\/regauge.json\)\n/))
    #expect(run.output.contains(/verbose +true  \(.*\/regauge.json\)\n/))
    #expect(run.output.contains(/shard +1\/2  \(REGAUGE_SHARD\)\n/))
    #expect(run.output.contains(/junit-dialect +strict  \(default\)\n/))
    #expect(run.output.contains(/rules +\/.*  \(REGAUGE_RULES\)\n/))
  }

  @Test func theShippedSchemaIsTheOneOfTheCommands() throws {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let file = root.appending(path: "Rules/schema/config.schema.json")
    let shipped = try String(contentsOf: file, encoding: .utf8)
    let made = try folder().run("config", "schema").output
    #expect(
      made == shipped, "write it anew: regauge config schema > Rules/schema/config.schema.json")
  }
}
