#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The environment variables of a process, or of a test.
///
/// ```swift
/// let environment = Environment(["NO_COLOR": "1"])
/// environment["NO_COLOR"]  // "1"
/// ```
public struct Environment: Sendable {
  private let lookUp: @Sendable (String) -> String?

  /// Makes an environment of the given variables.
  public init(_ variables: [String: String]) {
    lookUp = { variables[$0] }
  }

  private init(lookUp: @escaping @Sendable (String) -> String?) {
    self.lookUp = lookUp
  }

  /// The environment of this process.
  public static let process = Environment { name in
    getenv(name).map { String(cString: $0) }
  }

  /// The value of a variable; nil when it is unset or empty.
  public subscript(name: String) -> String? {
    guard let value = lookUp(name), !value.isEmpty else { return nil }
    return value
  }
}
