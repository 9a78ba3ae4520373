import Foundation
import XMLDocuments

/// What a consumer reads from a JUnit report.
struct JUnitSuites {
  struct Case {
    let name: String
    let className: String
    var outcome = "passed"
    var message = ""
    var text = ""
  }

  private(set) var cases: [Case] = []
  private(set) var suiteAttributes: [[String: String]] = []

  init(_ bytes: [UInt8]) throws {
    let reader = try XMLReader(bytes)
    var isInOutcome = false
    while let event = try reader.next() {
      switch event {
      case .start(let tag):
        switch tag.name {
        case "testsuite":
          suiteAttributes.append(
            Dictionary(tag.attributes.map { ($0.name, $0.value) }) { first, _ in first })
        case "testcase":
          cases.append(
            Case(name: tag["name"] ?? "", className: tag["classname"] ?? ""))
        case "failure", "error", "skipped":
          cases[cases.count - 1].outcome = tag.name
          cases[cases.count - 1].message = tag["message"] ?? ""
          isInOutcome = true
        default: break
        }
      case .text(let text):
        if isInOutcome { cases[cases.count - 1].text += text }
      case .end: isInOutcome = false
      }
    }
  }

  /// Cases that share class and name with another one.
  var duplicates: [String] {
    var seen: Set<String> = []
    return cases.map { "\($0.className) \($0.name)" }.filter { !seen.insert($0).inserted }
  }

  func outcome(of name: String) -> String? { cases.first { $0.name == name }?.outcome }
}

/// The schemas of programs that read JUnit reports, where a folder beside the package has them.
enum JUnitSchemas {
  static func validators() throws -> [XMLSchemaValidator] {
    try validators(named: ["junit-10.xsd", "junit-ant.xsd"])
  }

  static func validators(named names: [String]) throws -> [XMLSchemaValidator] {
    try files.filter { names.contains($0.lastPathComponent) }
      .map { try XMLSchemaValidator(schema: Array(try Data(contentsOf: $0))) }
  }

  static var arePresent: Bool { !files.isEmpty }

  private static let files: [URL] = {
    var root = URL(filePath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let folders =
      (try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil))
      ?? []
    let candidates = folders.flatMap { folder in
      ["junit-10.xsd", "junit-ant.xsd", "surefire.xsd"].map {
        folder.appending(path: "schemas/\($0)")
      }
    }
    return candidates.filter { FileManager.default.fileExists(atPath: $0.path) }
  }()
}
