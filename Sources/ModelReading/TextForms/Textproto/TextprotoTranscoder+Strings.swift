import Bytes

/// Strings of protobuf's text format: adjacent literals are one, with escapes as in C.
extension TextprotoTranscoder {
  /// A text or bytes; a text has to be UTF-8.
  mutating func text(
    _ field: ProtoField, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    guard token.kind == .string else { throw unexpected("a string in quotes", source) }
    let first = token.range
    let content = ByteRange(first.start + 1, first.end - 1)
    try advance(source)
    if token.kind != .string, !hasEscapes(content, source) {
      return try plainText(content, field, &frame, source)
    }
    var record = writer.beginBytes(field, in: &frame)
    try literal(content, to: &record, source)
    while token.kind == .string {
      try literal(ByteRange(token.range.start + 1, token.range.end - 1), to: &record, source)
      try advance(source)
    }
    if field.kind == .string, !writer.isUTF8(record) {
      throw failure("the string is not UTF-8", source, at: first)
    }
    writer.end(record, in: &frame)
  }

  private func hasEscapes(_ content: ByteRange, _ source: Span<UInt8>) -> Bool {
    for index in content.start..<content.end where source[index] == UInt8(ascii: "\\") {
      return true
    }
    return false
  }

  /// Writes a string that stands in the text as it is.
  private mutating func plainText(
    _ content: ByteRange, _ field: ProtoField, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    guard field.kind == .bytes || source.isUTF8(content) else {
      throw failure(
        "the string is not UTF-8", source, at: ByteRange(content.start - 1, content.end))
    }
    writer.text(content, of: source, field, in: &frame)
  }

  /// Appends what stands between quotes: runs as they are, and what escapes stand for.
  private mutating func literal(
    _ content: ByteRange, to record: inout BytesRecord, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    var run = ByteRange(content.start, content.start)
    while run.end < content.end {
      guard source[run.end] == UInt8(ascii: "\\") else {
        run.end += 1
        continue
      }
      writer.append(run, of: source, to: &record)
      var at = run.end + 1
      try escape(&at, content, to: &record, source)
      run = ByteRange(at, at)
    }
    writer.append(run, of: source, to: &record)
  }

  /// Appends what the escape stands for whose backslash stands before `at`.
  private mutating func escape(
    _ at: inout Int, _ content: ByteRange, to record: inout BytesRecord, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let start = at - 1
    let letter = source[at]
    at += 1
    switch letter {
    case UInt8(ascii: "a"): writer.append(0x07, to: &record)
    case UInt8(ascii: "b"): writer.append(0x08, to: &record)
    case UInt8(ascii: "t"): writer.append(0x09, to: &record)
    case UInt8(ascii: "n"): writer.append(0x0A, to: &record)
    case UInt8(ascii: "v"): writer.append(0x0B, to: &record)
    case UInt8(ascii: "f"): writer.append(0x0C, to: &record)
    case UInt8(ascii: "r"): writer.append(0x0D, to: &record)
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "?"):
      writer.append(letter, to: &record)
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      writer.append(try byte(&at, content, digits: 2, radix: 16, start, source), to: &record)
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      at -= 1
      writer.append(try byte(&at, content, digits: 3, radix: 8, start, source), to: &record)
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let digits = letter == UInt8(ascii: "u") ? 4 : 8
      for unit in try scalar(&at, content, digits: digits, start, source).utf8 {
        writer.append(unit, to: &record)
      }
    default: throw escapeFailure("unknown escape in a string", start, source)
    }
  }

  /// One to `digits` digits of a byte.
  private func byte(
    _ at: inout Int, _ content: ByteRange, digits: Int, radix: UInt64, _ start: Int,
    _ source: Span<UInt8>
  ) throws(ReadFailure) -> UInt8 {
    var value: UInt64 = 0
    let first = at
    while at < content.end, at - first < digits, let digit = source.digit(at, radix: radix) {
      value = value * radix + digit
      at += 1
    }
    guard at > first else { throw escapeFailure("digits must follow \\x", start, source) }
    guard let byte = UInt8(exactly: value) else {
      throw escapeFailure("an octal escape is at most \\377", start, source)
    }
    return byte
  }

  /// A character given by its number; two escapes may name the halves of a surrogate pair.
  private func scalar(
    _ at: inout Int, _ content: ByteRange, digits: Int, _ start: Int, _ source: Span<UInt8>
  ) throws(ReadFailure) -> String {
    let value = try codePoint(&at, content, digits: digits, start, source)
    if let scalar = Unicode.Scalar(value) { return String(scalar) }
    if value < 0xDC00, at + 2 <= content.end, source[at] == UInt8(ascii: "\\"),
      source[at + 1] == UInt8(ascii: "u")
    {
      at += 2
      let low = try codePoint(&at, content, digits: 4, start, source)
      if let scalar = Unicode.Scalar(surrogates: value, low) { return String(scalar) }
    }
    throw escapeFailure("the escape is no Unicode character", start, source)
  }

  private func codePoint(
    _ at: inout Int, _ content: ByteRange, digits: Int, _ start: Int, _ source: Span<UInt8>
  ) throws(ReadFailure) -> UInt32 {
    let range = ByteRange(at, min(at + digits, content.end))
    guard range.count == digits,
      case .whole(let number) = source.wholeNumber(digits: range, radix: 16, isNegative: false),
      let value = UInt32(exactly: number.magnitude)
    else {
      throw escapeFailure("the escape needs \(digits) hexadecimal digits", start, source)
    }
    at = range.end
    return value
  }

  private func escapeFailure(_ reason: String, _ start: Int, _ source: Span<UInt8>) -> ReadFailure {
    failure(reason, source, at: ByteRange(start, start))
  }
}
