#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Does independent pieces of work on several threads.
///
/// Plain threads and not tasks: they need no runtime to be started, which would cost more than small
/// models do.
public enum Parallel {
  /// More threads than this gain nothing: memory is read no faster.
  private static let mostThreads = 16

  /// The results of `body` for each element, in the order of the elements.
  ///
  /// Elements are taken in order by as many threads as there are processors; at most so many are in
  /// work at a time, so that what a piece of work needs is not needed for all of them at once.
  public static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ body: @escaping @Sendable (Element) -> Result
  ) -> [Result] {
    let threads = min(elements.count, processors, mostThreads)
    guard threads > 1 else { return elements.map(body) }
    let queue = WorkQueue<Result>(count: elements.count)
    let work: @Sendable () -> Void = { queue.work { body(elements[$0]) } }
    // Where the system has no thread left, the others do its work.
    let others = (1..<threads).compactMap { _ in Thread(work) }
    work()
    for thread in others { thread.join() }
    return queue.results
  }

  /// Processors that are at work.
  static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

/// Hands out the numbers 0 to `count` and gathers a result for each.
private final class WorkQueue<Result: Sendable>: Sendable {
  private let state: Locked<(next: Int, slots: [Result?])>

  init(count: Int) { state = Locked((0, Array(repeating: nil, count: count))) }

  /// Does pieces of work until none is left.
  func work(_ piece: (Int) -> Result) {
    while let index = take() {
      let result = piece(index)
      state.withValue { $0.slots[index] = result }
    }
  }

  /// All results; to be asked for when no thread is at work any more.
  var results: [Result] { state.withValue { $0.slots.compactMap(\.self) } }

  private func take() -> Int? {
    state.withValue { state in
      guard state.next < state.slots.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }
}
