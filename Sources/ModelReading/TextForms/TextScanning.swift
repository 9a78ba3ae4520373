/// Characters of the text forms; beyond ASCII there are only quoted texts.
extension UInt8 {
  /// 0 to 9.
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  /// A letter or an underscore.
  var isLetter: Bool {
    // Setting this bit makes capital letters small.
    self == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }

  /// Whether it can stand behind the first character of an identifier.
  var continuesIdentifier: Bool { isLetter || isDigit }

  /// Letters, digits and what else numbers are made of.
  var continuesNumber: Bool {
    switch self {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: continuesIdentifier
    }
  }

  /// Whether it can stand in a decimal number with a point and an exponent.
  var isInDecimal: Bool {
    switch self {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      true
    default: isDigit
    }
  }
}

extension Span where Element == UInt8 {
  /// The first place at or behind `start` that is neither white space nor in a `#` comment.
  func skippingSpace(from start: Int) -> Int {
    var at = start
    while at < count {
      switch self[at] {
      case 0x20, 0x09...0x0D: at += 1
      case UInt8(ascii: "#"):
        while at < count, self[at] != 0x0A { at += 1 }
      default: return at
      }
    }
    return at
  }
}
