import Capabilities
import Compatibility
import Inference
import ModelGraph
import Testing
import TestSupport

/// A provider that takes Relu and Add; what it does not list is not known, and Abs is refused.
@Suite struct GraphRunTests {
  private func runs(_ text: String, limit: Int = 200) throws -> [GraphRun] {
    let host = TestDoor(list: "open", name: "cpu", records: [#""domain":"ai.onnx","op":"Neg""#])
    let door = TestDoor(
      onMissing: #""cpu","host":"test/cpu""#,
      records: [
        #""domain":"ai.onnx","op":"Relu""#, #""domain":"ai.onnx","op":"Add""#,
        #""domain":"ai.onnx","op":"If""#,
      ])
    let graph = try graph(text)
    let annotations = Inference.annotate(graph, catalogue: shippedCatalogue)
    let hosts = [try host.frontDoor()]
    let judgement = Judgement.of(
      ValueFacts(graph, annotations), on: try door.frontDoor(), device: nil,
      catalogue: shippedCatalogue, doors: { name in hosts.first { $0.name == name } })
    return judgement.graphRuns(
      graph, annotations, RunWork(of: graph, annotations), limit: limit)
  }

  /// A chain in which every second node runs on the host.
  private func alternating(_ count: Int) -> String {
    let nodes = (0..<count).map { "v\($0 + 1) = \($0 % 2 == 0 ? "Relu" : "Neg")(v\($0))" }
    return "g (float[2] v0) => (v\(count)) { \(nodes.joined(separator: " ")) }"
  }

  @Test func neighboursOfOneFateAreOneRun() throws {
    let runs = try runs(
      "g (float[2] x) => (y) { a = Relu(x) b = Relu(a) c = Neg(b) y = Relu(c) }")
    #expect(runs.map(\.side) == [.native, .host, .native])
    #expect(runs.map(\.nodeCount) == [2, 1, 1])
    #expect(runs.map(\.first) == [1, 3, 4])
    #expect(runs[0].operators.map(\.operation.name) == ["Relu"])
    #expect(runs[0].operators.map(\.count) == [2])
    #expect(runs.map(\.flops).reduce(0, +) == 8)
  }

  @Test func nodesStandInTheOrderInWhichTheyRun() throws {
    let runs = try runs("g (float[2] x) => (y) { y = Neg(a) a = Relu(x) }")
    #expect(runs.map(\.side) == [.native, .host])
  }

  @Test func aControlFlowNodeSharesTheWorstFateInside() throws {
    let runs = try runs(
      """
      g (float[2] x, bool c) => (y) {
        a = Relu(x)
        y = If (c) <then_branch = t () => (float[2] z) { z = Relu(a) },
                    else_branch = e () => (float[2] z) { z = Neg(a) }>
      }
      """)
    #expect(runs.map(\.side) == [.native, .host])
    #expect(runs.map(\.nodeCount) == [1, 1])
  }

  @Test func veryManyRunsAreCondensedWithoutLosingANode() throws {
    let runs = try runs(alternating(1001), limit: 100)
    #expect(runs.count <= 100)
    #expect(runs.reduce(0) { $0 + $1.nodeCount } == 1001)
    #expect(runs.reduce(0) { $0 + ($1.counts[.host] ?? 0) } == 500)
    #expect(runs.allSatisfy { $0.operators.map(\.operation.name) == ["Neg"] })
  }
}
