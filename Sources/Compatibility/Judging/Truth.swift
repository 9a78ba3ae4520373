/// The answer to a condition when not everything is known.
enum Truth: Equatable {
  case holds
  case fails
  /// The graph does not tell; the text says what would have to be known.
  case open(String)

  init(_ value: Bool) { self = value ? .holds : .fails }

  /// A known answer, or what is missing to give one.
  init(_ value: Bool?, orOpen missing: @autoclosure () -> String) {
    switch value {
    case true: self = .holds
    case false: self = .fails
    case nil: self = .open(missing())
    }
  }

  var negated: Truth {
    switch self {
    case .holds: .fails
    case .fails: .holds
    case .open: self
    }
  }

  /// Fails if any part fails; otherwise open if any part is.
  static func all(_ parts: some Sequence<Truth>) -> Truth {
    var result = Truth.holds
    for part in parts {
      if part == .fails { return .fails }
      if case .open = part, result == .holds { result = part }
    }
    return result
  }

  /// Holds if any part holds; otherwise open if any part is.
  static func any(_ parts: some Sequence<Truth>) -> Truth {
    var result = Truth.fails
    for part in parts {
      if part == .holds { return .holds }
      if case .open = part, result == .fails { result = part }
    }
    return result
  }
}
