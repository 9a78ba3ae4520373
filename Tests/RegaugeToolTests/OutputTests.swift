import Foundation
import Testing

@Suite struct OutputTests {
  /// A folder with a model that is not supported.
  private func folder() throws -> WorkFolder {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.unsupported)
    return folder
  }

  @Test(arguments: [
    (["-o", "json=r", "-o", "csv=./r"], "two reports cannot go to the same file, ./r"),
    (["-o", "json=out/r", "-o", "csv=out//r"], "two reports cannot go to the same file, out//r"),
    (["-o", "json=./m.onnxtxt"], "the json report would replace ./m.onnxtxt, which is read"),
  ])
  func outputsDoNotReplaceEachOtherOrTheModel(words: [String], message: String) throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.supported)
    let run = try folder.run(
      WorkFolder.tool, ["check", "-t", "sample/door", "m.onnxtxt"] + words, input: [],
      environment: [:])
    #expect(run.status == 2)
    #expect(run.error.contains(message), "\(run.error)")
    #expect(try folder.text("m.onnxtxt") == SampleModels.supported)
  }

  @Test func aReportMayBeReplacedByWhatBecomesOfIt() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.supported)
    _ = try folder.check("m.onnxtxt", "-o", "xml=r.xml")
    let before = try folder.text("r.xml")
    #expect(try folder.run("report", "render", "r.xml", "-o", "xml=r.xml").status == 0)
    #expect(try folder.text("r.xml") == before)
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

  @Test func anInterruptLeavesAWholeFileOrNone() throws {
    let folder = try folder()
    try folder.write("r.xml", "old")
    let body = (0..<400).map { "a\($0) = Add(x, x)" }.joined(separator: " ")
    try folder.write("m.onnxtxt", SampleModels.body("\(body) y = Relu(a0)"))
    let script = """
      for delay in 0.00 0.01 0.02 0.03 0.04 0.05 0.06 0.07 0.08 0.10 0.12 0.14; do
        for signal in INT TERM; do
          # A program started in the background of a script ignores INT unless it is told otherwise.
          "$0" check -t sample m.onnxtxt -q -o xml=r.xml -o json=r.json &
          sleep $delay
          kill -$signal $!
          wait $!
          ls -A
        done
      done
      """
    let run = try folder.run(
      URL(filePath: "/bin/bash"), ["-mc", script, WorkFolder.tool.path], input: [],
      environment: [:])
    #expect(!run.output.contains(".writing"))
    let text = try folder.text("r.xml")
    #expect(text == "old" || text.hasSuffix("</regauge-report>\n"))
  }

  @Test(arguments: [
    ["-q"], ["--quiet", "-o", "text"], ["--quiet", "-o", "json", "-o", "junit=r.xml"],
  ])
  func aQuietRunPrintsNothing(words: [String]) throws {
    let folder = try folder()
    let run = try folder.run(
      WorkFolder.tool, ["check", "-t", "sample/door", "m.onnxtxt"] + words, input: [],
      environment: [:])
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(run.error.isEmpty)
    #expect(try folder.names.contains("r.xml") == words.contains("junit=r.xml"))
  }

  @Test(arguments: [
    "text", "concise", "markdown", "json", "jsonl", "csv", "xml", "junit", "sarif", "github",
    "gitlab", "azure", "html",
  ])
  func everyFormIsWrittenAlikeWhateverTheOrderOfArguments(form: String) throws {
    let folder = try folder()
    try folder.write("other.onnxtxt", SampleModels.supported)
    let chip = ["-t", "sample/door:Chip 2"]
    let orders = [
      ["m.onnxtxt", "other.onnxtxt", "-t", "sample/door", "-o", form] + chip,
      chip + ["-o", form, "other.onnxtxt", "-t", "sample/door", "m.onnxtxt"],
    ]
    let runs = try orders.map {
      try folder.run(WorkFolder.tool, ["check"] + $0, input: [], environment: [:]).output
    }
    let first = try folder.check("m.onnxtxt", "other.onnxtxt", "-o", form)
    #expect(runs[0] == runs[1])
    #expect(first.output.isEmpty == false)
    let full = try folder.check("m.onnxtxt", "-o", "\(form)=/dev/full")
    #expect(full.status == 2)
    #expect(full.error.contains("/dev/full: no space left on device"))
  }

  @Test func listingsForGitHubStandBesideBinaryModels() throws {
    let folder = try folder()
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let model = try Data(
      contentsOf: root.appending(path: "Fixtures/models/silero_vad_16k_op15.onnx"))
    try folder.write("b.onnx", Array(model))
    _ = try folder.check(
      "b.onnx", "m.onnxtxt", "-o", "sarif=r.sarif", "--sarif-profile", "github")
    #expect(try folder.names == ["b.onnx", "b.onnx.nodes.txt", "m.onnxtxt", "r.sarif", "rules"])
    let lines = try folder.text("b.onnx.nodes.txt").split(separator: "\n")
    let sarif = try JSONSerialization.jsonObject(with: Data(folder.text("r.sarif").utf8))
    let found = try ListedNode.all(in: sarif)
    #expect(found.count > 5)
    for node in found { #expect(lines[node.line - 1].contains("/\(node.name): "), "\(node)") }
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

/// A place of a result in a listing of nodes.
private struct ListedNode {
  let name: String
  let line: Int

  static func all(in sarif: Any) throws -> [ListedNode] {
    let runs = try #require((sarif as? [String: Any])?["runs"] as? [[String: Any]])
    let results = runs.flatMap { $0["results"] as? [[String: Any]] ?? [] }
    return results.flatMap { $0["locations"] as? [[String: Any]] ?? [] }.compactMap { location in
      let physical = location["physicalLocation"] as? [String: Any]
      let artifact = physical?["artifactLocation"] as? [String: Any]
      let logical = (location["logicalLocations"] as? [[String: Any]])?.first
      guard artifact?["uri"] as? String == "b.onnx.nodes.txt",
        let line = (physical?["region"] as? [String: Any])?["startLine"] as? Int,
        let name = logical?["name"] as? String
      else { return nil }
      return ListedNode(name: name, line: line)
    }
  }
}
