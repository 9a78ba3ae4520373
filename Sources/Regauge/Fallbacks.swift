import Threads
import Compatibility
import Inference

/// What it costs that nodes of one model run on the host, told once for all targets that leave the
/// same nodes to it.
final class Fallbacks: Sendable {
  private struct State {
    var known: [(hostNodes: [Bool], fallback: Fallback)] = []
  }

  /// More lists of nodes than this are not kept, so that they never take much of the memory.
  private static let mostKnown = 4

  private let facts: ValueFacts
  private let state = Locked(State())
  private let work: Early<RunWork>

  init(_ facts: ValueFacts, _ work: Early<RunWork>) {
    self.facts = facts
    self.work = work
  }

  /// The cost of a judgement; nil when nothing runs on the host.
  func fallback(of judgement: Judgement) -> Fallback? {
    guard let hostNodes = judgement.hostNodes else { return nil }
    return state.withValue { state in
      if let known = state.known.first(where: { $0.hostNodes == hostNodes }) {
        return known.fallback
      }
      let fallback = Fallback(facts, hostNodes: hostNodes, work: work.value)
      if state.known.count < Self.mostKnown { state.known.append((hostNodes, fallback)) }
      return fallback
    }
  }
}
