extension String {
  /// The text fit for people: no character that steers a terminal or hides others, and not too long.
  ///
  /// Control characters, marks that turn the direction of writing and the like are spelled out, such
  /// as `\n` or `\u{1B}`; a text of more than `limit` code points ends in `…`.
  ///
  /// - Parameters:
  ///   - limit: Code points to keep.
  ///   - keepsLineEnds: Whether line feeds stay, in texts of several lines.
  ///   - isASCII: Whether everything beyond ASCII is spelled out too.
  /// - Returns: The text, itself when there is nothing to change.
  public func visible(
    limit: Int = 200, keepsLineEnds: Bool = false, isASCII: Bool = false
  ) -> String {
    if utf8.count <= limit, isPlain { return self }
    var result = ""
    var rest = limit
    for scalar in unicodeScalars {
      guard rest > 0 else { return result + (isASCII ? "..." : "…") }
      rest -= 1
      if scalar == "\n", keepsLineEnds {
        result.unicodeScalars.append(scalar)
      } else {
        result += scalar.visible(isASCII: isASCII)
      }
    }
    return result
  }

  /// Whether all of it is ASCII that a terminal shows as it is.
  private var isPlain: Bool { utf8.allSatisfy { (0x20..<0x7F).contains($0) } }
}

extension Unicode.Scalar {
  /// The joiners shape letters and emoji; all other invisible characters can deceive.
  fileprivate var isPrintable: Bool {
    if self == "\u{200C}" || self == "\u{200D}" { return true }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
      return false
    default: return true
    }
  }

  fileprivate func visible(isASCII: Bool) -> String {
    if isPrintable, !isASCII || self.isASCII { return String(self) }
    switch self {
    case "\n": return "\\n"
    case "\t": return "\\t"
    case "\r": return "\\r"
    case "×": return "x"
    case "…": return "..."
    case "–": return "-"
    case "\u{A0}": return " "
    default: return "\\u{\(String(value, radix: 16, uppercase: true))}"
    }
  }
}
