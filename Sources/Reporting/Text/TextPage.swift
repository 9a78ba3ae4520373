import Compatibility

/// Colours of a terminal report.
enum TextColour: String {
  case bold = "1"
  case faint = "2"
  case red = "31"
  case green = "32"
  case yellow = "33"
  case magenta = "35"
}

/// A piece of a line, with the colour it is shown in.
struct TextPiece: ExpressibleByStringInterpolation {
  let text: String
  let colour: TextColour?

  init(_ text: String, _ colour: TextColour?) {
    self.text = text
    self.colour = colour
  }

  init(stringLiteral text: String) {
    self.init(text, nil)
  }
}

/// The page being written.
///
/// Whatever the pieces hold, only the page itself writes line ends and colours.
struct TextPage {
  /// Code points of one piece that are shown.
  private static let longestPiece = 2000
  /// Stands between words that stay on one line.
  static let hardSpace: Character = "\u{A0}"

  let style: TextStyle
  /// Findings shown at a time unless the report is verbose: of severity error, and of the rest.
  let limits: (errors: Int, others: Int)
  private(set) var text = ""

  /// Begins a page with so many verdicts: the more there are, the less is said of each.
  init(style: TextStyle, verdictCount: Int) {
    self.style = style
    limits =
      switch verdictCount {
      case ...4: (errors: 12, others: 5)
      case ...20: (errors: 6, others: 2)
      default: (errors: 3, others: 0)
      }
  }

  /// Hands over what was written since the last time.
  mutating func handOver<Failure: Error>(
    to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    try sink(Array(text.utf8).span)
    text = ""
  }

  /// Writes a line as it is, however long.
  mutating func line(_ pieces: TextPiece...) { line(pieces) }

  /// Writes a line as it is, however long.
  mutating func line(_ pieces: [TextPiece]) {
    for piece in pieces { write(TextPiece(visible(piece.text), piece.colour)) }
    text += "\n"
  }

  /// Writes words within the width; the first line is indented by `first` columns, later ones by
  /// `rest`.
  mutating func paragraph(first: Int, rest: Int, _ pieces: TextPiece...) {
    text += String(repeating: " ", count: first)
    var column = first
    var isLineEmpty = true
    for word in words(pieces) {
      let gap = word.followsSpace && !isLineEmpty ? 1 : 0
      if !isLineEmpty, column + gap + word.columns > style.width {
        text += "\n" + String(repeating: " ", count: rest)
        column = rest
      } else if gap > 0 {
        text += " "
        column += 1
      }
      for piece in word.pieces { write(piece) }
      column += word.columns
      isLineEmpty = false
    }
    text += "\n"
  }

  /// What a line is not broken within; parts of several colours may belong to it.
  private struct Word {
    let followsSpace: Bool
    var pieces: [TextPiece] = []
    var columns = 0
  }

  private func words(_ pieces: [TextPiece]) -> [Word] {
    var words = [Word(followsSpace: true)]
    for piece in pieces {
      let parts = piece.text.shortened(to: Self.longestPiece).unicodeScalars.split(
        separator: " ", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index > 0 { words.append(Word(followsSpace: true)) }
        for (place, run) in visible(String(part)).breakable.enumerated() {
          if place > 0 { words.append(Word(followsSpace: false)) }
          words[words.count - 1].pieces.append(TextPiece(run, piece.colour))
          words[words.count - 1].columns += run.columns
        }
      }
    }
    return words.filter { $0.columns > 0 }
  }

  /// A text as the reader gets to see it.
  private func visible(_ text: String) -> String {
    text.visible(limit: Self.longestPiece, isASCII: !style.usesUnicode)
  }

  private mutating func write(_ piece: TextPiece) {
    let plain =
      piece.text.isASCII ? piece.text : String(piece.text.map { $0 == Self.hardSpace ? " " : $0 })
    guard style.usesColour, let colour = piece.colour, !plain.isEmpty else {
      text += plain
      return
    }
    text += "\u{1B}[\(colour.rawValue)m\(plain)\u{1B}[0m"
  }
}
