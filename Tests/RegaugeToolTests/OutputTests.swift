import Foundation
import Testing

@Suite struct OutputTests {
  /// A folder with a model that is not supported.
  private func folder() throws -> WorkFolder {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.unsupported)
    return folder
  }

  @Test func severalReportsAreWrittenAtOnce() throws {
    let folder = try folder()
    let run = try folder.check(
      "m.onnxtxt", "-o", "json=r.json", "-o", "junit=r.xml", "-o", "text=r.txt", "-o", "text")
    #expect(run.status == 1)
    #expect(run.error.isEmpty)
    #expect(run.output.contains("sample/door: UNSUPPORTED"))
    #expect(try folder.text("r.txt") == run.output)
    #expect(try folder.text("r.json").contains("\"schema\": \"regauge/report/1\""))
    #expect(try folder.text("r.xml").contains("<testsuites>"))
    #expect(try folder.names == ["m.onnxtxt", "r.json", "r.txt", "r.xml", "rules"])
  }

  @Test(arguments: ["json", "junit", "text"])
  func aReportForAFileIsTheOneForStandardOutput(format: String) throws {
    let folder = try folder()
    try #require(folder.check("m.onnxtxt", "-o", "\(format)=report").output.isEmpty)
    for words in [[format], ["\(format)=-"], ["\(format)=/dev/stdout"]] {
      let run = try folder.check("m.onnxtxt", "-o", words[0])
      #expect(run.output == (try folder.text("report")))
    }
  }

  @Test func anOldReportIsReplaced() throws {
    let folder = try folder()
    try folder.write("report", String(repeating: "old ", count: 100_000))
    try #require(folder.check("m.onnxtxt", "-o", "json=report").status == 1)
    #expect(!(try folder.text("report").contains("old")))
  }

  @Test(arguments: [
    ("gone/r.json", "gone/r.json: its folder does not exist"), ("rules", "rules: is a folder"),
    ("/dev/full", "/dev/full: no space left on device"),
  ])
  func whatCannotBeWrittenIsSaid(path: String, message: String) throws {
    let run = try folder().check("m.onnxtxt", "-o", "json=\(path)")
    #expect(run.status == 2)
    #expect(run.error == "regauge: \(message)\n")
  }

  @Test func aReportThatCannotBeWrittenDoesNotStopTheOthers() throws {
    let folder = try folder()
    let run = try folder.check(
      "m.onnxtxt", "-o", "json=gone/r.json", "-o", "junit=r.xml", "-o", "text")
    #expect(run.status == 2)
    #expect(run.output.contains("sample/door: UNSUPPORTED"))
    #expect(try folder.names.contains("r.xml"))
  }

  @Test func anUnreadableModelWinsOverAReportThatCannotBeWritten() throws {
    #expect(try folder().check("gone.onnx", "-o", "json=gone/r.json").status == 3)
  }

  @Test func aFullDiskBehindStandardOutputIsSaid() throws {
    let run = try folder().run(
      URL(filePath: "/bin/sh"), ["-c", "\"$0\" check m.onnxtxt > /dev/full", WorkFolder.tool.path],
      input: [], environment: [:])
    #expect(run.status == 2)
    #expect(run.error == "regauge: standard output: no space left on device\n")
  }

  @Test func aReaderThatGoesAwayIsNoFailure() throws {
    let run = try folder().run(
      URL(filePath: "/bin/sh"),
      ["-c", "{ \"$0\" check m.onnxtxt; echo $? >&2; } | true", WorkFolder.tool.path],
      input: [], environment: [:])
    #expect(run.error == "1\n")
  }

  @Test func theSameRunGivesTheSameBytes() throws {
    let folder = try folder()
    try folder.write("other.onnxtxt", SampleModels.doubling(8))
    for format in ["json", "junit", "text"] {
      let words = ["check", "m.onnxtxt", "other.onnxtxt", "-o", format]
      let runs = try (0..<3).map { _ in
        try folder.run(WorkFolder.tool, words, input: [], environment: [:]).output
      }
      #expect(Set(runs).count == 1)
    }
  }

  @Test func inspectHasNoTargets() throws {
    let folder = try folder()
    let run = try folder.run("inspect", "m.onnxtxt", "-o", "json")
    #expect(run.status == 0)
    let model = try #require(try run.models().first)
    #expect(model["targets"] == nil)
    #expect(model["operators"] as? [String: Int] == ["ai.onnx::Add": 1])
    #expect(try folder.run("inspect", "m.onnxtxt").output.contains("         1  ai.onnx::Add\n"))
  }
}
