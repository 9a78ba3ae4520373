/// Breaks text into lines of at most `width` characters, at spaces.
///
/// Line ends in the text stay; a line that begins with two spaces is kept as it is, and a word longer
/// than the width gets a line of its own.
func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
    guard !paragraph.hasPrefix("  ") else {
      lines.append(String(paragraph))
      continue
    }
    var line = ""
    var length = 0
    for word in paragraph.split(separator: " ") {
      if length > 0, length + 1 + word.count > width {
        lines.append(line)
        (line, length) = ("", 0)
      }
      if length > 0 { line += " " }
      line += word
      length += (length > 0 ? 1 : 0) + word.count
    }
    lines.append(line)
  }
  return lines
}

/// Two columns of a help page: labels on the left, wrapped text on the right.
struct TextColumns {
  /// Column where the text begins.
  let start: Int
  let width: Int

  /// Chooses a start that fits most labels; on a narrow terminal the text goes below its label.
  init(labels: [String], width: Int) {
    let widest = min(30, width / 2 - 6)
    let fitting = labels.map(\.count).filter { $0 <= widest }.max()
    start = if width >= 60, let fitting { 2 + fitting + 2 } else { 10 }
    self.width = width
  }

  /// The lines of one row.
  func lines(label: String, text: String) -> [String] {
    let texts = text.isEmpty ? [] : wrapped(text, width: max(20, width - start))
    let margin = String(repeating: " ", count: start)
    let fits = 2 + label.count + 2 <= start
    guard fits, let first = texts.first else {
      return ["  \(label)"] + texts.map { margin + $0 }
    }
    let gap = String(repeating: " ", count: start - 2 - label.count)
    return ["  \(label)\(gap)\(first)"] + texts.dropFirst().map { margin + $0 }
  }
}
