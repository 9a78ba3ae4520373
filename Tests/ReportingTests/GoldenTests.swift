import Compatibility
import Reporting
import Testing

@Suite struct GoldenTests {
  private func style(verbose: Bool) -> TextStyle {
    TextStyle(width: 100, usesColour: false, usesUnicode: true, isVerbose: verbose)
  }

  @Test(arguments: SampleReports.names) func text(name: String) throws {
    let text = TextReport.text(try SampleReports.named(name), style: style(verbose: false))
    #expect(try Golden.differences(of: Array(text.utf8), from: "\(name).txt") == [])
  }

  @Test(arguments: ["findings", "several"]) func verboseText(name: String) throws {
    let text = TextReport.text(try SampleReports.named(name), style: style(verbose: true))
    #expect(try Golden.differences(of: Array(text.utf8), from: "\(name).verbose.txt") == [])
  }

  @Test func colouredText() throws {
    let style = TextStyle(width: 60, usesColour: true, usesUnicode: false, isVerbose: false)
    let text = TextReport.text(try SampleReports.named("several"), style: style)
    #expect(try Golden.differences(of: Array(text.utf8), from: "several.coloured.txt") == [])
  }

  @Test(arguments: SampleReports.names) func json(name: String) throws {
    let text = JSONReport.text(try SampleReports.named(name))
    #expect(try Golden.differences(of: text, from: "\(name).json") == [])
  }

  @Test(arguments: SampleReports.names) func junit(name: String) throws {
    let text = try JUnitReport.text(try SampleReports.named(name).failing(at: .unsupported))
    #expect(try Golden.differences(of: text, from: "\(name).xml") == [])
  }

  /// Forms that have tests of their own, too, and those that have these only.
  @Test(
    arguments: ["concise", "markdown", "jsonl", "csv", "sarif", "github", "gitlab", "azure"],
    ["findings", "several"])
  func form(form: String, name: String) throws {
    let report = try GatedReports.named(name)
    let options = ReportOptions(style: style(verbose: false))
    let format = try #require(ReportFormat.named(form))
    let text = try format.bytes(report, options)
    #expect(try Golden.differences(of: text, from: "\(name).\(form)") == [])
  }

  @Test(arguments: [JUnitDialect.gitlab, .surefire]) func junitDialect(dialect: JUnitDialect) throws
  {
    let text = try JUnitReport.text(try GatedReports.named("several"), dialect: dialect)
    #expect(try Golden.differences(of: text, from: "several.\(dialect.rawValue).xml") == [])
  }

  @Test func sarifForGitHub() throws {
    let options = ReportOptions(style: style(verbose: false), sarifProfile: .github)
    let text = try #require(ReportFormat.named("sarif")).bytes(try GatedReports.binary(), options)
    #expect(try Golden.differences(of: text, from: "binary.github.sarif") == [])
  }
}
