import Testing

import Threads

@Suite struct ParallelTests {
  @Test(arguments: [0, 1, 2, 3, 1000]) func resultsStandInTheOrderOfTheElements(count: Int) {
    let results = Parallel.map(Array(0..<count)) { number in
      // Some take much longer than others.
      (0..<(number % 7 == 0 ? 20_000 : 1)).reduce(number) { sum, _ in sum ^ 1 ^ 1 }
    }
    #expect(results == Array(0..<count))
  }

  @Test func eachElementIsWorkedOnOnce() {
    let seen = Locked([Int](repeating: 0, count: 500))
    _ = Parallel.map(Array(0..<500)) { number in seen.withValue { $0[number] += 1 } }
    #expect(seen.withValue { $0.allSatisfy { $0 == 1 } })
  }

  @Test func aResultMayBeNothing() {
    let results = Parallel.map([1, 2, 3]) { $0 == 2 ? nil : $0 }
    #expect(results == [1, nil, 3])
  }
}
