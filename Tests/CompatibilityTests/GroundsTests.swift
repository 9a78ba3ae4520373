import Capabilities
import Compatibility
import ModelGraph
import Testing

@Suite struct GroundsTests {
  private let source = EvidenceSource(kind: .sourceCode, repository: "a/b", date: "2025-03-01")
  private let older = EvidenceSource(kind: .press, repository: "c/d", date: "2019-08/09")

  @Test func theWeakestConfidenceAndTheOldestDateCount() {
    let grounds =
      Grounds([Evidence(source: source)]) + Grounds([Evidence(source: older, confidence: .low)])
    #expect(grounds.confidence == .low)
    #expect(grounds.oldest?.description == "2019-08")
  }

  @Test func eachPieceOfEvidenceIsNamedOnce() {
    let piece = Evidence(source: source, path: "a.cc", line: "3")
    let grounds = Grounds([piece, piece]) + Grounds([piece, Evidence(source: older)])
    #expect(grounds.evidence == [piece, Evidence(source: older)])
    #expect(!grounds.hasMoreEvidence)
  }

  @Test func ofMuchEvidenceTheWeakestAndOldestAreNamed() {
    let strong = (0..<40).map { Evidence(source: source, line: "\($0)") }
    let weak = Evidence(source: source, confidence: .low)
    let grounds = Grounds(strong) + Grounds([weak, Evidence(source: older)])
    #expect(grounds.evidence.count == Grounds.namedEvidence)
    #expect(grounds.evidence.prefix(2) == [weak, Evidence(source: older)])
    #expect(grounds.hasMoreEvidence)
  }

  @Test func noEvidenceAddsNothing() {
    let grounds = Grounds([Evidence(source: source, confidence: .medium)]) + .none
    #expect(grounds.confidence == .medium)
    #expect(Grounds.none.confidence == nil)
  }

  @Test func verdictsAreCountedByTheConfidenceOfTheirRecords() throws {
    let judgement = try judge(
      "g (float[1] x) => (float[1] y) { z = Relu(x) y = Exp(z) }",
      by: TestDoor(records: [#""domain":"ai.onnx","op":"Relu""#]))
    // Relu rests on its record, Exp on the list that lacks it.
    #expect(judgement.confidences.values.reduce(0, +) == 2)
    #expect(judgement.operators.map(\.operation.name) == ["Relu", "Exp"])
    #expect(judgement.operators.map(\.verdict) == [.supported, .unsupported])
  }
}
