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
