/// The checked arguments of one command.
///
/// ```swift
/// let format = try arguments[format]        // Option<Format>: the value or its default
/// let targets = try arguments[targets]      // Option<[String]>: all values
/// if arguments[quiet] { … }                 // Flag
/// for path in arguments.operands { … }
/// throw arguments.failure("'--a' and '--b' exclude each other")
/// ```
/// Every value was checked when the words were parsed, so reading only throws when a parse closure
/// changes its mind.
public struct Arguments: Sendable {
  /// Names from the tool down to the command, such as `["regauge", "manifest", "build"]`.
  public let command: [String]
  /// Words that are no options.
  public let operands: [String]
  /// Texts by long name; flags have an empty text for each time they were given.
  var given: [String: [String]]
  /// Long names that the command takes.
  let known: Set<String>
  let hint: String

  /// The value of an option.
  ///
  /// - Precondition: The command or one above it lists the option.
  public subscript<Result>(option: Option<Result>) -> Result {
    get throws(UsageFailure) {
      let name = option.declaration.name
      do throws(ValueFailure) {
        return try option.read(texts(of: name))
      } catch {
        throw UsageFailure("value of option '--\(name)' \(error.reason)", hint: hint)
      }
    }
  }

  /// Whether a flag was given.
  ///
  /// - Precondition: The command or one above it lists the flag.
  public subscript(flag: Flag) -> Bool { count(of: flag) > 0 }

  /// How often a flag was given.
  ///
  /// - Precondition: The command or one above it lists the flag.
  public func count(of flag: Flag) -> Int { texts(of: flag.declaration.name).count }

  /// Whether an option was given, be it with its default value.
  ///
  /// - Precondition: The command or one above it lists the option.
  public func isGiven(_ option: any CommandOption) -> Bool {
    !texts(of: option.declaration.name).isEmpty
  }

  /// Makes a failure that points to the help of this command.
  public func failure(_ message: String) -> UsageFailure { UsageFailure(message, hint: hint) }

  private func texts(of name: String) -> [String] {
    precondition(known.contains(name), "\(command.joined(separator: " ")) lists no --\(name)")
    return given[name, default: []]
  }
}
