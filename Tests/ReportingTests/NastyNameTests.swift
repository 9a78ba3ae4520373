import Bytes
import Compatibility
import Foundation
import Reporting
import Testing
import XMLDocuments

@Suite struct NastyNameTests {
  private func text(_ name: NastyName, unicode: Bool = true, colour: Bool = false) throws -> String
  {
    TextReport.text(
      try name.report(),
      style: TextStyle(width: 80, usesColour: colour, usesUnicode: unicode, isVerbose: true))
  }

  // MARK: Text

  @Test(arguments: NastyName.all) func noTextReportSteersATerminal(name: NastyName) throws {
    let text = try text(name)
    for scalar in text.unicodeScalars where scalar != "\n" {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .unassigned: Issue.record("\(scalar)")
      case .format: #expect(scalar == "\u{200D}")
      default: break
      }
    }
    #expect(text.utf8.count < 200_000)
  }

  @Test(arguments: NastyName.all) func coloursAreTheOnlyEscapeCodes(name: NastyName) throws {
    let pieces = try text(name, colour: true).split(separator: "\u{1B}").dropFirst()
    #expect(pieces.allSatisfy { $0.hasPrefix("[0m") || $0.contains(/^\[(1|2|31|32|33|35)m/) })
  }

  @Test(arguments: NastyName.all) func asciiReportsAreASCII(name: NastyName) throws {
    #expect(try text(name, unicode: false).utf8.allSatisfy { $0 == 0x0A || 0x20..<0x7F ~= $0 })
  }

  // MARK: JSON

  @Test(arguments: NastyName.all) func jsonReportsReadBack(name: NastyName) throws {
    let bytes = JSONReport.text(try name.report())
    #expect(try duplicateKeys(bytes) == [])
    #expect(bytes.count < 1_000_000)
    let parsed = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    let models = try #require(parsed?["models"] as? [[String: Any]])
    let targets = try #require(models.first?["targets"] as? [[String: Any]])
    let findings = try #require(targets.first?["findings"] as? [[String: Any]])
    let nodes = try #require(findings.first?["nodes"] as? [[String: Any]])
    let label = try #require(nodes.first?["name"] as? String)
    // Strings compare by canonical equivalence; scalars say what is really there.
    let expected = Array(name.repaired.unicodeScalars)
    #expect(Array(label.unicodeScalars.prefix(4096)) == Array(expected.prefix(4096)))
    #expect(label.unicodeScalars.count == min(expected.count, 4097))
  }

  /// Keys that stand twice in one object.
  private func duplicateKeys(_ bytes: [UInt8]) throws -> [String] {
    var reader = JSONReader()
    var found: [String] = []
    try collectDuplicates(&reader, bytes.span, &found)
    try reader.end(bytes.span)
    return found
  }

  private func collectDuplicates(
    _ reader: inout JSONReader, _ bytes: Span<UInt8>, _ found: inout [String]
  ) throws {
    switch try reader.peek(bytes) {
    case .object:
      try reader.beginObject(bytes)
      var keys: Set<[UInt8]> = []
      while let key = try reader.nextKey(bytes) {
        if !keys.insert(Array(key.utf8)).inserted { found.append(key) }
        try collectDuplicates(&reader, bytes, &found)
      }
    case .array:
      try reader.beginArray(bytes)
      while try reader.nextElement(bytes) { try collectDuplicates(&reader, bytes, &found) }
    default: try reader.skipValue(bytes)
    }
  }

  // MARK: JUnit

  @Test(arguments: NastyName.all) func junitReportsReadBack(name: NastyName) throws {
    let bytes = try JUnitReport.text(try name.report().failing(at: .unsupported))
    #expect(bytes.count < 1_000_000)
    let suites = try JUnitSuites(bytes)
    // One of the targets has an estimate, and with it a case about its limit.
    #expect(suites.cases.count == 2 + 4 + 3)
    #expect(suites.cases.count { $0.outcome == "failure" } == 2)
    #expect(suites.cases.count { $0.outcome == "error" } == 1)
    #expect(suites.duplicates == [])
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control, "\(scalar.value)")
    }
  }

  @Test(.enabled(if: JUnitSchemas.arePresent), arguments: NastyName.all)
  func junitReportsAreValid(name: NastyName) throws {
    let bytes = try JUnitReport.text(try name.report().failing(at: .unsupported))
    for validator in try JUnitSchemas.validators() {
      #expect(try validator.problems(in: bytes) == [])
    }
  }

  // MARK: All forms

  @Test(arguments: NastyName.all) func noFormGrowsWithoutEnd(name: NastyName) throws {
    let report = try name.report().failing(at: .unsupported)
    for form in ReportFormat.all where !form.isPage {
      let bytes = try form.bytes(report, Self.options)
      #expect(bytes.count < 1_000_000, "\(form.name)")
      #expect(String(validating: bytes, as: UTF8.self) != nil, "\(form.name)")
    }
  }

  @Test(arguments: NastyName.all, ["concise", "markdown", "github", "azure", "csv"])
  func formsOfLinesHoldNothingThatSteers(name: NastyName, form: String) throws {
    let bytes = try #require(ReportFormat.named(form)).bytes(
      try name.report().failing(at: .unsupported), Self.options)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar == "\n" || scalar == "\r" && form == "csv" { continue }
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .unassigned:
        Issue.record("\(form): \(scalar.value)")
      case .format: #expect(scalar == "\u{200D}")
      default: break
      }
    }
  }

  @Test(arguments: NastyName.all, ["json", "jsonl", "sarif", "gitlab"])
  func formsOfJSONReadBack(name: NastyName, form: String) throws {
    let bytes = try #require(ReportFormat.named(form)).bytes(
      try name.report().failing(at: .unsupported), Self.options)
    let documents = form == "jsonl" ? bytes.split(separator: 0x0A).map(Array.init) : [bytes]
    for document in documents {
      #expect(try duplicateKeys(document) == [])
      _ = try JSONSerialization.jsonObject(with: Data(document))
    }
  }

  /// Leaves the reports in a folder, where `Scripts/validate-reports` has them read by other programs.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["REGAUGE_NASTY_REPORTS"] != nil),
    arguments: NastyName.all)
  func reportsAreLeftForOtherParsers(name: NastyName) throws {
    let path = try #require(ProcessInfo.processInfo.environment["REGAUGE_NASTY_REPORTS"])
    let folder = URL(filePath: path).appending(
      path: name.testDescription.replacingOccurrences(of: " ", with: "-"))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let report = try name.report(inRules: false).failing(at: .unsupported)
    for form in ReportFormat.all where !form.isPage {
      try Data(try form.bytes(report, Self.options)).write(
        to: folder.appending(path: "report.\(form.name)"))
    }
    try Data(name.repaired.utf8).write(to: folder.appending(path: "name"))
  }

  private static let options = ReportOptions(
    style: TextStyle(width: 80, usesColour: false, usesUnicode: true, isVerbose: true),
    texts: ShippedTexts.english)
}
