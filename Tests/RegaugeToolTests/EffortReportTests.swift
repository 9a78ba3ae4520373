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

  // MARK: What each form tells

  /// A model whose port to MUSA takes kernels, and to ATC nothing but a look.
  private func folder() throws -> WorkFolder {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.body("a = Det(x) y = Add(a, x)"))
    return folder
  }

  private static let targets = ["-t", "moorethreads-musa/onnxruntime", "-t", "ascend-cann/atc"]

  /// Grade and days as the text form has them, by target.
  private func figures(_ report: String) throws -> [(target: String, grade: String, days: [String])]
  {
    let pattern =
      /(?m)^(?<target>\S+\/\S+): [A-Z][^§]*?effort: (?<grade>[A-D][1-5]) – (at least )?(?<p50>[\d.]+) person-days \(P50\), (?<p80>[\d.]+) \(P80\), (?<p90>[\d.]+)/
    return report.matches(of: pattern).map { match in
      (
        String(match.target), String(match.grade),
        [String(match.p50), String(match.p80), String(match.p90)]
      )
    }
  }

  @Test func everyFormTellsGradeAndPersonDays() throws {
    let folder = try folder()
    let forms = ["text", "csv", "junit", "sarif", "markdown", "concise", "jsonl"]
    let outputs = forms.flatMap { ["-o", "\($0)=r.\($0)"] }
    #expect(try run(folder, ["check", "m.onnxtxt"] + Self.targets + outputs).status < 2)
    let known = try figures(try folder.text("r.text"))
    try #require(known.count == 2)
    let pages = try forms.map { ($0, try folder.text("r.\($0)")) }
    for (target, grade, days) in known {
      let range = "\(grade), \(days[0])–\(days[2])"
      for (form, page) in pages {
        switch form {
        case "csv":
          let row = page.split(separator: "\r\n").first {
            $0.hasPrefix("target,m.onnxtxt,\(target),")
          }
          #expect(row?.contains(",\(grade),\(days.joined(separator: ",")),") == true, "\(form)")
        case "junit":
          #expect(page.contains("name=\"regauge.effort.grade\" value=\"\(grade)\""))
          #expect(page.contains("name=\"regauge.effort.p80.days\" value=\"\(days[1])\""))
          #expect(page.contains("<system-out>effort: \(range) person-days (P50–P90)"))
        case "markdown": #expect(page.contains("`\(target)`") && page.contains("| \(range) |"))
        case "concise":
          #expect(page.contains("m.onnxtxt: \(target): effort: \(range) person-days (P50–P90)\n"))
        case "jsonl": #expect(page.contains("\"grade\":\"\(grade.prefix(1))\""))
        case "sarif": #expect(page.contains("\"grade\": \"\(grade.prefix(1))\""))
        default: break
        }
      }
    }
  }

  @Test func withoutEstimatesNoFormSpeaksOfThem() throws {
    let folder = try folder()
    let forms = ["csv", "junit", "sarif", "markdown", "concise"]
    let outputs = forms.flatMap { ["-o", "\($0)=r.\($0)"] }
    let words = ["check", "m.onnxtxt", "--no-effort"] + Self.targets + outputs
    #expect(try run(folder, words).status < 2)
    for form in forms.dropFirst() {
      let page = try folder.text("r.\(form)")
      #expect(!page.contains("effort") && !page.contains("person-days"), "\(form)")
    }
    #expect(
      try folder.text("r.csv").split(separator: "\r\n").dropFirst().allSatisfy {
        $0.hasSuffix(",,,,,,,,")
      })
  }

  // MARK: Differences

  @Test func aDiffTellsWhatBecameOfTheEffort() throws {
    let folder = try folder()
    try folder.write("fixed.onnxtxt", SampleModels.body("y = Add(x, x)"))
    for name in ["m", "fixed"] {
      let check = ["check", "\(name).onnxtxt"] + Self.targets + ["-o", "xml=\(name).xml"]
      #expect(try run(folder, check).status < 2)
    }
    let models = try run(folder, ["diff", "m.onnxtxt", "fixed.onnxtxt"] + Self.targets)
    let line = /effort: [B-D]\d → A\d; P50 ([\d.]+) → ([\d.]+) \(-[\d.]+\), P80 .* person-days\n/
    #expect(models.output.contains(line), "\(models.output)")
    let reports = try run(folder, ["report", "diff", "m.xml", "fixed.xml"])
    #expect(reports.output == models.output)
    let same = try run(folder, ["diff", "m.xml", "m.onnxtxt", "-v"] + Self.targets)
    #expect(same.output.contains(/effort: .* person-days \(P50–P90\), as before\n/))
  }

  @Test func theFormsOfADiffTellTheEarlierEffort() throws {
    let folder = try folder()
    try folder.write("fixed.onnxtxt", SampleModels.body("y = Add(x, x)"))
    let forms = ["xml", "json", "csv", "junit", "sarif", "markdown", "concise", "text"]
    let outputs = forms.flatMap { ["-o", "\($0)=d.\($0)"] }
    _ = try run(folder, ["diff", "m.onnxtxt", "fixed.onnxtxt"] + Self.targets + outputs)
    for form in ["markdown", "concise", "text"] {
      #expect(try folder.text("d.\(form)").contains("before: "), "\(form)")
    }
    #expect(try folder.text("d.json").contains(#""effortChange""#))
    #expect(try folder.text("d.sarif").contains(#""before""#))
    #expect(try folder.text("d.junit").contains("regauge.effort.before.p90.days"))
    #expect(try run(folder, ["report", "validate", "d.xml"]).status == 0)
    #expect(
      try run(folder, ["report", "render", "d.xml", "-o", "xml=again.xml", "-o", "csv=again.csv"])
        .status == 0)
    #expect(try folder.text("again.xml") == (try folder.text("d.xml")))
    #expect(try folder.text("again.csv") == (try folder.text("d.csv")))
    // What a comparison added does not belong to the reports that are put together.
    #expect(try run(folder, ["report", "merge", "d.xml", "-o", "xml=merged.xml"]).status == 0)
    #expect(!(try folder.text("merged.xml").contains("effort-before")))
  }

  @Test func reportsWithAndWithoutEstimatesAreCompared() throws {
    let folder = try folder()
    for (name, more) in [("with", []), ("without", ["--no-effort"])] {
      let words = ["check", "m.onnxtxt"] + Self.targets + more + ["-o", "xml=\(name).xml"]
      #expect(try run(folder, words).status < 2)
    }
    let lost = try run(folder, ["diff", "with.xml", "without.xml"])
    #expect(lost.output.contains("effort: no estimate now; before: "))
    let won = try run(folder, ["diff", "without.xml", "with.xml"])
    #expect(won.output.contains("; no estimate before\n"))
  }

  // MARK: Explanations

  @Test(arguments: [
    ("ascend-cann/atc", "Ascend C, an NPU dialect", "N2/"),
    ("moorethreads-musa/onnxruntime", "MUSA C, a CUDA-like dialect", "N1/"),
  ])
  func waysRoundAnOperatorHaveHours(target: String, dialect: String, task: String) throws {
    let page = try run(try WorkFolder(), ["explain", "GridSample", "-t", target]).output
    #expect(page.contains("ways round findings on it (class image; \(dialect))"), "\(page)")
    #expect(page.contains(/\n {4}native \(C\): write a native kernel – [\d.]+\/[\d.]+\/[\d.]+ h/))
    #expect(page.contains("\n      \(task)image "))
    #expect(!page.contains("unroll"), "no control flow")
  }

  @Test func ofManyTargetsTheExpectedHoursAreTold() throws {
    let page = try run(try WorkFolder(), ["explain", "GridSample"]).output
    #expect(page.contains(/ways round, expected hours: verify [\d.]+ h, .*native [\d.]+ h\n/))
    let plain = try run(try WorkFolder(), ["explain", "GridSample", "--no-effort"]).output
    #expect(!plain.contains("ways round"))
  }

  @Test func waysOfARuleHaveHours() throws {
    let page = try run(try WorkFolder(), ["explain", "RG103"]).output
    #expect(
      page.contains("\nUsual ways round, hours at best/likely/worst each time:\n  cast (B): "))
    #expect(page.contains("    G3 "))
    #expect(page.contains("    N1 ") && page.contains("    N2 "))
    let npu = try run(try WorkFolder(), ["explain", "RG103", "-t", "ascend-cann"]).output
    #expect(!npu.contains("    N1 ") && npu.contains("    N2 "))
    let form = try run(try WorkFolder(), ["explain", "RG003"]).output
    #expect(!form.contains("ways round"))
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
