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
    let text = try JUnitReport.text(try SampleReports.named(name)) { $0 >= .unsupported }
    #expect(try Golden.differences(of: text, from: "\(name).xml") == [])
  }
}
