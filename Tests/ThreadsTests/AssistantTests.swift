import Testing
import Threads

@Suite struct AssistantTests {
  /// Nil where the machine has one processor, and then there is nothing to test.
  private func summing() -> Assistant<Int, [Int]>? {
    Assistant(start: { [] }) { $0.append($1) }
  }

  @Test func piecesAreWorkedOffInOrder() {
    guard let assistant = summing() else { return }
    for piece in 0..<1000 { assistant.take(piece) }
    #expect(assistant.finish() == Array(0..<1000))
  }

  @Test func withoutPiecesTheStateStaysAsItStarted() {
    guard let assistant = summing() else { return }
    #expect(assistant.finish() == [])
  }

  @Test func theStateIsHandedOverOnce() {
    guard let assistant = summing() else { return }
    assistant.take(1)
    #expect(assistant.finish() == [1])
    #expect(assistant.finish() == nil)
  }

  @Test func oneThatNobodyAskedToFinishEnds() {
    for _ in 0..<100 {
      guard let assistant = summing() else { return }
      assistant.take(1)
    }
  }
}

@Suite struct EarlyTests {
  @Test(arguments: [false, true]) func everybodyGetsTheSameResultWorkedOutOnce(early: Bool) {
    let count = Locked(0)
    let result = Early(isWorthAThread: early) {
      count.withValue {
        $0 += 1
        return $0
      }
    }
    let asked = Parallel.map(Array(0..<50)) { _ in result.value }
    #expect(asked.allSatisfy { $0 == 1 })
    #expect(count.withValue { $0 } == 1)
  }
}
