/// Why a command line was not understood, and where to read on.
///
/// ```
/// unknown option '--formt'; did you mean '--format'?
/// run 'regauge help check' for what it takes
/// ```
public struct UsageFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, quoting the offending word; lower case, no full stop.
  public let message: String
  /// A second line that says where help is.
  public let hint: String

  /// Makes a failure; inside a command `Arguments.failure` fills in the hint.
  public init(_ message: String, hint: String = "") {
    self.message = message
    self.hint = hint
  }

  /// Message and hint on a line each.
  public var description: String { hint.isEmpty ? message : "\(message)\n\(hint)" }
}

/// Puts what the user typed between quotes, fit for a terminal: cut short, controls spelled out.
func quoted(_ text: String) -> String {
  let longest = 80
  var result = "'"
  for scalar in text.unicodeScalars.prefix(longest) {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator:
      result += scalar.escaped(asASCII: true)
    default:
      result.unicodeScalars.append(scalar)
    }
  }
  return result + (text.unicodeScalars.count > longest ? "...'" : "'")
}
