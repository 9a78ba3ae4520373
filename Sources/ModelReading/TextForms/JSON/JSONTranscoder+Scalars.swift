import Bytes

/// Scalars of JSON, in all the ways that protobuf's mapping lets them be written.
extension JSONTranscoder {
  /// A whole number, written as a number or as a string.
  mutating func integer(
    _ field: ProtoField, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(JSONFailure) {
    let (start, number) = try wholeNumber("a whole number", source)
    let value = try checked(number, field.kind, start, source)
    if writer.admit(field, in: &frame) { writer.varint(value, field, in: &frame) }
  }

  /// A value of an enumeration, written as its name or its number.
  mutating func value(
    of enumeration: ProtoEnumeration, _ field: ProtoField, _ frame: inout MessageFrame,
    _ source: Span<UInt8>
  ) throws(JSONFailure) {
    let value: UInt64
    var lookahead = reader
    if try reader.peek(source) == .string, case let name = try lookahead.stringRange(source),
      let named = enumeration.number(named: name.range, in: source)
    {
      reader = lookahead
      value = named
    } else {
      let (start, text) = try wholeNumber("the name or number of a value", source)
      guard case .whole(let number) = text, enumeration.contains(number) else {
        throw unexpectedValue(of: enumeration, source, at: start)
      }
      value = number.magnitude
    }
    writer.varint(value, field, in: &frame)
  }

  private func unexpectedValue(
    of enumeration: ProtoEnumeration, _ source: Span<UInt8>, at offset: Int
  ) -> JSONFailure {
    let names = enumeration.names.map { "\($0)" }.joined(separator: ", ")
    let isQuoted = offset < source.count && source[offset] == UInt8(ascii: "\"")
    let found = source.found(at: isQuoted ? offset + 1 : offset)
    return reader.failure("expected one of \(names), found \(found)", in: source, at: offset)
  }

  /// What stands next as a number, in quotes or not, and where it starts.
  private mutating func wholeNumber(
    _ expected: String, _ source: Span<UInt8>
  ) throws(JSONFailure) -> (start: Int, text: WholeNumberText) {
    switch try reader.peek(source) {
    case .number:
      let start = reader.offset
      return (start, source.wholeNumber(at: try reader.numberRange(source)))
    case .string:
      let start = reader.offset
      let text = try reader.stringRange(source)
      guard text.hasEscapes else { return (start, source.wholeNumber(at: text.range)) }
      let plain = try reader.unescaped(text.range, source)
      return (start, plain.span.wholeNumber(at: ByteRange(0, plain.count)))
    case .object, .array, .boolean, .null: throw unexpected(expected, source)
    }
  }

  private func checked(
    _ text: WholeNumberText, _ kind: ProtoKind, _ start: Int, _ source: Span<UInt8>
  ) throws(JSONFailure) -> UInt64 {
    switch text {
    case .malformed, .fraction:
      let isQuoted = source[start] == UInt8(ascii: "\"")
      throw unexpected("a whole number", source, at: isQuoted ? start + 1 : start)
    case .tooLarge: break
    case .whole(let number):
      if let value = number.varint(as: kind) { return value }
    }
    throw reader.failure("the number does not fit \(kind)", in: source, at: start)
  }

  // MARK: Floating point

  /// A number, written as such or as a string that may also name an infinity or `NaN`.
  mutating func number(
    _ field: ProtoField, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(JSONFailure) {
    guard !isBareSpecial(source) else {
      throw unexpected("a number (NaN and infinities in quotes)", source)
    }
    let kind = try reader.peek(source)
    let start = reader.offset
    switch kind {
    case .number:
      let range = try reader.numberRange(source)
      guard writer.admit(field, in: &frame) else { return }
      try write(source.text(range), field, &frame, start, source)
    case .string:
      let text = try reader.string(source)
      guard writer.admit(field, in: &frame) else { return }
      if let special = Self.special(text) {
        write(special, field, &frame)
      } else {
        try write(text, field, &frame, start, source)
      }
    case .object, .array, .boolean, .null: throw unexpected("a number", source)
    }
  }

  /// Whether one of the words stands next that other programs write for numbers JSON has not.
  private func isBareSpecial(_ source: Span<UInt8>) -> Bool {
    var at = reader.offset
    while at < source.count, source[at] <= 0x20 { at += 1 }
    if at < source.count, source[at] == UInt8(ascii: "-") { at += 1 }
    guard at < source.count else { return false }
    return source[at] == UInt8(ascii: "N") || source[at] == UInt8(ascii: "I")
  }

  private static func special(_ text: String) -> Double? {
    switch text {
    case "NaN": .nan
    case "Infinity", "inf": .infinity
    case "-Infinity", "-inf": -.infinity
    default: nil
    }
  }

  private mutating func write(
    _ text: String, _ field: ProtoField, _ frame: inout MessageFrame, _ start: Int,
    _ source: Span<UInt8>
  ) throws(JSONFailure) {
    guard text.utf8.allSatisfy(\.isInDecimal), let value = Double(text) else {
      throw reader.failure("expected a number, found \"\(text)\"", in: source, at: start)
    }
    let isTooLarge = field.kind == .float ? Float(value).isInfinite : value.isInfinite
    guard !isTooLarge else {
      throw reader.failure("\(text) does not fit a \(field.kind)", in: source, at: start)
    }
    write(value, field, &frame)
  }

  private mutating func write(_ value: Double, _ field: ProtoField, _ frame: inout MessageFrame) {
    if field.kind == .float {
      writer.float(Float(value), field, in: &frame)
    } else {
      writer.double(value, field, in: &frame)
    }
  }

  // MARK: Text

  /// A text, which has to be UTF-8.
  mutating func text(
    _ field: ProtoField, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(JSONFailure) {
    guard try reader.peek(source) == .string else { throw unexpected("a string", source) }
    let start = reader.offset
    let (range, hasEscapes) = try reader.stringRange(source)
    guard source.isUTF8(range) else {
      throw reader.failure("the string is not UTF-8", in: source, at: start)
    }
    guard hasEscapes else { return writer.text(range, of: source, field, in: &frame) }
    let plain = try reader.unescaped(range, source)
    writer.text(ByteRange(0, plain.count), of: plain.span, field, in: &frame)
  }
}
