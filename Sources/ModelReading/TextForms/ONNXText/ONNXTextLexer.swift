import Bytes

/// A piece of ONNX's textual syntax.
struct ONNXTextToken: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case identifier
    /// A text in double quotes; whether a backslash stands in it.
    case quoted(hasEscapes: Bool)
    case integer
    /// A number with a point or an exponent, or a negative infinity or nan.
    case float
    /// `=>`
    case arrow
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

  /// Whether this can name something: an identifier, or any text in quotes.
  var isName: Bool {
    switch kind {
    case .identifier, .quoted: true
    case .integer, .float, .arrow, .symbol, .end: false
    }
  }

  /// Whether this is a text in quotes.
  var isQuoted: Bool { isName && kind != .identifier }

  /// Where the token's text stands, without quotes.
  var content: ByteRange {
    isQuoted ? ByteRange(range.start + 1, range.end - 1) : range
  }
}

/// Splits ONNX's textual syntax into tokens; white space and `#` comments separate them.
struct ONNXTextLexer: Sendable {
  private var at = 0

  /// The next token.
  mutating func next(_ source: Span<UInt8>) throws(ReadFailure) -> ONNXTextToken {
    at = source.skippingSpace(from: at)
    let start = at
    guard at < source.count else {
      return ONNXTextToken(kind: .end, range: ByteRange(at, at))
    }
    let byte = source[at]
    at += 1
    let kind: ONNXTextToken.Kind
    switch byte {
    case UInt8(ascii: "\""): kind = .quoted(hasEscapes: try skipQuoted(source))
    case UInt8(ascii: "="):
      let isArrow = at < source.count && source[at] == UInt8(ascii: ">")
      if isArrow { at += 1 }
      kind = isArrow ? .arrow : .symbol(byte)
    case UInt8(ascii: "-"): kind = try negative(source)
    case _ where byte.isDigit: kind = try number(source)
    case _ where byte.isLetter:
      skipIdentifier(source)
      kind = .identifier
    case 0x80...:
      throw failure("names with characters beyond ASCII have to be in double quotes", start, source)
    default: kind = .symbol(byte)
    }
    return ONNXTextToken(kind: kind, range: ByteRange(start, at))
  }

  /// Passes over the rest of a text in quotes; tells whether a backslash stands in it.
  private mutating func skipQuoted(_ source: Span<UInt8>) throws(ReadFailure) -> Bool {
    let start = at - 1
    var hasEscapes = false
    while at < source.count {
      switch source[at] {
      case UInt8(ascii: "\""):
        at += 1
        return hasEscapes
      case UInt8(ascii: "\\"):
        hasEscapes = true
        at += 2
      default: at += 1
      }
    }
    throw failure("the text in quotes is not closed", start, source)
  }

  private mutating func skipIdentifier(_ source: Span<UInt8>) {
    while at < source.count, source[at].continuesIdentifier { at += 1 }
  }

  /// What follows a minus sign: a number, an infinity or nan.
  private mutating func negative(
    _ source: Span<UInt8>
  ) throws(ReadFailure) -> ONNXTextToken.Kind {
    if at < source.count, source[at].isDigit { return try number(source) }
    let word = at
    skipIdentifier(source)
    guard source.isSpecialFloat(ByteRange(word, at)) else {
      throw failure("a number has to follow '-' directly", word - 1, source)
    }
    return .float
  }

  /// The rest of a number whose first digit, or sign, has been passed.
  private mutating func number(
    _ source: Span<UInt8>
  ) throws(ReadFailure) -> ONNXTextToken.Kind {
    skipDigits(source)
    var kind = ONNXTextToken.Kind.integer
    if at < source.count, source[at] == UInt8(ascii: ".") {
      kind = .float
      at += 1
      skipDigits(source)
    }
    guard at < source.count, source[at] | 0x20 == UInt8(ascii: "e") else { return kind }
    at += 1
    if at < source.count, source[at] == UInt8(ascii: "+") || source[at] == UInt8(ascii: "-") {
      at += 1
    }
    let exponent = at
    skipDigits(source)
    guard at > exponent else {
      throw failure("digits have to follow the exponent", exponent, source)
    }
    return .float
  }

  private mutating func skipDigits(_ source: Span<UInt8>) {
    while at < source.count, source[at].isDigit { at += 1 }
  }

  private func failure(_ reason: String, _ offset: Int, _ source: Span<UInt8>) -> ReadFailure {
    ReadFailure(reason, at: .text(of: offset, in: source))
  }
}

extension Span where Element == UInt8 {
  /// Whether the word at `range` is `inf`, `infinity` or `nan` in any case.
  func isSpecialFloat(_ range: ByteRange) -> Bool {
    guard range.count == 3 || range.count == 8 else { return false }
    let word = text(range).lowercased()
    return word == "inf" || word == "infinity" || word == "nan"
  }
}
