import Foundation
import TestSupport
import Testing

@Suite struct UnreadableModelTests {
  /// The reason that is given for one operand.
  private func reason(
    _ operand: String, in folder: WorkFolder, input: [UInt8] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let run = try folder.run(
      "check", "-t", "sample/door", operand, input: input, environment: ["COLUMNS": "300"])
    #expect(run.status == 3, sourceLocation: sourceLocation)
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 2 && lines.last == "", "one line", sourceLocation: sourceLocation)
    return run.output
  }

  /// The reason that is given for a file of some bytes.
  private func reason(_ content: [UInt8]) throws -> String {
    let folder = try WorkFolder()
    return try reason(try folder.write("m.onnx", content), in: folder)
  }

  @Test func emptyFile() throws {
    #expect(try reason([]) == "m.onnx: not readable: the file is empty\n")
  }

  @Test func truncatedFile() throws {
    let whole = WireMessage.model { $0.node("Relu", inputs: ["x"], outputs: ["y"]) }
    #expect(try reason(whole.dropLast(8)).contains("does not fit"))
    #expect(try reason(whole.dropLast(8)).hasSuffix("(byte 3)\n"))
  }

  @Test func fileThatIsNoModel() throws {
    #expect(try reason(Array("PK\u{3}\u{4}".utf8)).contains("a zip archive"))
    #expect(try reason(Array("<!DOCTYPE html>".utf8)).contains("a web page"))
  }

  @Test func textWithAMistake() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.header + "g (float[2] x) =>\n  (float[2 y) {}")
    #expect(try reason("m.onnxtxt", in: folder).hasSuffix("(line 3, column 12)\n"))
  }

  @Test func missingFile() throws {
    #expect(
      try reason("gone.onnx", in: try WorkFolder())
        == "gone.onnx: not readable: no such file or directory\n")
  }

  @Test func danglingLink() throws {
    let folder = try WorkFolder()
    try folder.makeLink("m.onnx", to: "gone.onnx")
    #expect(try reason("m.onnx", in: folder).contains("no such file or directory"))
  }

  @Test func linkInACircle() throws {
    let folder = try WorkFolder()
    try folder.makeLink("m.onnx", to: "m.onnx")
    #expect(try reason("m.onnx", in: folder).contains("symbolic links"))
  }

  @Test func pipeWithoutAWriter() throws {
    let folder = try WorkFolder()
    #expect(mkfifo(folder.path("m.onnx"), 0o600) == 0)
    #expect(try reason("m.onnx", in: folder).contains("is a pipe (FIFO), not a regular file"))
  }

  @Test func device() throws {
    #expect(try reason("/dev/null", in: try WorkFolder()).contains("is a device"))
  }

  @Test func folderWithoutModels() throws {
    let folder = try WorkFolder()
    try folder.write("models/README.md", "none here")
    try folder.write("models/.hidden.onnx", SampleModels.supported)
    let run = try folder.check("models")
    #expect(run.status == 3)
    #expect(run.output.contains("models: not readable: is a folder that holds no models"))
  }

  @Test func patternWithoutMatches() throws {
    #expect(try reason("*.onnx", in: try WorkFolder()).contains("no such file or directory"))
  }

  @Test func nothingOnStandardInput() throws {
    #expect(
      try reason("-", in: try WorkFolder())
        == "standard input: not readable: the file is empty\n")
  }

  @Test func deepNesting() throws {
    let model = WireMessage { $0.data(7, WireMessage.nestedGraph(levels: 300)) }.bytes
    #expect(try reason(model).contains("nested more than"))
  }

  @Test func withoutATextReportTheReasonIsSaidOnStandardError() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnx", [])
    let run = try folder.check("m.onnx", "-o", "json=report.json")
    #expect(run.status == 3)
    #expect(run.output.isEmpty)
    #expect(run.error == "regauge: m.onnx: the file is empty\n")
  }

  @Test func theNameOfAFileCannotSteerTheTerminal() throws {
    let folder = try WorkFolder()
    try folder.write("a\u{1B}[31m\n.onnx", [])
    let run = try folder.check("a\u{1B}[31m\n.onnx")
    #expect(run.output == "a\\u{1B}[31m\\n.onnx: not readable: the file is empty\n")
  }

  @Test func theOthersAreStillJudged() throws {
    let folder = try WorkFolder()
    try folder.write("bad.onnx", [])
    try folder.write("good.onnxtxt", SampleModels.supported)
    let run = try folder.check("bad.onnx", "gone.onnx", "good.onnxtxt")
    #expect(run.status == 3)
    #expect(run.output.contains("sample/door: SUPPORTED"))
    #expect(run.output.contains("3 models on 1 target: 1 supported, 2 models not readable"))
  }

  @Test func unreadableWinsOverFindings() throws {
    let folder = try WorkFolder()
    try folder.write("bad.onnx", [])
    try folder.write("m.onnxtxt", SampleModels.unsupported)
    #expect(try folder.check("m.onnxtxt").status == 1)
    #expect(try folder.check("m.onnxtxt", "bad.onnx").status == 3)
    #expect(try folder.check("bad.onnx", "m.onnxtxt", "--fail-on", "never").status == 3)
  }

  @Test func inspectTellsTheSame() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnx", [])
    let run = try folder.run("inspect", "m.onnx", "gone.onnx")
    #expect(run.status == 3)
    #expect(run.output.contains("m.onnx: not readable: the file is empty\n"))
  }
}
