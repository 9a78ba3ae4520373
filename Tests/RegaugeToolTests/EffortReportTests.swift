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
    #expect(try folder.text("r.xml").contains("<effort-together "))
    #expect(try run(folder, ["report", "validate", "r.xml"]).status == 0)
    let render = ["report", "render", "r.xml", "-o", "xml=again.xml", "-o", "json=again.json"]
    #expect(try run(folder, render).status == 0)
    #expect(try folder.text("again.json") == (try folder.text("r.json")))
    #expect(try folder.text("again.xml") == (try folder.text("r.xml")))
    #expect(try run(folder, ["report", "verify", "r.xml"]).status == 0)
  }

  @Test(arguments: ["en", "zh"]) func aSavedReportGivesTheSamePage(language: String) throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.body("a = Det(x) y = Add(a, x)"))
    let words = [
      "compare", "m.onnxtxt", "-t", "moorethreads-musa", "-t", "ascend-cann", "-o", "xml=r.xml",
      "-o", "html=page.html", "--lang", language,
    ]
    #expect(try run(folder, words).status == 0)
    let page = try folder.text("page.html")
    for section in ["effort", "plan", "ledger", "matrix", "graph", "memory", "opsets", "rules"] {
      #expect(page.contains("<section id=\"\(section)\""), "\(section)")
    }
    let render = ["report", "render", "r.xml", "-o", "html=again.html", "--lang", language]
    #expect(try run(folder, render).status == 0)
    #expect(try folder.text("again.html") == page)
  }

  @Test func aPageTellsEffortsThatOtherFormsWereNotAskedFor() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.body("a = Det(x) y = Add(a, x)"))
    _ = try run(folder, ["check", "m.onnxtxt", "-q", "-o", "json=bare.json"])
    _ = try run(folder, ["check", "m.onnxtxt", "-q", "-o", "json=r.json", "-o", "html=page.html"])
    #expect(try folder.text("page.html").contains("<section id=\"effort\""))
    #expect(try folder.text("r.json") == folder.text("bare.json"))
  }

  @Test func aCheckKeepsWhatAPageTellsWhenItIsAskedTo() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.body("a = Det(x) y = Add(a, x)"))
    let check = ["check", "m.onnxtxt", "-t", "ascend-cann", "-q"]
    _ = try run(folder, check + ["-o", "xml=bare.xml"])
    _ = try run(folder, check + ["-o", "xml=with.xml", "-o", "html=page.html"])
    _ = try run(folder, check + ["-o", "xml=asked.xml", "--profile"])
    #expect(try !folder.text("bare.xml").contains("<profile"))
    #expect(try folder.text("with.xml").contains("<profile"))
    #expect(try folder.text("asked.xml") == folder.text("with.xml"))
  }
}
