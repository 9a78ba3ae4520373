#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension SourcePosition {
  /// The line and column of a byte offset, found by counting line feeds.
  public static func text(of offset: Int, in bytes: Span<UInt8>) -> SourcePosition {
    var line = 1
    var lineStart = 0
    for index in 0..<min(offset, bytes.count) where bytes[index] == 0x0A {
      line += 1
      lineStart = index + 1
    }
    return .text(line: line, column: offset - lineStart + 1)
  }
}

extension Span where Element == UInt8 {
  /// The value of a digit, if the byte at `index` is one; a radix of at most 16.
  public func digit(_ index: Int, radix: UInt64) -> UInt64? {
    let byte = self[index]
    let value: UInt64
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): value = UInt64(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): value = UInt64(byte - UInt8(ascii: "A")) + 10
    default: return nil
    }
    return value < radix ? value : nil
  }

  /// The offset of the first such byte at or behind `start`; the end when there is none.
  package func offset(of byte: UInt8, from start: Int) -> Int {
    let rest = extracting(start..<count)
    let distance = unsafe rest.withUnsafeBufferPointer { buffer -> Int? in
      guard let base = buffer.baseAddress,
        let found = unsafe memchr(base, Int32(byte), buffer.count)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
    return distance.map { start + $0 } ?? count
  }

  /// The offset of the first byte at or behind `start` that does not stand for itself inside a JSON
  /// string: a quote, a backslash or a control character; the end when there is none.
  public func offset(ofStringEndFrom start: Int) -> Int {
    var at = start
    // Eight bytes at a time: in each of the three words the lowest top bit that is set marks the
    // first byte of a kind.
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops = ones << 7
    while at + 8 <= count {
      let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian
      let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
      let slashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
      let marks =
        ((quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes
          | (word &- ones &* 0x20) & ~word) & tops
      if marks != 0 { return at + marks.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < count {
      let byte = self[at]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return at }
      at += 1
    }
    return count
  }

  /// The end of `text` if it stands at an offset.
  public func end(of text: StaticString, at offset: Int) -> Int? {
    let length = text.utf8CodeUnitCount
    guard count - offset >= length else { return nil }
    for index in 0..<length where unsafe self[offset + index] != text.utf8Start[index] {
      return nil
    }
    return offset + length
  }

  /// Whether two spans hold the same bytes.
  public func isEqual(to other: Span<UInt8>) -> Bool {
    count == other.count && indices.allSatisfy { self[$0] == other[$0] }
  }

  /// The bytes of a range as text; invalid UTF-8 is repaired with U+FFFD.
  public func text(_ range: ByteRange) -> String {
    let part = extracting(range.start..<range.end)
    return unsafe part.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

extension [UInt8] {
  /// Appends the bytes of a span.
  public mutating func append(contentsOf bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
