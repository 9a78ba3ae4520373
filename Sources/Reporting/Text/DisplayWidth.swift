extension String {
  /// Columns that a terminal takes to show the text.
  var columns: Int {
    isASCII ? utf8.count : unicodeScalars.reduce(0) { $0 + $1.columns }
  }

  /// Whether there is nothing in it but ASCII, as in most texts.
  var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }

  /// Pieces between which a line may end: wide characters stand without spaces, so each is one.
  var breakable: [String] {
    guard !isASCII, unicodeScalars.contains(where: { $0.columns == 2 }) else { return [self] }
    var parts: [String] = []
    var isAfterWide = true
    for scalar in unicodeScalars {
      if isAfterWide && scalar.columns > 0 || scalar.columns == 2 || parts.isEmpty {
        parts.append("")
      }
      if scalar.columns > 0 { isAfterWide = scalar.columns == 2 }
      parts[parts.count - 1].unicodeScalars.append(scalar)
    }
    return parts
  }
}

extension Unicode.Scalar {
  /// Ranges of East Asian wide characters and of emoji, by their first and last code points.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
  ]

  /// 0 for marks that join the character before them, 2 for wide characters, else 1.
  fileprivate var columns: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return Self.wide.contains { $0.contains(value) } ? 2 : 1
    }
  }
}
