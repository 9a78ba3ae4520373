import Capabilities
import Compatibility
import Foundation
import ModelGraph
import ModelReading
import Regauge
import Testing
import TestSupport

/// Verdicts of trained models on every shipped target, compared with a record.
///
/// `REGAUGE_RECORD=1` writes the record anew and fails, so that it is read before it is committed.
@Suite(.enabled(if: Corpus.isPresent, "Scripts/corpus has not been run"))
struct RealModelTests {
  private static let record = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden/real-models.txt")

  @Test func verdictsAreAsRecorded() throws {
    let text = try Self.lines().joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["REGAUGE_RECORD"] == "1" {
      try text.write(to: Self.record, atomically: true, encoding: .utf8)
      Issue.record("recorded anew; read it and run again")
    }
    #expect(try String(contentsOf: Self.record, encoding: .utf8) == text)
  }

  private static func lines() throws -> [String] {
    let knowledge = try Package.knowledge.get()
    let targets = try knowledge.stackNames().flatMap { name in
      try knowledge.stack(name).frontDoors.map { "\(name)/\($0)" }
    }
    return try Corpus.files(under: "real", suffix: ".onnx").flatMap { path in
      let model = try ModelReader.read(path: path)
      let facts = try facts(model)
      let name = path.dropFirst(Corpus.folder.appending(path: "real").path.count + 1)
      return try ["\(name): \(model.graph.nodes.count) nodes"]
        + targets.map { target in
          let judgement = try judge(facts, by: target)
          let counts = Verdict.allCases.compactMap { verdict in
            judgement.counts[verdict].map { "\($0) \(verdict.rawValue)" }
          }
          return "  \(target): \(judgement.verdict) (\(counts.joined(separator: ", ")))"
        }
    }
  }
}
