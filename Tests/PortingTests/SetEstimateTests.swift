import Porting
import Regauge
import Testing
import TestSupport

/// What several targets cost together, and by which routes.
@Suite struct SetEstimateTests {
  private static let doors = [
    "ascend-cann/atc", "moorethreads-musa/onnxruntime", "hygon-dtk/migraphx", "metax-maca/mctvm",
  ]
  private static let operators = [
    "Gelu", "Celu", "Mish", "HardSwish", "CumSum", "TopK", "GridSample", "DepthToSpace", "Einsum",
    "LSTM", "Unique", "DFT", "MatMulInteger", "IsNaN",
  ]

  private static func model(_ operations: [String]) -> String {
    let body = operations.enumerated().map { "y\($0) = \($1)(x)" }.joined(separator: "\n")
    return """
      <ir_version: 8, opset_import: ["": 20]>
      g (float[1,4,8,8] x) => (float y0) {
      \(body)
      }
      """
  }

  private func estimator(_ change: (inout EstimatePolicy) -> Void = { _ in }) throws -> Estimator {
    var options = EffortOptions()
    change(&options.policy)
    return try SampleEffort.estimator(options)
  }

  private func targets(_ operations: [String], on doors: [String] = doors) throws -> [PortingTarget]
  {
    try doors.map { try SampleTarget.of(Self.model(operations), on: $0) }
  }

  @Test func aTritonKernelThatPaysOnNoChipAlonePaysOnSeveral() throws {
    let estimator = try estimator { $0.allowed = ["native", "triton"] }
    let text = """
      <ir_version: 8, opset_import: ["": 20]>
      g (float[1,4,8,8] x, float[1,8,8,2] grid) => (float z) {
      y = GridSample(x, grid)
      z = Gelu(y)
      }
      """
    let targets = try [
      "moorethreads-musa/onnxruntime", "metax-maca/onnxruntime", "iluvatar-corex/ixrt",
    ]
    .map { try SampleTarget.of(text, on: $0) }
    for target in targets {
      let alone = try #require(estimator.estimate(target).estimate)
      #expect(alone.best.choices == ["native", "native"])
    }
    let set = try #require(estimator.estimate(targets))
    #expect(set.best.choices == Array(repeating: "triton", count: 6))
    #expect(set.strategy == "each its own, but triton for Gelu, GridSample")
    #expect(set.isExact)
  }

  @Test func aTritonKernelIsWrittenOnce() throws {
    let estimator = try estimator { $0.route = "triton" }
    let set = try #require(
      estimator.estimate(
        try targets(["Gelu"], on: ["ascend-cann/atc", "moorethreads-musa/onnxruntime"])))
    #expect(set.best.terms.count { $0.task == "T1" } == 1)
    #expect(set.best.terms.count { $0.task == "T2" } == 2)
    #expect(set.best.terms.count { $0.task == "S3" } == 2)
  }

  @Test(arguments: 0..<10)
  func togetherLiesBetweenTheDearestAloneAndAllApart(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &* 131 &+ 29)
    let operations = (0..<5).map { _ in Self.operators.randomElement(using: &random) ?? "Gelu" }
    let doors = Self.doors.shuffled(using: &random).prefix(2 + seed % 2)
    let estimator = try estimator()
    let targets = try targets(operations, on: Array(doors))
    let alone = targets.compactMap { estimator.estimate($0).estimate?.best.range.mean }
    let set = try #require(estimator.estimate(targets))
    #expect(set.best.range.mean >= (alone.max() ?? 0) - 1e-6)
    #expect(set.best.range.mean <= alone.reduce(0, +) + 1e-6)
    #expect(abs(set.apart - alone.reduce(0, +)) < 1e-6)
    #expect(set.byHand.range.mean >= set.best.range.mean - 1e-6)
    if let bound = set.bound { #expect(bound <= set.best.range.mean + 1e-6) }
  }

  @Test(arguments: 0..<6)
  func noRouteTakenEverywhereIsCheaper(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &* 17 &+ 3)
    let operations = (0..<6).map { _ in Self.operators.randomElement(using: &random) ?? "Gelu" }
    let targets = try targets(operations, on: Array(Self.doors.prefix(3)))
    let set = try #require(try estimator().estimate(targets))
    for route in ["triton", "native", "decompose", "cpu", "binding"] {
      let pinned = try #require(try estimator { $0.route = route }.estimate(targets))
      #expect(set.best.range.mean <= pinned.best.range.mean + 1e-6, "\(route)")
    }
  }

  @Test(arguments: 0..<4)
  func oneTargetMoreNeverCostsLess(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &* 71 &+ 11)
    let operations = (0..<4).map { _ in Self.operators.randomElement(using: &random) ?? "Gelu" }
    let estimator = try estimator()
    let targets = try targets(operations)
    let two = try #require(estimator.estimate(Array(targets.prefix(2))))
    let three = try #require(estimator.estimate(Array(targets.prefix(3))))
    #expect(three.best.range.mean >= two.best.range.mean - 1e-6)
  }
}
