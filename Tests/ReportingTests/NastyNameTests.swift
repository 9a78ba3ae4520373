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
    let bytes = try JUnitReport.text(try name.report()) { $0 >= .unsupported }
    #expect(bytes.count < 1_000_000)
    let suites = try JUnitSuites(bytes)
    #expect(suites.cases.count == 2 + 3 + 3)
    #expect(suites.cases.count { $0.outcome == "failure" } == 2)
    #expect(suites.cases.count { $0.outcome == "error" } == 1)
    #expect(suites.duplicates == [])
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control, "\(scalar.value)")
    }
  }

  @Test(.enabled(if: JUnitSchemas.arePresent), arguments: NastyName.all)
  func junitReportsAreValid(name: NastyName) throws {
    let bytes = try JUnitReport.text(try name.report()) { $0 >= .unsupported }
    for validator in try JUnitSchemas.validators() {
      #expect(try validator.problems(in: bytes) == [])
    }
  }
}
