import Foundation
import Testing

@Suite struct RulesTests {
  private func folder() throws -> WorkFolder {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.supported)
    return folder
  }

  /// What `--version -v` says of the rules, and what a JSON report says.
  private func origins(
    _ folder: WorkFolder, _ words: [String], _ environment: [String: String],
    tool: URL = WorkFolder.tool
  ) throws -> (version: String, report: [String: String]) {
    let version = try folder.run(
      tool, ["--version", "-v"] + words, input: [], environment: environment)
    #expect(version.status == 0)
    let report = try folder.run(
      tool, ["check", "m.onnxtxt", "-o", "json"] + words, input: [], environment: environment)
    let rules = try #require(try report.json()["rules"] as? [String: Any])
    return (version.output, rules.compactMapValues { $0 as? String })
  }

  @Test func rulesAreInTheBinary() throws {
    let found = try origins(try folder(), [], ["REGAUGE_RULES": ""])
    #expect(found.version.contains("rules   embedded in the binary\n"))
    #expect(found.report["origin"] == "embedded in the binary")
  }

  @Test func theEnvironmentMayNameThem() throws {
    let folder = try folder()
    let found = try origins(folder, [], ["REGAUGE_RULES": folder.path("rules")])
    let origin = "\(folder.path("rules")) (named by REGAUGE_RULES)"
    #expect(found.version.contains("rules   \(origin)\n"))
    #expect(found.report["origin"] == origin)
  }

  @Test func theCommandLineWins() throws {
    let found = try origins(try folder(), ["--rules", "rules"], ["REGAUGE_RULES": "/nowhere"])
    #expect(found.version.contains("rules   rules\n"))
    #expect(found.version.contains("stacks  sample\n"))
    #expect(found.report["origin"] == "rules")
  }

  @Test func theyMayStandBesideTheExecutable() throws {
    let folder = try folder()
    try folder.makeFolder("bin")
    let tool = URL(filePath: folder.path("bin/regauge"))
    try FileManager.default.copyItem(at: WorkFolder.tool, to: tool)
    try folder.makeFolder("share/regauge")
    try folder.makeLink("share/regauge/Rules", to: folder.path("rules"))
    let found = try origins(folder, [], ["REGAUGE_RULES": ""], tool: tool)
    #expect(found.version.contains("(installed beside the executable)\n"))
    #expect(found.version.contains("stacks  sample\n"))
  }

  @Test func theDigestIsThatOfTheRules() throws {
    let folder = try folder()
    func digest() throws -> String {
      let found = try origins(folder, ["--rules", "rules"], [:])
      let digest = try #require(found.report["sha256"])
      #expect(found.version.contains("sha256  \(digest)\n"))
      return digest
    }
    let before = try digest()
    #expect(before.count == 64)
    try folder.write(
      "rules/stacks/sample/door.json", SampleRules.door.replacing("kernels.cc", with: "other.cc"))
    #expect(try digest() != before)
  }

  @Test func everyReportNamesTheRules() throws {
    let folder = try folder()
    let digest = try #require(try origins(folder, [], [:]).report["sha256"])
    #expect(try folder.check("m.onnxtxt").output.contains("sha256 \(digest.prefix(12))\n"))
    #expect(try folder.check("m.onnxtxt", "-o", "junit").output.contains(digest))
  }

  @Test(arguments: ["gone", "m.onnxtxt", "rules/stacks"])
  func aFolderThatIsNoSetOfRulesIsSaid(name: String) throws {
    let run = try folder().check("m.onnxtxt", "--rules", name)
    #expect(run.status == 4)
    #expect(run.error.hasPrefix("regauge: \(name): "))
    #expect(run.output.isEmpty)
  }

  @Test func theVersionAloneNeedsNoRules() throws {
    let run = try WorkFolder().run("--version", environment: ["REGAUGE_RULES": "/nowhere"])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("regauge "))
  }
}
