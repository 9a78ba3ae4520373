import Foundation
import Testing

@Suite struct PageTests {
  private func folder() throws -> WorkFolder {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.unsupported)
    return folder
  }

  @Test func aCheckCanBeAPageWithAllThatIsKnownOfTheTargets() throws {
    let folder = try folder()
    let run = try folder.check("m.onnxtxt", "-o", "html=page.html", "-o", "json=with.json")
    #expect(run.status == 1)
    let page = try folder.text("page.html")
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(page.contains("id=\"matrix\""))
    // Other forms are what they are without the page.
    _ = try folder.check("m.onnxtxt", "-o", "json=without.json")
    #expect(try folder.text("with.json") == folder.text("without.json"))
  }

  @Test func aComparisonIsWrittenInSeveralForms() throws {
    let folder = try folder()
    let run = try folder.run(
      "compare", "m.onnxtxt", "-t", "sample", "-o", "html=page.html", "-o", "json=c.json", "-o",
      "text")
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("sample/door"))
    #expect(try folder.text("page.html").contains("id=\"stacks\""))
    #expect(try folder.text("c.json").contains("regauge/comparison/1"))
  }

  @Test func formsThatNoComparisonHasAreRefused() throws {
    let run = try folder().run("compare", "m.onnxtxt", "-o", "junit")
    #expect(run.status == 2)
    #expect(run.error.contains("known are text, markdown, json, xml, html"))
  }

  @Test func aPageIsWrittenInTheLanguageAskedFor() throws {
    let folder = try folder()
    _ = try folder.check("m.onnxtxt", "-o", "html=page.html", "--lang", "zh")
    let page = try folder.text("page.html")
    #expect(page.contains("<html lang=\"zh\">"))
    #expect(page.contains("算子"))
    let run = try folder.check("m.onnxtxt", "-o", "html", "--lang", "fr")
    #expect(run.status == 2)
    #expect(run.error.contains("en, zh"))
  }

  @Test func aSavedReportCanBeAPage() throws {
    let folder = try folder()
    _ = try folder.check("m.onnxtxt", "-o", "xml=r.xml")
    let run = try folder.run("report", "render", "r.xml", "-o", "html=page.html")
    #expect(run.status == 0)
    #expect(try folder.text("page.html").contains("id=\"findings\""))
  }
}
