#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// When to colour.
public enum ColourChoice: String, CaseIterable, Sendable {
  /// When the terminal can and the environment does not forbid it.
  case auto
  /// Whatever the output is.
  case always
  /// Not at all.
  case never
}

/// What the place where text goes is able to show.
///
/// ```swift
/// let terminal = Terminal.live(descriptor: 1, colour: try arguments[colour])
/// if terminal.hasColour { … }
/// ```
public struct Terminal: Sendable, Equatable {
  /// Whether a person watches.
  public let isTerminal: Bool
  /// Number of columns to fill.
  public let width: Int
  /// Whether colours are wanted and shown.
  public let hasColour: Bool
  /// Whether characters beyond ASCII are shown.
  public let hasUnicode: Bool

  /// Decides from what is known of a descriptor, without asking the system.
  ///
  /// - Parameters:
  ///   - environment: Variables that users set to state a wish.
  ///   - isTerminal: Whether the descriptor is a terminal.
  ///   - columns: Columns that the terminal reports, if it does.
  ///   - colour: What the command line says.
  public init(
    environment: Environment, isTerminal: Bool, columns: Int? = nil, colour: ColourChoice = .auto
  ) {
    self.isTerminal = isTerminal
    width = Self.width(environment, isTerminal: isTerminal, columns: columns)
    hasColour = Self.hasColour(environment, isTerminal: isTerminal, colour: colour)
    hasUnicode = Self.hasUnicode(environment)
  }

  /// Asks the system about a descriptor (1 is standard output, 2 standard error).
  public static func live(descriptor: Int32, colour: ColourChoice = .auto) -> Terminal {
    var size = winsize()
    let hasSize = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0
    return Terminal(
      environment: .process, isTerminal: isatty(descriptor) == 1,
      columns: hasSize ? Int(size.ws_col) : nil, colour: colour)
  }

  // MARK: Decisions

  /// `COLUMNS`, else what the terminal reports, else 80 on a terminal and 100 in a pipe or file.
  private static func width(_ environment: Environment, isTerminal: Bool, columns: Int?) -> Int {
    let wanted = environment["COLUMNS"].flatMap { Int($0) }
    let known = [wanted, columns].lazy.compactMap { $0 }.first { $0 > 0 }
    return min(max(known ?? (isTerminal ? 80 : 100), 20), 1000)
  }

  /// The command line, then `NO_COLOR`, then `CLICOLOR_FORCE` and `FORCE_COLOR`, then the terminal.
  private static func hasColour(
    _ environment: Environment, isTerminal: Bool, colour: ColourChoice
  ) -> Bool {
    switch colour {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    if environment["NO_COLOR"] != nil { return false }
    let isForced = ["CLICOLOR_FORCE", "FORCE_COLOR"].contains { name in
      environment[name].map { $0 != "0" && $0 != "false" } ?? false
    }
    if isForced { return true }
    return isTerminal && environment["TERM"] != "dumb" && environment["CLICOLOR"] != "0"
  }

  /// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set names the character set.
  private static func hasUnicode(_ environment: Environment) -> Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    guard let locale = names.lazy.compactMap({ environment[$0] }).first else { return false }
    let set = locale.lowercased().split(separator: ".").dropFirst().first?.split(separator: "@")
      .first
    return set == "utf-8" || set == "utf8"
  }
}
