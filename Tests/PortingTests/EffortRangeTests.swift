import Foundation
import Porting
import Testing
import TestSupport

@Suite struct EffortRangeTests {
  // By the convention, and by the spread of work without a history, of which a log-normal is a coarser sum.
  @Test(arguments: [(nil, "correlation_rho", 0.04), (1.14, "correlation_of_spreads", 0.1)])
  func quantilesOfTheWorkedExamplesAgreeWithASampling(
    _ spread: Double?, _ parameter: String, _ tolerance: Double
  ) throws {
    // Each task is log-normal with its PERT mean; one common factor correlates them.
    let estimator = try SampleEffort.estimator()
    let rho = try #require(estimator.effort.parameters.first { $0.name == parameter }?.value)
    for (name, tasks) in try WorkedExample.all() {
      let ranges = tasks.map { $0.range(spread: spread) }
      let closed = EffortRange(of: ranges, correlation: rho)
      var random = SeededGenerator(seed: 7)
      var sums: [Double] = []
      for _ in 0..<20_000 {
        let common = random.normal()
        sums.append(
          ranges.reduce(0) { sum, range in
            let z = rho.squareRoot() * common + (1 - rho).squareRoot() * random.normal()
            return sum + range.quantile(z: z)
          })
      }
      sums.sort()
      for (share, value) in [(0.5, closed.p50), (0.8, closed.p80), (0.9, closed.p90)] {
        let sampled = sums[Int(share * Double(sums.count))]
        #expect(
          abs(value / sampled - 1) < tolerance, "\(name): \(value) against \(sampled) at \(share)")
      }
    }
  }

  @Test func workedExamplesAreReproducedFromTheirLines() throws {
    let lines = Dictionary(uniqueKeysWithValues: try WorkedExample.all())
    for row in try SampleEffort.table("worked_examples") {
      let name = "\(row["example"] ?? "") / \(row["variant"] ?? "")"
      let tasks = try #require(lines[name])
      let range = EffortRange(of: tasks.map { $0.range(spread: nil) }, correlation: 0.3)
      for (column, hours) in [
        ("mean_pd", range.mean), ("p50_pd", range.p50), ("p80_pd", range.p80),
        ("p90_pd", range.p90),
      ] {
        let expected = try #require(row[column].flatMap(Double.init))
        // The table is rounded to a tenth of a day.
        #expect(
          abs(hours / 8 - expected) <= expected * 0.02 + 0.05, "\(name) \(column): \(hours / 8)")
      }
    }
  }

  @Test func quantilesAscendForAnyTasks() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let tasks = (0..<Int.random(in: 1...20, using: &random)).map { _ in random.task() }
      let range = EffortRange(of: tasks, correlation: 0.3)
      #expect(range.p10 <= range.p50 && range.p50 <= range.p80 && range.p80 <= range.p90)
    }
  }

  @Test(arguments: [0, 0.1, 0.3, 1])
  func moreWorkNeverSufficesInLessTime(_ rho: Double) {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<5000 {
      var tasks = (0..<Int.random(in: 1...8, using: &random)).map { _ in random.task() }
      let less = EffortRange(of: tasks, correlation: rho)
      tasks.append(random.task())
      let more = EffortRange(of: tasks, correlation: rho)
      #expect(less.p50 <= more.p50 && less.p80 <= more.p80 && less.p90 <= more.p90)
    }
  }

  @Test func aSpreadIsThatOfTheLogarithm() {
    let range = EffortRange(mean: 10, spread: 1.1)
    #expect(abs(range.spread - 1.1) < 1e-12)
    #expect(abs(log(range.p90 / range.p50) - 1.1 * 1.281_551_565_5) < 1e-9)
    #expect(range.mean == 10)
  }

  @Test func nothingToDoTakesNoTime() {
    let range = EffortRange(of: [EffortRange](), correlation: 0.3)
    #expect(range.p90 == 0)
  }
}

/// The lines of the worked examples, by example and variant: the hours of each task from the rules,
/// times count and factor, with the overhead of the project.
enum WorkedExample {
  static func all() throws -> [(String, [ThreePointHours])] {
    let effort = try SampleEffort.estimator().effort
    var examples: [(String, [ThreePointHours])] = []
    for row in try SampleEffort.table("worked_examples_lines") where row["task_id"] != "OH" {
      let name = "\(row["example"] ?? "") / \(row["variant"] ?? "")"
      if examples.last?.0 != name { examples.append((name, [])) }
      guard let id = row["task_id"], let task = effort.task(id, class: row["op_class"]),
        let count = row["expected_count"].flatMap(Double.init),
        let factor = row["repeat_factor"].flatMap(Double.init)
      else { continue }
      examples[examples.count - 1].1.append(task.hours.scaled(by: count * factor))
    }
    return examples.map { name, tasks in
      let sum = tasks.reduce(ThreePointHours(0, 0, 0), +)
      return (name, tasks + [sum.scaled(by: 0.15)])
    }
  }
}

extension SeededGenerator {
  fileprivate mutating func uniform() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
  /// Work of any size, with PERT's deviation or a spread up to the widest that sums take.
  fileprivate mutating func task() -> EffortRange {
    let points = [uniform(), uniform(), uniform()].sorted()
    let size = pow(10, 3 * uniform() - 1)
    let hours = ThreePointHours(points[0] * size, points[1] * size, points[2] * size)
    return hours.range(spread: uniform() < 0.3 ? nil : 1.28 * uniform())
  }

  fileprivate mutating func normal() -> Double {
    (-2 * log(max(uniform(), 1e-12))).squareRoot() * cos(2 * Double.pi * uniform())
  }
}
