import Threads
import Compatibility
import Inference

/// What it costs that nodes of one model run on the host, told once for all targets that leave the
/// same nodes to it.
final class Fallbacks: Sendable {
  private struct State {
    var work: RunWork?
    var known: [(hostNodes: [Bool], fallback: Fallback)] = []
  }

  /// More lists of nodes than this are not kept, so that they never take much of the memory.
  private static let mostKnown = 4

  /// From so many nodes on their work is counted while the first targets are judged.
  private static let leastNodes = 20_000

  private let facts: ValueFacts
  private let state = Locked(State())
  private let counting: Assistant<Never, RunWork>?

  /// Prepares to tell costs; `isLikely` is whether some of the targets leave nodes to the host.
  init(_ facts: ValueFacts, isLikely: Bool) {
    self.facts = facts
    let isEarly = isLikely && facts.nodeCount >= Self.leastNodes
    counting = isEarly ? Assistant(start: { facts.runWork }) { _, _ in } : nil
  }

  /// The cost of a judgement; nil when nothing runs on the host.
  func fallback(of judgement: Judgement) -> Fallback? {
    guard let hostNodes = judgement.hostNodes else { return nil }
    return state.withValue { state in
      if let known = state.known.first(where: { $0.hostNodes == hostNodes }) {
        return known.fallback
      }
      let work = state.work ?? counting?.finish() ?? facts.runWork
      let fallback = Fallback(facts, hostNodes: hostNodes, work: work)
      state.work = work
      if state.known.count < Self.mostKnown { state.known.append((hostNodes, fallback)) }
      return fallback
    }
  }
}
