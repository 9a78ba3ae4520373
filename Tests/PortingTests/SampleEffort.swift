import Foundation
import Porting
import Regauge
import RuleFiles

/// The shipped rules of efforts and routes.
enum SampleEffort {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func knowledge(_ folder: String? = nil) throws -> Knowledge {
    let path = folder ?? root.appending(path: "Rules").path
    return try Knowledge(rules: RuleSet.find(directory: path, environment: { _ in nil }))
  }

  static func estimator(_ options: EffortOptions = .init()) throws -> Estimator {
    try knowledge().estimator(options)
  }

  /// The rows of a table of the evidence, by column.
  static func table(_ name: String) throws -> [[String: String]] {
    let file = root.appending(path: "Rules/evidence/effort/\(name).csv")
    var rows = records(try String(contentsOf: file, encoding: .utf8))
    let header = rows.removeFirst()
    return rows.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  private static func records(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    for line in text.split(whereSeparator: \.isNewline) {
      var fields = [""]
      var isQuoted = false
      for letter in line {
        switch letter {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted: fields.append("")
        default: fields[fields.count - 1].append(letter)
        }
      }
      rows.append(fields)
    }
    return rows
  }
}
