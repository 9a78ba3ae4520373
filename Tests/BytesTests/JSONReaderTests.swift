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
}
