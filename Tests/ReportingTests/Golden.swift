import Foundation
import Testing

/// Files with the reports that are expected.
///
/// With `REGAUGE_RECORD=1` in the environment a test writes its file anew and fails, so that nobody
/// records by accident.
enum Golden {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")
  private static let isRecording = ProcessInfo.processInfo.environment["REGAUGE_RECORD"] == "1"

  /// Compares a report with the file of that name.
  static func check(
    _ report: [UInt8], _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appending(path: name)
    if isRecording {
      try Data(report).write(to: file)
      Issue.record("recorded \(name); look at the difference", sourceLocation: sourceLocation)
      return
    }
    guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
      Issue.record("no file Golden/\(name): see Golden.swift", sourceLocation: sourceLocation)
      return
    }
    let lines = String(decoding: report, as: UTF8.self).components(separatedBy: "\n")
    let difference = lines.difference(from: expected.components(separatedBy: "\n"))
    #expect(
      difference.isEmpty, "\(name): \(difference.map(describe).joined(separator: "\n"))",
      sourceLocation: sourceLocation)
  }

  private static func describe(_ change: CollectionDifference<String>.Change) -> String {
    switch change {
    case .insert(let line, let text, _): "+\(line + 1) \(text)"
    case .remove(let line, let text, _): "-\(line + 1) \(text)"
    }
  }
}
