import Bytes
import Testing

@testable import ModelReading

@Suite struct WholeNumberTests {
  private func read(_ text: String) -> WholeNumberText {
    let bytes = Array(text.utf8)
    return bytes.span.wholeNumber(at: ByteRange(0, bytes.count))
  }

  private func positive(_ magnitude: UInt64) -> WholeNumberText {
    .whole(WholeNumber(isNegative: false, magnitude: magnitude))
  }

  @Test(
    arguments: [
      ("9", 9), ("+9", 9), ("09", 9), ("9.0", 9), ("1e1", 10), ("1.5e1", 15), ("1500e-2", 15),
      ("0.0e5", 0), ("0e-9", 0), ("9007199254740993", 9_007_199_254_740_993),
      ("9223372036854775807", 9_223_372_036_854_775_807), ("18446744073709551615", .max),
      ("1844674407370955161.5e1", .max), ("100000000000000000000e-3", 100_000_000_000_000_000),
    ] as [(String, UInt64)])
  func wholeDecimalsAreExact(_ text: String, _ magnitude: UInt64) {
    #expect(read(text) == positive(magnitude))
  }

  @Test(arguments: ["9.5", "1e-1", "0.1", "15e-2", "1e-1000000000000000000000"])
  func fractionsAreTold(_ text: String) {
    #expect(read(text) == .fraction)
  }

  @Test(arguments: [
    "18446744073709551616", "1e20", "1e1000000000000000000000", "99999999999999999999",
  ])
  func numbersBeyond64BitsAreTold(_ text: String) {
    #expect(read(text) == .tooLarge)
  }

  @Test(arguments: ["", "-", "+", ".", "e1", "1e", "1e+", " 9", "9 ", "0x9", "1_0", "--1", "1.2.3"])
  func otherTextsAreNoNumbers(_ text: String) {
    #expect(read(text) == .malformed)
  }

  @Test(
    arguments: [
      ("-2147483648", ProtoKind.int32, 0xFFFF_FFFF_8000_0000), ("2147483648", .int32, nil),
      ("-9223372036854775808", .int64, 0x8000_0000_0000_0000), ("9223372036854775808", .int64, nil),
      ("-9223372036854775809", .int64, nil), ("18446744073709551615", .uint64, .max),
      ("-1", .uint64, nil), ("-0", .uint64, 0),
    ] as [(String, ProtoKind, UInt64?)])
  func numbersFitTheirFieldOrAreRefused(_ text: String, _ kind: ProtoKind, _ varint: UInt64?) {
    guard case .whole(let number) = read(text) else {
      Issue.record("\(text) is whole")
      return
    }
    #expect(number.varint(as: kind) == varint)
  }
}
