import Bytes
import Gating
import Testing
import TestSupport

@Suite struct MutatedFileTests {
  private let baseline = """
    {"schema":"regauge/baseline/1","models":[{"path":"m.onnx","findings":[{"fingerprint":"0a",
    "target":"a/b","rule":"RG101","operator":"ai.onnx::Relu","reason":"is \\"so\\"","count":2}]}]}
    """
  private let ignores = """
    {"$schema":{"a":[1,null]},"schema":"regauge/ignore/1","entries":[{"rule":"RG104","node":"*",
    "reason":"why \\u00e9","owner":"me","expires":"2030-01-31"}]}
    """

  @Test func damagedFilesNeverTrap() throws {
    _ = try Baseline(path: "b", ByteSource(Array(baseline.utf8)))
    _ = try IgnoreFile(path: "i", ByteSource(Array(ignores.utf8)))
    var generator = SeededGenerator(seed: 1)
    var accepted = 0
    var refused = 0
    for _ in 0..<2000 {
      for text in [baseline, ignores] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
        bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
        do {
          if text == baseline {
            _ = try Baseline(path: "b", ByteSource(bytes))
          } else {
            _ = try IgnoreFile(path: "i", ByteSource(bytes))
          }
          accepted += 1
        } catch {
          #expect(error.path == (text == baseline ? "b" : "i") && !error.reason.isEmpty)
          refused += 1
        }
      }
    }
    #expect(accepted > 0 && refused > 1000)
  }
}
