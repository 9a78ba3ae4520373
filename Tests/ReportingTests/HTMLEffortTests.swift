import Porting
import Reporting
import Testing

@Suite struct HTMLEffortTests {
  private func page(_ texts: TextCatalogue = ShippedTexts.english) throws -> ParsedPage {
    let style = TextStyle(width: 80, usesColour: false, usesUnicode: true, isVerbose: false)
    return try ParsedPage(
      try ReportFormat.html.bytes(
        try SampleEstimates.report(), ReportOptions(style: style, texts: texts)))
  }

  private func rows(_ page: ParsedPage, of kind: String) throws -> [String] {
    let table = try #require(page.all(ofClass: kind).first { $0.name == "table" })
    return table.text.split(separator: "\n").map(String.init)
  }

  // MARK: Chart

  @Test func barsAreAsWideAsTheirWorkIsLong() throws {
    // The axis ends at 20 days: the whisker of 11.5 days by hand needs more than 15.
    let bars = try page().elements.filter {
      $0.name == "rect" && $0.attributes["class"]?.hasPrefix("k-") == true
        && $0.attributes["height"] == "14"
    }
    let drawn = bars.map { "\($0.attributes["class"] ?? "") \($0.attributes["width"] ?? "")" }
    #expect(
      drawn == [
        "k-bring-up 5.00%", "k-kernels 10.00%", "k-performance 2.50%",
        "k-bring-up 5.00%", "k-kernels 50.00%", "k-performance 2.50%",
      ])
    #expect(
      bars.map { $0.attributes["x"] } == ["0.00%", "5.00%", "15.00%", "0.00%", "5.00%", "55.00%"])
  }

  @Test func everyBarSaysItsNumbers() throws {
    let labels = try page().all(ofClass: "effort-bar").compactMap { $0.attributes["aria-label"] }
    #expect(labels.count == 2)
    #expect(labels.first?.hasSuffix("bring-up 1, kernels 2, performance 0.5") == true)
    #expect(labels.last?.hasPrefix("example/compiler, by hand: ") == true)
    #expect(labels.last?.hasSuffix("bring-up 1, kernels 10, performance 0.5") == true)
  }

  @Test func theNumbersOfTheBarsStandInATable() throws {
    let rows = try rows(page(), of: "numbers")
    let cells = rows.joined(separator: "|")
    #expect(cells.contains("C1"))
    for number in ["3.5", "11.5", "10", "0.5"] { #expect(cells.contains(number), "\(number)") }
  }

  @Test func aTargetWithoutAnEstimateSaysWhy() throws {
    let text = try page().all("main").first?.text ?? ""
    #expect(text.contains("other/compiler: no estimate, because nobody has counted"))
  }

  // MARK: Plan

  @Test func thePlanHasTheStepsThatRegaugePlanHas() throws {
    let plan = try #require(
      try SampleEstimates.report().models.first?.targets.first?.plan)
    let page = try page()
    let table = try #require(page.all(ofClass: "plan").first { $0.name == "table" })
    for step in plan.steps {
      let row = try #require(
        page.elements.first { $0.attributes["id"]?.hasSuffix("plan0-\(step.id)") == true })
      #expect(row.text.contains(step.term.title))
      #expect(row.text.contains(step.acceptance))
      #expect(row.text.contains("critical") == step.isCritical)
      for id in step.dependencies { #expect(row.text.contains(id)) }
    }
    #expect(table.text.contains("unlocks 2 MFLOP") || table.text.contains("unlocks 2.00 MFLOP"))
  }

  // MARK: Ledger

  @Test func theLedgerLeadsFromFindingsToHours() throws {
    let table = try #require(try page().all(ofClass: "ledger").first { $0.name == "table" })
    for words in ["RG901", "triton", "T1", "every port", "further operators", "judgement"] {
      #expect(table.text.contains(words), "\(words)")
    }
    let sum = try #require(try page().all(ofClass: "sum").first)
    #expect(sum.text.contains("28"))
  }

  @Test func rulesOfTheLedgerAreExplainedOnThePage() throws {
    let page = try page()
    let ids = Set(page.elements.compactMap { $0.attributes["id"] })
    let links = page.all("a").compactMap { $0.attributes["href"] }.filter { $0.hasPrefix("#rule-") }
    #expect(!links.isEmpty)
    #expect(links.allSatisfy { ids.contains(String($0.dropFirst())) })
  }

  @Test func ledgersAreClosedUntilSomeoneOpensThem() throws {
    let page = try page()
    let start = try #require(page.elements.firstIndex { $0.attributes["id"] == "ledger" })
    let details = try #require(page.elements[start...].first { $0.name == "details" })
    #expect(details.attributes["open"] == nil)
  }

  @Test func inChineseTasksAndSubjectsAreChinese() throws {
    let page = try page(ShippedTexts.chinese)
    let table = try #require(page.all(ofClass: "ledger").first { $0.name == "table" })
    for words in ["编写新的 Triton 内核", "任何移植", "模型", "后续算子", "判断"] {
      #expect(table.text.contains(words), "\(words)")
    }
    // What the catalogue has no words for is marked as English.
    let note = page.elements.first { $0.text == "The device was not tried." && $0.name == "span" }
    #expect(note?.attributes["lang"] == "en")
  }
}
