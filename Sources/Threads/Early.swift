/// A result that another thread works out before it is asked for, where that is worth a thread.
///
/// Otherwise it is worked out when it is first asked for. Everybody gets the same result.
public final class Early<Result: Sendable>: Sendable {
  private let work: @Sendable () -> Result
  private let assistant: Assistant<Never, Result>?
  private let result = Locked<Result?>(nil)

  /// Begins at once if it is worth it and there is a thread.
  public init(isWorthAThread: Bool = true, _ work: @escaping @Sendable () -> Result) {
    self.work = work
    assistant = isWorthAThread ? Assistant(start: work) { _, _ in } : nil
  }

  /// The result, waited for or worked out now.
  public var value: Result {
    result.withValue { result in
      if let result { return result }
      let value = assistant?.finish() ?? work()
      result = value
      return value
    }
  }
}
