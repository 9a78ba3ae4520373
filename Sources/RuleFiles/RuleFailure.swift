/// Why rules could not be found or read, and what to do.
public struct RuleFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The folder or file concerned.
  public let path: String
  /// What is wrong, in plain words.
  public let reason: String
  /// What the user can do about it.
  public let help: String

  /// Makes a failure.
  public init(path: String, reason: String, help: String) {
    self.path = path
    self.reason = reason
    self.help = help
  }

  /// `path: reason; help`.
  public var description: String { "\(path): \(reason); \(help)" }
}
