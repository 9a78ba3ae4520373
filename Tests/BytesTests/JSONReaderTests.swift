import Bytes
import Testing

@Suite struct JSONReaderTests {
  @Test func skipsNestedValues() throws {
    let bytes = Array(#"{"a": [1, {"b": [null, true]}, "x"], "c": -2.5e3}"#.utf8)
    var reader = JSONReader()
    try reader.beginObject(bytes.span)
    #expect(try reader.nextKey(bytes.span) == "a")
    try reader.skipValue(bytes.span)
    #expect(try reader.nextKey(bytes.span) == "c")
    #expect(try reader.double(bytes.span) == -2500)
    #expect(try reader.nextKey(bytes.span) == nil)
    try reader.end(bytes.span)
  }

  @Test func tellsWhereKeysAndNumbersStand() throws {
    let bytes = Array(#"{"a\u0062": -1.5e3}"#.utf8)
    var reader = JSONReader()
    try reader.beginObject(bytes.span)
    let key = try #require(try reader.nextKeyRange(bytes.span))
    #expect(key.hasEscapes)
    #expect(bytes.span.text(key.range) == #"a\u0062"#)
    #expect(try reader.unescaped(key.range, bytes.span) == Array("ab".utf8))
    #expect(bytes.span.text(try reader.numberRange(bytes.span)) == "-1.5e3")
    #expect(try reader.nextKeyRange(bytes.span) == nil)
  }

  @Test(
    arguments: [
      (#""\u0041""#, "A"), (#""\ud83d\ude00""#, "😀"), (#""\u+041""#, nil), (#""\u-001""#, nil),
      (#""\u004""#, nil), (#""\ud83d""#, nil), (#""\ud83d\u0041""#, nil), (#""\ude00\ud83d""#, nil),
    ] as [(String, String?)])
  func charactersAreNamedByFourHexadecimalDigits(_ text: String, _ expected: String?) {
    let bytes = Array(text.utf8)
    var reader = JSONReader()
    #expect((try? reader.string(bytes.span)) == expected)
  }

  @Test(arguments: [UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x00, 0x1F])
  func theEndOfPlainTextIsFoundWhereverItStands(_ end: UInt8) {
    // Bytes next to those that end a text, and beyond ASCII, do not end it.
    let plain: [UInt8] = [0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7F, 0x80, 0xA2, 0xDC, 0xFF]
    for length in 0..<20 {
      let text = (0..<length).map { plain[$0 % plain.count] }
      for start in 0...length {
        for whole in [text, text + [end, 0x22], text + [end] + plain] {
          let found = whole.span.offset(ofStringEndFrom: start)
          #expect(found == length)
        }
      }
    }
  }
}
