import Bytes
import Foundation
import Testing

@testable import Capabilities

@Suite struct RecordedManifestTests {
  /// With REGAUGE_RECORD=1 in the environment the files are written, and the test still fails.
  @Test func theEvidenceBuildsTheRecordedManifests() throws {
    let isRecording = ProcessInfo.processInfo.environment["REGAUGE_RECORD"] == "1"
    let built = try RuleFolder.built.get()
    for file in built {
      let url = RuleFolder.url.appending(path: file.path)
      if isRecording {
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try file.text.write(to: url, atomically: true, encoding: .utf8)
      }
      let recorded = try? String(contentsOf: url, encoding: .utf8)
      #expect(recorded == file.text, "\(file.path) differs; REGAUGE_RECORD=1 writes it anew")
    }
    let recorded =
      try RuleFolder.paths(below: "mappings", suffixes: [".json"])
      + RuleFolder.paths(below: "stacks", suffixes: [".json"])
    #expect(recorded == built.map(\.path).sorted())
    #expect(!isRecording, "recorded; run again without REGAUGE_RECORD")
  }
}
