import Porting
import Testing
import TestSupport

@Suite struct EstimateInvariantTests {
  private static let operators = [
    ("Erf", "x"), ("Gelu", "x"), ("Einsum", "x"), ("LSTM", "x"), ("TopK", "x"), ("Celu", "x"),
    ("NonMaxSuppression", "x"), ("GridSample", "x"), ("DepthToSpace", "x"), ("CumSum", "x"),
    ("HardSwish", "x"), ("Unique", "x"), ("RoiAlign", "x"), ("DFT", "x"), ("MatMulInteger", "x"),
  ]

  /// Targets over the judgement of a model, with some of its gaps.
  private func target(
    _ stack: String, _ door: String, keeping isKept: (Int) -> Bool, nodes: [Int],
    name: (Int) -> String = { $0 < 0 ? "x" : "y\($0)" }
  ) throws -> PortingTarget {
    let body = nodes.enumerated().map { index, place in
      "\(name(index)) = \(Self.operators[place].0)(\(name(-1)))"
    }.joined(separator: "\n")
    let text =
      "<ir_version: 8, opset_import: [\"\" : 20]>\nagraph (float[1,4,8,8] \(name(-1))) "
      + "=> (float \(name(0))) {\n" + body + "\n}"
    return try SampleTarget.of(text, on: "\(stack)/\(door)", keeping: isKept)
  }

  private static let doors = [
    ("ascend-cann", "atc"), ("metax-maca", "mctvm"), ("hygon-dtk", "migraphx"),
  ]

  @Test(arguments: 0..<12)
  func solvingAFindingNeverCostsMore(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &* 977 &+ 13)
    let nodes = (0..<6).map { _ in Int.random(in: 0..<Self.operators.count, using: &random) }
    let (stack, door) = Self.doors[seed % Self.doors.count]
    let estimator = try SampleEffort.estimator()
    let all = try target(stack, door, keeping: { _ in true }, nodes: nodes)
    let whole = try #require(estimator.estimate(all).estimate)
    for solved in all.gaps.indices {
      let rest = try target(stack, door, keeping: { $0 != solved }, nodes: nodes)
      let less = try #require(estimator.estimate(rest).estimate)
      #expect(less.best.range.mean <= whole.best.range.mean + 1e-6)
      #expect(less.best.range.p50 <= whole.best.range.p50 + 1e-6)
      #expect(less.best.range.p80 <= whole.best.range.p80 + 1e-6)
      #expect(less.best.range.p90 <= whole.best.range.p90 + 1e-6)
    }
  }

  @Test(arguments: 0..<9)
  func quantilesAscendAndByHandIsNeverCheaper(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &* 31 &+ 5)
    let nodes = (0..<8).map { _ in Int.random(in: 0..<Self.operators.count, using: &random) }
    let (stack, door) = Self.doors[seed % Self.doors.count]
    let target = try target(stack, door, keeping: { _ in true }, nodes: nodes)
    let estimate = try #require(try SampleEffort.estimator().estimate(target).estimate)
    let range = estimate.best.range
    #expect(range.p50 <= range.p80 && range.p80 <= range.p90)
    if let byHand = estimate.byHand { #expect(byHand.range.mean >= range.mean - 1e-6) }
    if let bound = estimate.bound { #expect(bound <= range.mean + 1e-6) }
  }

  @Test(arguments: 0..<6)
  func theOrderOfNodesChangesNothing(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &* 7 &+ 2)
    let nodes = (0..<6).map { _ in Int.random(in: 0..<Self.operators.count, using: &random) }
    let (stack, door) = Self.doors[seed % Self.doors.count]
    let estimator = try SampleEffort.estimator()
    let first = try target(stack, door, keeping: { _ in true }, nodes: nodes)
    let second = try target(
      stack, door, keeping: { _ in true }, nodes: nodes.shuffled(using: &random))
    #expect(
      estimator.estimate(first).estimate?.best.range
        == estimator.estimate(second).estimate?.best.range)
  }

  @Test(arguments: 0..<6)
  func theNamesOfValuesChangeNothing(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &* 53 &+ 11)
    let nodes = (0..<6).map { _ in Int.random(in: 0..<Self.operators.count, using: &random) }
    let (stack, door) = Self.doors[seed % Self.doors.count]
    let estimator = try SampleEffort.estimator()
    // Other names, in another order of the alphabet.
    let letters = Array("abcdefghij").shuffled(using: &random)
    let estimates = try [
      target(stack, door, keeping: { _ in true }, nodes: nodes),
      target(stack, door, keeping: { _ in true }, nodes: nodes) { "\(letters[$0 + 1])\(99 - $0)" },
    ].map { try #require(estimator.estimate($0).estimate) }
    #expect(estimates[0].best.range == estimates[1].best.range)
    #expect(estimates[0].best.choices == estimates[1].best.choices)
    #expect(estimates[0].best.terms.map(\.subject) == estimates[1].best.terms.map(\.subject))
    #expect(estimates[0].byHand?.range == estimates[1].byHand?.range)
    #expect(estimates[0].reservations == estimates[1].reservations)
  }

  @Test(arguments: 0..<6)
  func twoTargetsNeverCostLessThanTheCheaperOne(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &* 131 &+ 29)
    let nodes = (0..<5).map { _ in Int.random(in: 0..<Self.operators.count, using: &random) }
    let estimator = try SampleEffort.estimator()
    let targets = try Self.doors.prefix(2).map {
      try target($0.0, $0.1, keeping: { _ in true }, nodes: nodes)
    }
    let alone = targets.compactMap { estimator.estimate($0).estimate?.best.range.mean }
    let together = try #require(estimator.estimate(targets))
    #expect(together.best.range.mean >= (alone.min() ?? 0) - 1e-6)
    #expect(together.best.range.mean <= alone.reduce(0, +) + 1e-6)
    #expect(together.byHand.range.mean >= together.best.range.mean - 1e-6)
  }
}
