import Bytes
import ModelGraph

extension JSONTranscoder {
  /// Bytes in base64: the standard or the URL-safe alphabet, with padding or without.
  ///
  /// Long payloads are counted as they are read, not kept. Characters of neither alphabet are
  /// dropped as protobuf's readers do, with a warning unless they are white space.
  mutating func base64(
    _ field: ProtoField, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(JSONFailure) {
    guard try reader.peek(source) == .string else {
      throw unexpected("a string in base64", source)
    }
    let start = reader.offset
    let range = try reader.stringRange(source).range
    var decoder = Base64Decoder()
    var record = writer.beginBytes(field, in: &frame)
    try decode(range, of: source, &decoder, to: &record)
    guard decoder.finish(into: &writer, &record) else {
      throw reader.failure(
        "the base64 text is cut short: one character is left over", in: source, at: start)
    }
    writer.end(record, in: &frame)
    guard decoder.strayCharacters > 0 else { return }
    warn(
      .malformedField,
      "\(decoder.strayCharacters) characters are not base64 and were dropped", at: start, source)
  }

  private mutating func decode(
    _ range: ByteRange, of source: Span<UInt8>, _ decoder: inout Base64Decoder,
    to record: inout BytesRecord
  ) throws(JSONFailure) {
    var at = range.start
    while at < range.end {
      if source[at] == UInt8(ascii: "\\") {
        // A solidus may be escaped, and a line feed has to be.
        let length = source[at + 1] == UInt8(ascii: "u") ? 6 : 2
        let escape = ByteRange(at, min(at + length, range.end))
        for character in try reader.unescaped(escape, source) {
          decoder.take(character, into: &writer, &record)
        }
        at = escape.end
      } else {
        at = decoder.takeGroups(ByteRange(at, range.end), of: source, into: &writer, &record)
        guard at < range.end, source[at] != UInt8(ascii: "\\") else { continue }
        decoder.take(source[at], into: &writer, &record)
        at += 1
      }
    }
  }
}

/// Turns characters of base64 into bytes, four into three.
private struct Base64Decoder {
  /// Six bits for each character taken since the last whole group.
  private var bits: UInt32 = 0
  private var characters = 0
  private var hasEnded = false
  private var padding = 0
  /// Characters that are neither base64 nor white space.
  private(set) var strayCharacters = 0

  /// Takes whole groups as long as nothing but base64 comes; returns where it stopped.
  mutating func takeGroups(
    _ range: ByteRange, of source: Span<UInt8>, into writer: inout MessageWriter,
    _ record: inout BytesRecord
  ) -> Int {
    guard characters == 0, !hasEnded, padding == 0 else { return range.start }
    let values = Self.values.span
    var at = range.start
    while range.end - at >= 4 {
      let first = values[Int(source[at])]
      let second = values[Int(source[at + 1])]
      let third = values[Int(source[at + 2])]
      let fourth = values[Int(source[at + 3])]
      guard (first | second | third | fourth) < Self.noValue else { break }
      let group = first << 18 | second << 12 | third << 6 | fourth
      writer.append(UInt8(truncatingIfNeeded: group >> 16), to: &record)
      writer.append(UInt8(truncatingIfNeeded: group >> 8), to: &record)
      writer.append(UInt8(truncatingIfNeeded: group), to: &record)
      at += 4
    }
    return at
  }

  /// Takes one character.
  mutating func take(
    _ character: UInt8, into writer: inout MessageWriter, _ record: inout BytesRecord
  ) {
    let value = Self.values[Int(character)]
    guard value < Self.noValue, !hasEnded else { return pass(character) }
    // Padding inside a group that goes on was no padding.
    strayCharacters += padding
    padding = 0
    bits = bits << 6 | value
    characters += 1
    guard characters == 4 else { return }
    writer.append(UInt8(truncatingIfNeeded: bits >> 16), to: &record)
    writer.append(UInt8(truncatingIfNeeded: bits >> 8), to: &record)
    writer.append(UInt8(truncatingIfNeeded: bits), to: &record)
    bits = 0
    characters = 0
  }

  private mutating func pass(_ character: UInt8) {
    switch character {
    case 0x09...0x0D, 0x20: break
    case UInt8(ascii: "=") where characters >= 2 && !hasEnded:
      padding += 1
      hasEnded = characters + padding == 4
    default: strayCharacters += 1
    }
  }

  /// Writes what is left of the last group; false if that is less than a byte.
  mutating func finish(into writer: inout MessageWriter, _ record: inout BytesRecord) -> Bool {
    switch characters {
    case 0: return true
    case 2: writer.append(UInt8(truncatingIfNeeded: bits >> 4), to: &record)
    case 3:
      writer.append(UInt8(truncatingIfNeeded: bits >> 10), to: &record)
      writer.append(UInt8(truncatingIfNeeded: bits >> 2), to: &record)
    default: return false
    }
    return true
  }

  /// More than six bits, for characters that stand for none.
  private static let noValue: UInt32 = 64

  /// The six bits that each character stands for.
  private static let values = (UInt8.min...UInt8.max).map { character -> UInt32 in
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: noValue
    }
  }
}
