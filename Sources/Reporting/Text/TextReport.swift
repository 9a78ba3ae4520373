import Compatibility
import ModelGraph

/// How a text report is laid out.
public struct TextStyle: Sendable {
  /// Columns to fill.
  public let width: Int
  /// Whether to use terminal colours.
  public let usesColour: Bool
  /// Whether characters beyond ASCII can be shown.
  public let usesUnicode: Bool
  /// Whether evidence and help are shown for each finding.
  public let isVerbose: Bool

  /// Makes a style.
  public init(width: Int, usesColour: Bool, usesUnicode: Bool, isVerbose: Bool) {
    self.width = max(width, 40)
    self.usesColour = usesColour
    self.usesUnicode = usesUnicode
    self.isVerbose = isVerbose
  }
}

/// The report for people: the verdict first, then what to do about it.
public enum TextReport {
  /// Writes the report.
  public static func text(_ report: Report, style: TextStyle) -> String {
    var page = TextPage(style: style)
    for (index, model) in report.models.enumerated() {
      if index > 0 { page.line() }
      page.write(model)
    }
    return page.text
  }
}

/// The page being written.
struct TextPage {
  let style: TextStyle
  private(set) var text = ""

  init(style: TextStyle) { self.style = style }

  mutating func line(_ content: String = "") {
    text += content
    text += "\n"
  }

  /// Writes words within the width, later lines indented by `indent`.
  mutating func paragraph(_ content: String, indent: Int, first: String) {
    let room = max(style.width - indent, 20)
    var current = first
    var length = first.count
    var isFirst = true
    for word in content.split(separator: " ") {
      let needed = word.count + (isFirst ? 0 : 1)
      if !isFirst, length + needed > room + indent {
        line(current)
        current = String(repeating: " ", count: indent) + word
        length = indent + word.count
      } else {
        current += (isFirst ? "" : " ") + word
        length += needed
      }
      isFirst = false
    }
    line(current)
  }

  func painted(_ content: String, _ colour: TextColour) -> String {
    style.usesColour ? "\u{1B}[\(colour.rawValue)m\(content)\u{1B}[0m" : content
  }

  var dash: String { style.usesUnicode ? "–" : "-" }
  var dot: String { style.usesUnicode ? "·" : "-" }
}

/// The colours a terminal report uses.
enum TextColour: String {
  case bold = "1"
  case faint = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"
  case magenta = "35"
}

extension Verdict {
  var colour: TextColour {
    switch self {
    case .supported: .green
    case .conditional, .fallback: .yellow
    case .unknown, .silent: .magenta
    case .unsupported: .red
    }
  }

  /// What the verdict means for the model, in one clause.
  var headline: String {
    switch self {
    case .supported: "runs as it stands"
    case .conditional: "may run; some of it depends on what the file does not tell"
    case .fallback: "runs, in part on the host CPU"
    case .unknown: "not known; there is no evidence for some operators"
    case .silent: "converts, but computes something else"
    case .unsupported: "does not run as it stands"
    }
  }
}

extension String {
  /// The text without control characters, which could steer the terminal, and not too long.
  var printable: String {
    var result = ""
    for scalar in unicodeScalars.prefix(200) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return unicodeScalars.count > 200 ? result + "…" : result
  }
}
