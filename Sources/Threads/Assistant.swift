/// A thread that works off what it is handed, in order, while its maker goes on.
///
/// It ends with `finish`, or unasked when nobody refers to it any more.
public final class Assistant<Piece: Sendable, State: Sendable>: Sendable {
  /// More waiting pieces than this only take memory: the maker waits until one is done.
  private static var mostWaiting: Int { 8 }

  private struct Desk: Sendable {
    var waiting: [Piece] = []
    var isClosed = false
    var isJoined = false
    var state: State?
  }

  private let desk: Locked<Desk>
  private let thread: Thread

  /// Starts the thread; nil when there is no processor or thread for it.
  ///
  /// `start` makes a state on the thread, `body` works a piece into it, and `finish` gives it back.
  public init?(
    start: @escaping @Sendable () -> State, _ body: @escaping @Sendable (inout State, Piece) -> Void
  ) {
    guard Parallel.processors > 1 else { return nil }
    let desk = Locked(Desk())
    let thread = Thread {
      var state = start()
      while let piece = Self.next(desk) { body(&state, piece) }
      desk.withValue { $0.state = state }
    }
    guard let thread else { return nil }
    self.desk = desk
    self.thread = thread
  }

  deinit { join() }

  /// Hands over a piece of work.
  public func take(_ piece: Piece) {
    desk.withValue(when: { $0.waiting.count < Self.mostWaiting }) { $0.waiting.append(piece) }
  }

  /// What became of the state once everything handed over is done; nil when asked again.
  public func finish() -> State? {
    join()
    return desk.withValue { $0.state.take() }
  }

  private func join() {
    let isFirst = desk.withValue(when: { _ in true }) { desk in
      defer { (desk.isClosed, desk.isJoined) = (true, true) }
      return !desk.isJoined
    }
    if isFirst { thread.join() }
  }

  private static func next(_ desk: Locked<Desk>) -> Piece? {
    desk.withValue(when: { !$0.waiting.isEmpty || $0.isClosed }) {
      $0.waiting.isEmpty ? nil : $0.waiting.removeFirst()
    }
  }
}
