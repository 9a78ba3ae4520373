import Bytes
import Gating
import Testing

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
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      for text in [baseline, ignores] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
            in: 0...255, using: &generator)
        }
        bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &generator)))
        _ = try? Baseline(path: "b", ByteSource(bytes))
        _ = try? IgnoreFile(path: "i", ByteSource(bytes))
      }
    }
  }
}
