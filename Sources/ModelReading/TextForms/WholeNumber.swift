import Bytes

/// A whole number of a text, exact to 64 bits and a sign.
struct WholeNumber: Sendable, Equatable {
  let isNegative: Bool
  let magnitude: UInt64

  /// The number as a varint of a field of `kind`, or nil when it does not fit the field.
  func varint(as kind: ProtoKind) -> UInt64? {
    switch kind {
    case .int32: signed.flatMap { Int32(exactly: $0) }.map { UInt64(bitPattern: Int64($0)) }
    case .int64: signed.map { UInt64(bitPattern: $0) }
    case .uint64: isNegative && magnitude > 0 ? nil : magnitude
    default: nil
    }
  }

  /// The number, if it fits 64 bits with a sign.
  var signed: Int64? {
    guard isNegative else { return Int64(exactly: magnitude) }
    return magnitude <= UInt64(Int64.max) + 1 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
  }
}

/// What a text that should be a whole number turns out to be.
enum WholeNumberText: Sendable, Equatable {
  case whole(WholeNumber)
  /// A number, but with a fraction.
  case fraction
  /// A whole number of more than 64 bits.
  case tooLarge
  /// No number.
  case malformed
}

extension Span where Element == UInt8 {
  /// Reads a decimal number, which may have a point and an exponent as long as its value is whole.
  ///
  /// Never goes through floating point, so `9007199254740993` stays what it is.
  func wholeNumber(at range: ByteRange) -> WholeNumberText {
    var at = range.start
    let isNegative = at < range.end && self[at] == UInt8(ascii: "-")
    if isNegative || (at < range.end && self[at] == UInt8(ascii: "+")) { at += 1 }
    var decimal = Decimal()
    let first = at
    while at < range.end, let digit = digit(at, radix: 10) {
      decimal.append(digit, isFraction: false)
      at += 1
    }
    var digits = at - first
    if at < range.end, self[at] == UInt8(ascii: ".") {
      at += 1
      let point = at
      while at < range.end, let digit = digit(at, radix: 10) {
        decimal.append(digit, isFraction: true)
        at += 1
      }
      digits += at - point
    }
    guard digits > 0 else { return .malformed }
    if at < range.end, self[at] | 0x20 == UInt8(ascii: "e") {
      guard let exponent = exponent(ByteRange(at + 1, range.end)) else { return .malformed }
      decimal.scale += exponent
      at = range.end
    }
    return at == range.end ? decimal.whole(isNegative: isNegative) : .malformed
  }

  /// Reads digits of a radix, with a sign that the caller has seen.
  func wholeNumber(digits range: ByteRange, radix: UInt64, isNegative: Bool) -> WholeNumberText {
    guard !range.isEmpty else { return .malformed }
    var magnitude: UInt64 = 0
    var isTooLarge = false
    for index in range.start..<range.end {
      guard let digit = digit(index, radix: radix) else { return .malformed }
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(digit)
      isTooLarge = isTooLarge || overflow || carry
      magnitude = sum
    }
    return isTooLarge
      ? .tooLarge : .whole(WholeNumber(isNegative: isNegative, magnitude: magnitude))
  }

  /// A signed exponent; beyond six digits its exact value makes no difference any more.
  private func exponent(_ range: ByteRange) -> Int? {
    var at = range.start
    let isNegative = at < range.end && self[at] == UInt8(ascii: "-")
    if isNegative || (at < range.end && self[at] == UInt8(ascii: "+")) { at += 1 }
    guard at < range.end else { return nil }
    var value = 0
    while at < range.end {
      guard let digit = digit(at, radix: 10) else { return nil }
      value = Swift.min(value * 10 + Int(digit), 1_000_000)
      at += 1
    }
    return isNegative ? -value : value
  }
}

/// A decimal number being read: a significand without trailing zeros, times a power of ten.
private struct Decimal {
  private var significand: UInt64 = 0
  private var isTooLarge = false
  /// Zeros that have been read and count only if another digit follows.
  private var pendingZeros = 0
  /// Digits after the point that are part of the significand or pending.
  private var fractionDigits = 0
  /// Exponent written in the text.
  var scale = 0

  mutating func append(_ digit: UInt64, isFraction: Bool) {
    if isFraction { fractionDigits += 1 }
    guard digit > 0 else {
      if significand > 0 || isTooLarge { pendingZeros += 1 }
      return
    }
    shift(by: pendingZeros + 1)
    pendingZeros = 0
    add(digit)
  }

  func whole(isNegative: Bool) -> WholeNumberText {
    if significand == 0, !isTooLarge { return .whole(WholeNumber(isNegative: false, magnitude: 0)) }
    let power = scale - fractionDigits + pendingZeros
    // The last digit of the significand is not zero, so a negative power leaves a fraction.
    guard power >= 0 else { return .fraction }
    var result = self
    result.shift(by: power)
    guard !result.isTooLarge else { return .tooLarge }
    return .whole(WholeNumber(isNegative: isNegative, magnitude: result.significand))
  }

  private mutating func shift(by places: Int) {
    guard significand > 0, !isTooLarge else { return }
    for _ in 0..<min(places, 20) {
      let (product, overflow) = significand.multipliedReportingOverflow(by: 10)
      guard !overflow else {
        isTooLarge = true
        return
      }
      significand = product
    }
  }

  private mutating func add(_ digit: UInt64) {
    let (sum, overflow) = significand.addingReportingOverflow(digit)
    isTooLarge = isTooLarge || overflow
    significand = sum
  }
}
