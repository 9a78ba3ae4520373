import Foundation
import Testing

@Suite struct EffortReportTests {
  /// The rules in the binary: the folder's own have no efforts.
  private func run(_ folder: WorkFolder, _ words: [String]) throws -> ToolRun {
    try folder.run(
      WorkFolder.tool, words, input: [], environment: ["REGAUGE_RULES": ""])
  }

  @Test func estimatesComeBackFromSavedReports() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.body("a = Det(x) y = Add(a, x)"))
    let words = [
      "check", "m.onnxtxt", "-t", "moorethreads-musa/onnxruntime", "-t", "ascend-cann/atc",
      "--what-if", "triton-everywhere", "-o", "xml=r.xml", "-o", "json=r.json", "-q",
    ]
    #expect(try run(folder, words).status < 2)
    #expect(try folder.text("r.xml").contains("<term part="))
    #expect(try folder.text("r.xml").contains("spread=\"1.14\""))
    #expect(try folder.text("r.xml").contains("<effort-together "))
    #expect(try run(folder, ["report", "validate", "r.xml"]).status == 0)
    let render = ["report", "render", "r.xml", "-o", "xml=again.xml", "-o", "json=again.json"]
    #expect(try run(folder, render).status == 0)
    #expect(try folder.text("again.json") == (try folder.text("r.json")))
    #expect(try folder.text("again.xml") == (try folder.text("r.xml")))
    #expect(try run(folder, ["report", "verify", "r.xml"]).status == 0)
  }
}
