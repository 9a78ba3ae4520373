import CThreads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A thread of the system that does one piece of work.
struct Thread: Sendable {
  /// What the main thread has on most systems; other threads may get far less.
  private static let stackBytes = 8 << 20

  private let handle: Handle

  /// The system's name of a thread: a number or an address, only ever handed back to it.
  private struct Handle: @unchecked Sendable {
    let thread: pthread_t
  }

  /// Starts a thread; nil when the system has none left.
  init?(_ run: @escaping @Sendable () -> Void) {
    let handed = Unmanaged.passRetained(Work(run))
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let status = regauge_start_thread(&thread, Self.stackBytes, runWork, handed.toOpaque())
    #if canImport(Glibc)
      let started: pthread_t? = thread
    #else
      let started = thread
    #endif
    guard status == 0, let started else {
      handed.release()
      return nil
    }
    handle = Handle(thread: started)
  }

  /// Waits for its end; to be called once.
  func join() { pthread_join(handle.thread, nil) }
}

/// What a thread does, as one object that C can hand over.
private final class Work: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runWork(_ work: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let work { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().run() }
  return nil
}
