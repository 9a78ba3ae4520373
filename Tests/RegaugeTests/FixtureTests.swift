import Compatibility
import Foundation
import ModelReading
import Testing

/// A fixture with the verdict that its index gives for a target.
struct FixtureCase: Sendable, CustomTestStringConvertible {
  let file: String
  let target: String
  let verdict: Verdict

  var testDescription: String { "\(file) on \(target): \(verdict)" }

  /// The table of `Fixtures/README.md`: a file a line, and a column a target.
  static let all: [FixtureCase] = {
    let index = Package.root.appending(path: "Fixtures/README.md")
    let text = (try? String(contentsOf: index, encoding: .utf8)) ?? ""
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
      .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    guard let header = rows.first else { return [] }
    return rows.dropFirst(2).flatMap { row in
      zip(header, row).dropFirst(2).compactMap { target, cell in
        verdict(of: cell).map {
          FixtureCase(
            file: row[0].trimmingCharacters(in: ["`"]), target: target, verdict: $0)
        }
      }
    }
  }()

  private static func verdict(of cell: String) -> Verdict? {
    switch cell {
    case "runs": .supported
    case "refused": .unsupported
    default: Verdict(rawValue: String(cell.prefix { $0.isLetter }))
    }
  }
}

@Suite struct FixtureTests {
  @Test(arguments: FixtureCase.all) func isJudgedAsItsIndexSays(_ fixture: FixtureCase) throws {
    let path = Package.root.appending(path: "Fixtures/models/\(fixture.file)").path
    let judgement = try judge(try ModelReader.read(path: path), by: fixture.target)
    #expect(judgement.verdict == fixture.verdict, "\(judgement.findings.map(\.reason))")
  }

  @Test func theIndexNamesEveryFixture() throws {
    let folder = Package.root.appending(path: "Fixtures/models").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { !$0.hasSuffix(".LICENSE") }
    #expect(Set(FixtureCase.all.map(\.file)) == Set(files))
    #expect(FixtureCase.all.count >= 3 * files.count - 1)
  }
}
