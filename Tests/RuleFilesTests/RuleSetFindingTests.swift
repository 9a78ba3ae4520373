import Foundation
import RuleFiles
import Testing

struct RuleSetFindingTests {
  private let operators = ["operators/a.json": "{}"]

  /// The failure of a search, as text.
  private func failure(
    directory: String? = nil, named: String? = nil, executable: String? = nil
  ) -> String? {
    do {
      _ = try RuleSet.find(
        directory: directory, environment: { _ in named }, executable: executable)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("a folder that the user names counts before everything else")
  func explicitFolder() throws {
    let (first, second) = (try TestFolder(operators), try TestFolder(operators))
    let rules = try RuleSet.find(
      directory: first.path, environment: { _ in second.path }, executable: nil)
    #expect(rules.origin == .directory(first.path))
    #expect(rules.origin.description == first.path)
  }

  @Test("the environment variable counts before the installed folder")
  func environmentVariable() throws {
    let (named, installed) = (
      try TestFolder(operators), try TestFolder(["share/regauge/Rules/operators/a.json": "{}"])
    )
    let rules = try RuleSet.find(
      directory: nil, environment: { $0 == "REGAUGE_RULES" ? named.path : nil },
      executable: installed.path + "/bin/regauge")
    #expect(rules.origin == .environment(named.path))
    #expect(rules.origin.description == "\(named.path) (named by REGAUGE_RULES)")
  }

  @Test("the folder installed beside the executable is found, an empty variable notwithstanding")
  func installedFolder() throws {
    let folder = try TestFolder([
      "share/regauge/Rules/operators/a.json": "{}", "bin/regauge": "",
    ])
    let rules = try RuleSet.find(
      directory: nil, environment: { _ in "" }, executable: folder.path + "/bin/regauge")
    #expect(rules.origin == .installed(folder.path + "/bin/../share/regauge/Rules"))
    #expect(try rules.files(under: "operators").map(\.name) == ["operators/a.json"])
  }

  @Test("a missing folder is named, with advice")
  func missingFolder() {
    #expect(
      failure(directory: "/no/such/folder")
        == "/no/such/folder: no such file or directory; "
        + "name the folder that holds operators/ and stacks/")
    #expect(
      failure(named: "/no/such/folder")
        == "/no/such/folder: no such file or directory; "
        + "correct or unset REGAUGE_RULES, which names this folder")
  }

  @Test("a file is no folder of rules")
  func fileInsteadOfFolder() throws {
    let folder = try TestFolder(["rules.json": "{}"])
    let path = folder.path + "/rules.json"
    #expect(failure(directory: path)?.hasPrefix("\(path): not a directory; ") == true)
  }

  @Test("a folder without operators is no set of rules, wherever it is")
  func folderWithoutOperators() throws {
    let folder = try TestFolder(["stacks/x/stack.json": "{}", "share/regauge/Rules/a.json": "{}"])
    #expect(
      failure(directory: folder.path)?
        .hasPrefix("\(folder.path): has no folder operators; ") == true)
    try folder.write("bin/regauge", "")
    let installed = failure(executable: folder.path + "/bin/regauge")
    #expect(installed?.contains("has no folder operators; install regauge again") == true)
  }

  @Test("the running program can be told")
  func runningExecutable() {
    #expect(RuleSet.runningExecutable()?.hasPrefix("/") == true)
  }
}
