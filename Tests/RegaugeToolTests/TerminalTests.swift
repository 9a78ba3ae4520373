import Foundation
import Testing

@Suite struct TerminalTests {
  private func folder() throws -> WorkFolder {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.unsupported)
    return folder
  }

  @Test(arguments: [
    ["check", "m.onnxtxt"], ["inspect", "m.onnxtxt"], ["stacks", "list"], ["help"],
  ])
  func thereAreNoEscapeCodesInAPipe(words: [String]) throws {
    let run = try folder().run(WorkFolder.tool, words, input: [], environment: [:])
    #expect(!run.output.contains("\u{1B}"))
  }

  @Test(
    arguments: [
      (["--color=always"], [:], true), (["--color", "always"], ["NO_COLOR": "1"], true),
      ([], ["CLICOLOR_FORCE": "1"], true), ([], ["FORCE_COLOR": "1"], true),
      ([], ["NO_COLOR": "1", "FORCE_COLOR": "1"], false),
      (["--color", "never"], ["FORCE_COLOR": "1"], false), ([], ["NO_COLOR": ""], false),
    ] as [([String], [String: String], Bool)])
  func coloursFollowTheUsualRules(
    words: [String], environment: [String: String], hasColour: Bool
  ) throws {
    let run = try folder().run(
      WorkFolder.tool, ["check", "m.onnxtxt"] + words, input: [], environment: environment)
    #expect(run.output.contains("\u{1B}[") == hasColour)
  }

  @Test func filesAreNeverColoured() throws {
    let folder = try folder()
    let run = try folder.check("m.onnxtxt", "--color=always", "-o", "text=report.txt")
    #expect(run.status == 1)
    #expect(!(try folder.text("report.txt").contains("\u{1B}")))
  }

  @Test func withoutUnicodeInTheLocaleAllIsASCII() throws {
    let folder = try folder()
    try folder.write("你好.onnxtxt", SampleModels.unsupported)
    let run = try folder.run("check", "你好.onnxtxt", environment: ["LC_ALL": "C"])
    #expect(run.output.utf8.allSatisfy { $0 < 0x80 })
    #expect(run.output.hasPrefix("\\u{4F60}\\u{597D}.onnxtxt: 1 node"))
  }

  @Test func linesFollowTheWidth() throws {
    let run = try folder().run(
      "check", "m.onnxtxt", "--rules", "rules", environment: ["COLUMNS": "50"])
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 50 })
  }

  /// `script` of util-linux gives the tool a terminal.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
  func onATerminalThereAreColours() throws {
    let folder = try folder()
    func run(_ environment: [String: String]) throws -> ToolRun {
      let command = "'\(WorkFolder.tool.path)' check m.onnxtxt"
      return try folder.run(
        URL(filePath: "/usr/bin/script"), ["-qec", command, "/dev/null"], input: [],
        environment: environment.merging(["SHELL": "/bin/sh"]) { $1 })
    }
    let coloured = try run(["TERM": "xterm"])
    #expect(coloured.status == 1)
    #expect(coloured.output.contains("\u{1B}[31mUNSUPPORTED\u{1B}[0m"))
    #expect(!(try run(["TERM": "dumb"]).output.contains("\u{1B}[")))
    #expect(!(try run(["TERM": "xterm", "NO_COLOR": "1"]).output.contains("\u{1B}[")))
  }
}
