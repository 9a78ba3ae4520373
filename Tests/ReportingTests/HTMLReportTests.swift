import Bytes
import Compatibility
import Foundation
import Reporting
import Testing

@Suite struct HTMLReportTests {
  private func bytes(
    _ report: Reporting.Report, _ texts: TextCatalogue = ShippedTexts.english
  ) throws -> [UInt8] {
    let style = TextStyle(width: 80, usesColour: false, usesUnicode: true, isVerbose: false)
    return try ReportFormat.html.bytes(report, ReportOptions(style: style, texts: texts))
  }

  private func page(_ name: String, _ texts: TextCatalogue = ShippedTexts.english) throws
    -> ParsedPage
  {
    try ParsedPage(try bytes(try SampleReports.named(name), texts))
  }

  // MARK: Safety

  @Test(arguments: NastyName.all) func aNameIsNeverMarkup(name: NastyName) throws {
    let nasty = try bytes(try name.report())
    let plain = try bytes(try NastyName("plain", "plain").report())
    #expect(try ParsedPage(nasty).structure == (try ParsedPage(plain).structure))
  }

  @Test(arguments: NastyName.all) func namesStandOnThePageAsPeopleCanReadThem(name: NastyName)
    throws
  {
    let title = try #require(try ParsedPage(try bytes(try name.report())).all("code").first)
    let places = try ParsedPage(try bytes(try name.report())).all(ofClass: "places")
    let shown = name.repaired.visible(limit: 120)
    let isThere = places.contains { place in
      Array(place.text.unicodeScalars).firstRange(of: Array(shown.unicodeScalars)) != nil
    }
    #expect(isThere, "\(title)")
  }

  @Test(arguments: NastyName.all) func nothingOnThePageSteers(name: NastyName) throws {
    let text = String(decoding: try bytes(try name.report()), as: UTF8.self)
    for scalar in text.unicodeScalars where scalar != "\n" {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .unassigned: Issue.record("\(scalar)")
      case .format: #expect(scalar == "\u{200D}")
      default: break
      }
    }
  }

  @Test func thePolicyAllowsItsOwnStyleAndScriptAlone() throws {
    let text = String(decoding: try bytes(try SampleReports.named("findings")), as: UTF8.self)
    let policy = try #require(
      try ParsedPage(Array(text.utf8)).all("meta")
        .first { $0.attributes["http-equiv"] == "Content-Security-Policy" }?.attributes["content"])
    for element in ["style", "script"] {
      let parts = text.components(separatedBy: "<\(element)>")
      try #require(parts.count == 2)
      let source = try #require(parts[1].components(separatedBy: "</\(element)>").first)
      var hash = SHA256()
      hash.update(source)
      let digest = Data(hash.digest()).base64EncodedString()
      #expect(policy.contains("\(element)-src 'sha256-\(digest)'"))
    }
    #expect(policy.hasPrefix("default-src 'none'; "))
    #expect(!policy.contains("unsafe"))
  }

  @Test func nothingIsLoadedOrRunFromAttributes() throws {
    for element in try page("findings").elements {
      #expect(!["img", "link", "iframe", "object", "embed", "base"].contains(element.name))
      for (name, value) in element.attributes {
        #expect(!name.hasPrefix("on") && name != "style" && name != "src")
        if name == "href" { #expect(value.hasPrefix("#")) }
      }
    }
  }

  @Test func aHundredThousandFindingsMakeAPageOfSomeMegabytes() throws {
    let findings = (0..<100_000).map { number in
      finding(
        .unsupported, "Operator\(number)", count: 2, lines: [number, number + 1],
        reason: "the attribute \"axis\" of number \(number) must be 0")
    }
    let one = ModelReport(
      path: "m.onnx", summary: try summary("<ir_version: 8>\ng () => () {}"), structure: [],
      targets: [target("example/compiler", nodes: 200_000, findings)])
    let page = try bytes(report([one]))
    #expect(page.count < 5_000_000)
    #expect(String(decoding: page, as: UTF8.self).contains("99,800 findings more"))
    let many = (0..<500).map { number in
      ModelReport(
        path: "m\(number).onnx", summary: one.summary!, structure: [],
        targets: [target("example/compiler", nodes: 400, Array(findings.prefix(200)))])
    }
    let full = try bytes(report(many))
    #expect(full.count < 5_000_000)
    let parsed = try ParsedPage(full)
    let ids = Set(parsed.elements.compactMap { $0.attributes["id"] })
    #expect(
      parsed.all("a").allSatisfy { ids.contains(String($0.attributes["href"]?.dropFirst() ?? "")) })
  }

  // MARK: Contents

  @Test(arguments: SampleReports.names) func everyPageHasItsLandmarks(name: String) throws {
    let page = try page(name)
    for landmark in ["header", "main", "footer", "h1", "title"] {
      #expect(page.all(landmark).count == 1, "\(landmark)")
    }
    #expect(page.all("html").first?.attributes["lang"] == "en")
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for element in page.elements {
      for key in ["aria-labelledby", "href"] {
        guard let place = element.attributes[key] else { continue }
        let id = place.hasPrefix("#") ? String(place.dropFirst()) : place
        #expect(ids.contains(id), "\(place)")
      }
    }
  }

  @Test func findingsStandWithPlacesHelpAndEvidence() throws {
    let page = try page("findings")
    let text = page.all("main").first?.text ?? ""
    for words in [
      "group must be 1; this one is grouped", "conv_3, line 3", "Change the node.",
      "example/kernels@0123456789ab src/conv.cc:12-14", "2026-03-04",
      "Read in the sources, not tried.",
    ] { #expect(text.contains(words), "\(words)") }
  }

  @Test func modelsThatCannotBeReadAreNamed() throws {
    let text = try page("several").all("main").first?.text ?? ""
    #expect(text.contains("cannot be read: a field does not fit (byte 19)"))
  }

  @Test func aPageInChineseSaysSo() throws {
    let page = try page("findings", ShippedTexts.chinese)
    #expect(page.all("html").first?.attributes["lang"] == "zh")
    #expect(page.all("h2").map(\.text).contains("发现项与证据"))
    // It differs by marks of what is left in English alone.
    let english = try self.page("findings")
    func names(_ page: ParsedPage) -> [String] { page.elements.map(\.name).filter { $0 != "span" } }
    #expect(names(page) == names(english))
  }

  @Test func theSameReportGivesTheSamePage() throws {
    let first = try bytes(try SampleReports.named("several"))
    #expect(try bytes(try SampleReports.named("several")) == first)
  }
}
