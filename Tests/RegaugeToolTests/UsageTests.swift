import Testing

@Suite struct UsageTests {
  /// Command lines with a mistake, and a piece of what has to be said about it.
  static let mistakes: [([String], String)] = [
    ([], "name a command: check, compare, plan, inspect, diff, report, fit, stacks"),
    (["chek", "m.onnxtxt"], "did you mean 'check'?"),
    (["check"], "missing operand <model>"),
    (["check", "m.onnxtxt", "--targt", "sample"], "did you mean '--target'?"),
    (["check", "m.onnxtxt", "-t", "sampel"], "did you mean 'sample'?"),
    (["check", "m.onnxtxt", "-t", "sample/dor"], "did you mean 'door'?"),
    (["check", "m.onnxtxt", "-t", "sample:Chip 3"], "did you mean 'Chip 1'?"),
    (["check", "m.onnxtxt", "-t", "/door"], "is not of the form STACK[/FRONTDOOR][:DEVICE]"),
    (["check", "m.onnxtxt", "--fail-on", "unsuported"], "did you mean 'unsupported'?"),
    (["check", "m.onnxtxt", "-o", "jsn"], "did you mean 'json'?"),
    (["check", "m.onnxtxt", "-o", "pdf=report.pdf"], "is not a report format"),
    (["check", "m.onnxtxt", "-o", "json="], "names no file"),
    (["check", "m.onnxtxt", "-o", "json", "-o", "text"], "only one report can go to standard"),
    (["check", "m.onnxtxt", "-o", "json=-", "-o", "text=/dev/stdout"], "only one report"),
    (["check", "m.onnxtxt", "-o", "json=r", "-o", "junit=r"], "cannot go to the same file, r"),
    (["check", "m.onnxtxt", "--color", "sometimes"], "is none of auto, always, never"),
    (["inspect", "m.onnxtxt", "-o", "josn"], "did you mean 'json'?"),
    (["inspect", "m.onnxtxt", "-t", "sample"], "unknown option '-t'"),
    (["stacks", "show", "sampel"], "did you mean 'sample'?"),
    (["stacks", "shwo"], "did you mean 'show'?"),
    (["manifest"], "missing command: one of build, validate"),
    (["fit", "gone.onnx", "--stack", "sampel"], "did you mean 'sample'?"),
    (["completions", "csh"], "bash, zsh, fish"),
    (["--versio"], "did you mean '--version'?"),
  ]

  @Test(arguments: mistakes) func mistakesAreExplained(words: [String], message: String) throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.supported)
    let run = try folder.run(WorkFolder.tool, words, input: [], environment: [:])
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.error.contains(message), "\(run.error)")
    #expect(run.error.hasPrefix("regauge: "))
  }

  @Test func mistakesAreFoundBeforeAnyModelIsRead() throws {
    let run = try WorkFolder().check("gone.onnx", "-o", "json", "-o", "text")
    #expect(run.status == 2)
    #expect(!run.error.contains("gone.onnx"))
  }

  @Test func whatWasTypedCannotSteerTheTerminal() throws {
    let run = try WorkFolder().run("check", "m.onnx", "-t", "\u{1B}[31mred\n")
    #expect(run.status == 2)
    #expect(!run.error.contains("\u{1B}"))
    #expect(run.error.contains("\\u{1B}[31mred\\n"))
  }

  @Test(arguments: [
    ["help"], ["--help"], ["help", "check"], ["check", "-h"], ["stacks", "--help"],
  ])
  func helpIsNoMistake(words: [String]) throws {
    let run = try WorkFolder().run(WorkFolder.tool, words, input: [], environment: [:])
    #expect(run.status == 0)
    #expect(run.error.isEmpty)
    #expect(run.output.contains("regauge"))
  }

  @Test func helpTellsTheExitCodes() throws {
    let help = try WorkFolder().run("help", "check").output
    #expect(help.contains("3  a model or saved report cannot be read, or is no valid graph"))
  }
}
