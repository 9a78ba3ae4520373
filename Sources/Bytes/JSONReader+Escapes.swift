extension JSONReader {
  /// The bytes that the content of a string, as told by `stringRange`, stands for.
  public func unescaped(
    _ range: ByteRange, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var index = range.start
    while index < range.end {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      let escape = bytes[index]
      index += 1
      switch escape {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(escape)
      case UInt8(ascii: "u"):
        result.append(contentsOf: String(try unicodeEscape(&index, range, bytes)).utf8)
      default: throw failure("unknown escape in a string", in: bytes, at: index - 2)
      }
    }
    return result
  }

  /// The character that an escape names by its number, alone or with the escape behind it as the
  /// other half of a surrogate pair.
  private func unicodeEscape(
    _ index: inout Int, _ range: ByteRange, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Unicode.Scalar {
    let start = index - 2
    let first = try fourHexDigits(&index, range, bytes)
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, index + 2 <= range.end, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    {
      index += 2
      let second = try fourHexDigits(&index, range, bytes)
      if let scalar = Unicode.Scalar(surrogates: first, second) { return scalar }
    }
    throw failure("half of a surrogate pair", in: bytes, at: start)
  }

  private func fourHexDigits(
    _ index: inout Int, _ range: ByteRange, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> UInt32 {
    let start = index
    var value: UInt32 = 0
    while index < min(start + 4, range.end), let digit = bytes.digit(index, radix: 16) {
      value = value << 4 | UInt32(digit)
      index += 1
    }
    guard index == start + 4 else {
      throw failure("\\u needs four hexadecimal digits", in: bytes, at: start - 2)
    }
    return value
  }
}

extension Unicode.Scalar {
  /// The character that a high and a low surrogate stand for together; nil when they are none.
  public init?(surrogates high: UInt32, _ low: UInt32) {
    guard 0xD800...0xDBFF ~= high, 0xDC00...0xDFFF ~= low else { return nil }
    self.init(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
  }
}
