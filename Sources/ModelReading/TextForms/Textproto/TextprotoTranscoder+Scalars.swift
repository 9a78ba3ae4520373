import Bytes

/// Scalars of protobuf's text format.
extension TextprotoTranscoder {
  // MARK: Whole numbers

  /// A whole number: decimal, hexadecimal after `0x`, or octal after `0`.
  mutating func integer(
    _ field: ProtoField, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let value: UInt64
    switch wholeNumber(source) {
    case .malformed, .fraction: throw unexpected("a whole number", source)
    case .tooLarge: throw failure("the number does not fit \(field.kind)", source)
    case .whole(let number):
      guard let varint = number.varint(as: field.kind) else {
        throw failure("the number does not fit \(field.kind)", source)
      }
      value = varint
    }
    if writer.admit(field, in: &frame) { writer.varint(value, field, in: &frame) }
    try advance(source)
  }

  /// A value of an enumeration: its name or its number.
  mutating func value(
    of enumeration: ProtoEnumeration, _ field: ProtoField, _ frame: inout MessageFrame,
    _ source: Span<UInt8>
  ) throws(ReadFailure) {
    let value: UInt64
    if token.kind == .identifier,
      let named = enumeration.number(named: token.range, in: source)
    {
      value = named
    } else if case .whole(let number) = wholeNumber(source), enumeration.contains(number) {
      value = number.magnitude
    } else {
      let names = enumeration.names.map { "\($0)" }.joined(separator: ", ")
      throw unexpected("one of \(names)", source)
    }
    writer.varint(value, field, in: &frame)
    try advance(source)
  }

  private func wholeNumber(_ source: Span<UInt8>) -> WholeNumberText {
    guard token.kind == .number else { return .malformed }
    var digits = token.range
    let isNegative = source[digits.start] == UInt8(ascii: "-")
    if isNegative || source[digits.start] == UInt8(ascii: "+") { digits.start += 1 }
    guard digits.count > 1, source[digits.start] == UInt8(ascii: "0") else {
      return source.wholeNumber(digits: digits, radix: 10, isNegative: isNegative)
    }
    let isHexadecimal = source[digits.start + 1] | 0x20 == UInt8(ascii: "x")
    digits.start += isHexadecimal ? 2 : 1
    return source.wholeNumber(
      digits: digits, radix: isHexadecimal ? 16 : 8, isNegative: isNegative)
  }

  // MARK: Floating point

  /// A decimal number, perhaps with the suffix `f`, an infinity or `nan`.
  mutating func number(
    _ field: ProtoField, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    guard token.kind == .number || token.kind == .identifier else {
      throw unexpected("a number", source)
    }
    if writer.admit(field, in: &frame) {
      guard let value = floatingPoint(source) else { throw unexpected("a number", source) }
      // A number too large for the field is infinite here, as it is to protobuf.
      if field.kind == .float {
        writer.float(Float(value), field, in: &frame)
      } else {
        writer.double(value, field, in: &frame)
      }
    }
    try advance(source)
  }

  private func floatingPoint(_ source: Span<UInt8>) -> Double? {
    var text = source.text(token.range).lowercased()
    if text.hasSuffix("f"), !text.hasSuffix("inf") { text.removeLast() }
    var unsigned = text[...]
    if unsigned.first == "-" || unsigned.first == "+" { unsigned.removeFirst() }
    switch unsigned {
    case "inf", "infinity": return text.first == "-" ? -.infinity : .infinity
    case "nan": return .nan
    default: break
    }
    guard Self.isDecimal(unsigned) else { return nil }
    return Double(text)
  }

  /// Whether digits with at most a point and an exponent stand here; octal is not for floats.
  private static func isDecimal(_ text: Substring) -> Bool {
    var bytes = text.utf8.makeIterator()
    let first = bytes.next()
    let second = bytes.next()
    if first == UInt8(ascii: "0"), let second, second.isDigit { return false }
    return text.utf8.allSatisfy(\.isInDecimal)
  }
}
