import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A line on standard error that says how far a long run has come, for people who watch.
///
/// It appears after a second, on a terminal only, and is wiped out at the end.
/// ```swift
/// let progress = ProgressLine(isWanted: !arguments[quiet], total: paths.count)
/// defer { progress.finish() }
/// progress.step("model.onnx")        // from any thread
/// ```
public final class ProgressLine: Sendable {
  /// Seconds before the first line, and between two of them.
  private static let delay = 1.0
  private static let interval = 0.1

  private struct State {
    var done = 0
    var lastShown: Double
    var isVisible = false
  }

  private let isWanted: Bool
  private let total: Int
  private let width: Int
  private let state: Mutex<State>

  /// Begins; nothing is shown unless standard error is a terminal.
  public init(isWanted: Bool, total: Int) {
    let terminal = Terminal.live(descriptor: STDERR_FILENO)
    self.isWanted = isWanted && terminal.isTerminal && Environment.process["TERM"] != "dumb"
    self.total = total
    width = terminal.width
    state = Mutex(State(lastShown: Self.now() + Self.delay - Self.interval))
  }

  /// Says that one more thing has begun.
  public func step(_ name: String) {
    guard isWanted else { return }
    state.withLock { state in
      state.done += 1
      let now = Self.now()
      guard now - state.lastShown >= Self.interval else { return }
      state.lastShown = now
      state.isVisible = true
      Self.write("\r\u{1B}[K" + line(state.done, name))
    }
  }

  /// Wipes the line out.
  public func finish() {
    guard isWanted else { return }
    state.withLock { state in
      if state.isVisible { Self.write("\r\u{1B}[K") }
      state.isVisible = false
    }
  }

  private func line(_ done: Int, _ name: String) -> String {
    let count = "\(done)/\(total) "
    let plain = name.unicodeScalars.map {
      $0.isASCII && $0.value >= 0x20 && $0.value != 0x7F ? Character($0) : "?"
    }
    return count + String(plain.suffix(max(0, width - count.count - 1)))
  }

  private static func write(_ text: String) {
    let output = ByteOutput.standardError()
    try? output.write(text)
    try? output.flush()
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
