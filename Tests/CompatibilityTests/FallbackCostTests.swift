import Capabilities
import Compatibility
import Inference
import Testing
import TestSupport

/// A provider that takes Relu and Add; everything else runs on the CPU.
@Suite struct FallbackCostTests {
  private func fallback(_ text: String) throws -> Fallback? {
    let host = TestDoor(list: "open", name: "cpu", records: [#""domain":"ai.onnx","op":"Neg""#])
    let door = TestDoor(
      onMissing: #""cpu","host":"test/cpu""#,
      records: [#""domain":"ai.onnx","op":"Relu""#, #""domain":"ai.onnx","op":"Add""#])
    let graph = try graph(text)
    let annotations = Inference.annotate(graph, catalogue: shippedCatalogue)
    let facts = ValueFacts(graph, annotations)
    let hosts = [try host.frontDoor()]
    let judgement = Judgement.of(
      facts, on: try door.frontDoor(), device: nil, catalogue: shippedCatalogue,
      doors: { name in hosts.first { $0.name == name } })
    return Fallback(facts, judgement, work: RunWork(of: graph, annotations))
  }

  @Test func nothingOnTheHostCostsNothing() throws {
    #expect(try fallback("g (float[2] x) => (y) { y = Relu(x) }") == nil)
  }

  @Test func aNodeInBetweenSplitsTheGraph() throws {
    let cost = try #require(
      try fallback("g (float[2,3] x) => (y) { a = Relu(x) b = Neg(a) y = Relu(b) }"))
    #expect(cost.hostNodes == 1)
    #expect(cost.hostPartitions == 1)
    #expect(cost.devicePartitions == 2)
    #expect(cost.crossings == 2)
    #expect(cost.crossingBytes == 2 * 2 * 3 * 4)
    #expect(cost.crossingsOfUnknownSize == 0)
  }

  @Test func aGroupNeverDependsOnItself() throws {
    // The two Relus are connected directly and through the host.
    let cost = try #require(
      try fallback("g (float[2] x) => (y) { a = Relu(x) b = Neg(a) y = Add(a, b) }"))
    #expect(cost.devicePartitions == 2)
    #expect(cost.crossings == 2)
  }

  @Test func sizesThatAreNotKnownAreCounted() throws {
    let cost = try #require(
      try fallback("g (float[N] x) => (y) { a = Relu(x) y = Neg(a) }"))
    #expect(cost.crossings == 1)
    #expect(cost.crossingsOfUnknownSize == 1)
  }

  @Test func theWorkLeftToTheHostIsCounted() throws {
    let cost = try #require(
      try fallback("g (float[2,3] x) => (y) { a = Relu(x) b = Neg(a) y = Add(a, b) }"))
    #expect(cost.hostFlops > 0)
    #expect(cost.hostFlops * 3 == cost.flops)
  }

  @Test func theBodiesOfANodeOnTheHostRunThere() throws {
    let cost = try #require(
      try fallback(
        """
        g (bool c, float[2] x) => (y) {
          y = If(c) <then_branch = t () => (a) { a = Relu(x) },
            else_branch = e () => (b) { b = Neg(x) }>
        }
        """))
    #expect(cost.hostFlops == cost.flops)
  }

  @Test func crossingsOfEnormousTensorsAreClamped() throws {
    let pairs = (0..<9).map { "a\($0) = Neg(b\($0)) b\($0 + 1) = Relu(a\($0))" }
    let cost = try #require(
      try fallback(
        "g (float[536870912,268435456] x) => (b9) { b0 = Relu(x) \(pairs.joined(separator: " ")) }")
    )
    #expect(cost.crossings == 18)
    #expect(cost.crossingBytes == Int64.max)
  }
}
