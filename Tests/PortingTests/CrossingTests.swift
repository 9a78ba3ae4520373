import Porting
import Regauge
import Testing

/// What it costs that operators are left to the CPU, by where they stand.
@Suite struct CrossingTests {
  /// Layers of a matrix product and an operator that the door lacks, wide enough to be worth a kernel.
  private static func layers(_ count: Int, _ operation: String, extent: Int = 64) -> String {
    let body = (0..<count).map { layer in
      """
      m\(layer) = MatMul(y\(layer), w)
      y\(layer + 1) = \(operation)(m\(layer))
      """
    }.joined(separator: "\n")
    return model(body + "\nz = MatMul(y\(count), w)", extent)
  }

  private static func model(_ body: String, _ extent: Int = 64) -> String {
    """
    <ir_version: 8, opset_import: ["": 20]>
    g (float[\(extent),\(extent)] y0, float[\(extent),\(extent)] w) => (float[\(extent),\(extent)] z) {
    \(body)
    }
    """
  }

  private func estimate(
    _ text: String, on door: String = "moorethreads-musa/onnxruntime", among routes: Set<String>
  ) throws -> Estimate {
    var options = EffortOptions()
    options.policy.allowed = routes
    let target = try SampleTarget.of(text, on: door)
    return try #require(try SampleEffort.estimator(options).estimate(target).estimate)
  }

  private func crossings(_ estimate: Estimate) -> Term? {
    estimate.best.terms.first { $0.task == "P1" && $0.route == "cpu" }
  }

  @Test(arguments: [("ascend-cann/atc", "Gelu"), ("moorethreads-musa/onnxruntime", "HardSwish")])
  func manyLayersOnTheCPULoseToAKernel(_ door: String, _ operation: String) throws {
    let few = try estimate(Self.layers(1, operation), on: door, among: ["cpu", "native"])
    let many = try estimate(Self.layers(24, operation), on: door, among: ["cpu", "native"])
    #expect(few.best.choices.first == "cpu")
    #expect(many.best.choices.first == "native")
  }

  @Test func eachCrossingIsALineOfTheLedger() throws {
    let many = try estimate(Self.layers(24, "HardSwish"), among: ["cpu"])
    let term = try #require(crossings(many))
    #expect(term.count == 48)
    #expect(term.factor == 0.1)
    #expect(term.subject.contains("at 24 places"))
    #expect(term.subject.contains("24 partitions on the CPU, 48 tensors and 786432 bytes"))
    let sum = many.best.terms.reduce(0) { $0 + $1.total.mean }
    #expect(abs(sum - many.best.range.mean) < 1e-9)
  }

  @Test func theMiddleOfAModelIsDearerThanItsEdge() throws {
    let edge = try estimate(
      Self.model("a = HardSwish(y0)\nb = MatMul(a, w)\nz = MatMul(b, w)"), among: ["cpu"])
    let middle = try estimate(
      Self.model("a = MatMul(y0, w)\nb = HardSwish(a)\nz = MatMul(b, w)"), among: ["cpu"])
    let alone = try estimate(Self.model("z = HardSwish(y0)"), among: ["cpu"])
    #expect(crossings(alone) == nil)
    #expect(crossings(edge)?.count == 1)
    #expect(crossings(middle)?.count == 2)
  }

  @Test func neighboursOnTheCPUCrossTogether() throws {
    let two = try estimate(
      Self.model("a = MatMul(y0, w)\nb = HardSwish(a)\nc = Celu(b)\nz = MatMul(c, w)"),
      among: ["cpu"])
    #expect(two.best.choices == ["cpu", "cpu"])
    #expect(crossings(two)?.count == 2)
  }

  @Test func largeTensorsCountTwice() throws {
    let large = try estimate(Self.layers(3, "HardSwish", extent: 1024), among: ["cpu"])
    #expect(crossings(large)?.count == 12)
  }
}
