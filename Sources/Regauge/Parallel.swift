import CThreads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Does independent pieces of work on several threads.
///
/// Plain threads and not tasks: they need no runtime to be started, which would cost more than small
/// models do.
enum Parallel {
  /// More threads than this gain nothing: memory is read no faster.
  private static let mostThreads = 16
  /// What the main thread has on most systems; other threads may get far less.
  private static let stackBytes = 8 << 20

  /// The results of `body` for each element, in the order of the elements.
  ///
  /// Elements are taken in order by as many threads as there are processors; at most so many are in
  /// work at a time, so that what a piece of work needs is not needed for all of them at once.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ body: @escaping @Sendable (Element) -> Result
  ) -> [Result] {
    let threads = min(elements.count, processors, mostThreads)
    guard threads > 1 else { return elements.map(body) }
    let queue = WorkQueue<Result>(count: elements.count)
    let worker = Worker { queue.work { body(elements[$0]) } }
    let others = (1..<threads).compactMap { _ in start(worker) }
    worker.run()
    for thread in others { pthread_join(thread, nil) }
    return queue.results
  }

  private static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Starts a thread; nil when the system has none left, and the others do its work.
  private static func start(_ worker: Worker) -> pthread_t? {
    let handed = Unmanaged.passRetained(worker)
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let status = regauge_start_thread(&thread, stackBytes, runWorker, handed.toOpaque())
    guard status == 0 else {
      handed.release()
      return nil
    }
    return thread
  }
}

/// What a thread does, as one object that C can hand over.
private final class Worker: Sendable {
  let run: @Sendable () -> Void

  init(run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runWorker(_ worker: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let worker { Unmanaged<Worker>.fromOpaque(worker).takeRetainedValue().run() }
  return nil
}

/// Hands out the numbers 0 to `count` and gathers a result for each.
///
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

/// A value that one thread at a time may look at or change.
///
/// Unchecked, because the compiler cannot see it: `value` is touched only by `withValue`, which holds
/// the mutex, and the mutex is a constant that lives as long as the object.
final class Locked<Value: Sendable>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var value: Value

  init(_ value: Value) {
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    self.value = value
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Waits until no other thread is at the value.
  func withValue<Result>(_ body: (inout Value) -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body(&value)
  }
}
