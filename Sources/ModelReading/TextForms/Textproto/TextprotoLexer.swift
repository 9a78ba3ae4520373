import Bytes

/// A piece of protobuf's text format.
struct TextprotoToken: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case identifier
    /// A digit, sign or point and all letters, digits, signs and points after it.
    case number
    /// One literal, quotes included.
    case string
    /// Any other character.
    case symbol(UInt8)
    /// The end of the text.
    case end
  }

  let kind: Kind
  let range: ByteRange

  /// Whether this is the punctuation mark `character`.
  func isSymbol(_ character: Unicode.Scalar) -> Bool {
    kind == .symbol(UInt8(ascii: character))
  }
}

/// Splits protobuf's text format into tokens; white space and `#` comments separate them.
struct TextprotoLexer: Sendable {
  private var at = 0

  /// The next token.
  mutating func next(_ source: Span<UInt8>) throws(ReadFailure) -> TextprotoToken {
    skipSpace(source)
    let start = at
    guard at < source.count else {
      return TextprotoToken(kind: .end, range: ByteRange(at, at))
    }
    let byte = source[at]
    at += 1
    let kind: TextprotoToken.Kind
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      try skipString(quote: byte, source)
      kind = .string
    case _ where Self.isLetter(byte):
      while at < source.count, Self.isLetter(source[at]) || Self.isDigit(source[at]) { at += 1 }
      kind = .identifier
    case _ where startsNumber(byte, source):
      while at < source.count, Self.continuesNumber(source[at]) { at += 1 }
      kind = .number
    default: kind = .symbol(byte)
    }
    return TextprotoToken(kind: kind, range: ByteRange(start, at))
  }

  private mutating func skipSpace(_ source: Span<UInt8>) {
    while at < source.count {
      switch source[at] {
      case 0x20, 0x09...0x0D: at += 1
      case UInt8(ascii: "#"):
        while at < source.count, source[at] != 0x0A { at += 1 }
      default: return
      }
    }
  }

  private mutating func skipString(
    quote: UInt8, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let start = at - 1
    while at < source.count {
      switch source[at] {
      case quote:
        at += 1
        return
      case 0x0A:
        throw ReadFailure(
          "the string is not closed on its line; write line feeds as \\n",
          at: .text(of: start, in: source))
      case UInt8(ascii: "\\") where at + 1 < source.count && source[at + 1] != 0x0A: at += 2
      default: at += 1
      }
    }
    throw ReadFailure("the string is not closed", at: .text(of: start, in: source))
  }

  private func startsNumber(_ byte: UInt8, _ source: Span<UInt8>) -> Bool {
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: "-"): true
    case UInt8(ascii: "."): at < source.count && Self.isDigit(source[at])
    default: Self.isDigit(byte)
    }
  }

  private static func continuesNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: isLetter(byte) || isDigit(byte)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
