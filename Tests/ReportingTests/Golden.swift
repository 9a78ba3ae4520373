import Foundation

/// Files with the reports that are expected.
///
/// With `REGAUGE_RECORD=1` in the environment a test writes its file anew and fails, so that nobody
/// records by accident.
enum Golden {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")
  private static let isRecording = ProcessInfo.processInfo.environment["REGAUGE_RECORD"] == "1"

  /// How a report differs from the file of that name, line by line; empty when it does not.
  static func differences(of report: [UInt8], from name: String) throws -> [String] {
    let file = folder.appending(path: name)
    if isRecording {
      try Data(report).write(to: file)
      return ["recorded \(name); look at the difference"]
    }
    guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
      return ["no file Golden/\(name): see Golden.swift"]
    }
    let lines = String(decoding: report, as: UTF8.self).components(separatedBy: "\n")
    return lines.difference(from: expected.components(separatedBy: "\n")).map(describe)
  }

  private static func describe(_ change: CollectionDifference<String>.Change) -> String {
    switch change {
    case .insert(let line, let text, _): "+\(line + 1) \(text)"
    case .remove(let line, let text, _): "-\(line + 1) \(text)"
    }
  }
}
