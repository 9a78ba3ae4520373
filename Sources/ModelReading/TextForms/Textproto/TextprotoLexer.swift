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
    at = source.skippingSpace(from: at)
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
    case _ where byte.isLetter:
      while at < source.count, source[at].continuesIdentifier { at += 1 }
      kind = .identifier
    case _ where startsNumber(byte, source):
      while at < source.count, source[at].continuesNumber { at += 1 }
      kind = .number
    default: kind = .symbol(byte)
    }
    return TextprotoToken(kind: kind, range: ByteRange(start, at))
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
    case UInt8(ascii: "."): at < source.count && source[at].isDigit
    default: byte.isDigit
    }
  }
}
