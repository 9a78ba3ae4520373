import Bytes
import Testing

@testable import ModelReading

@Suite struct WireWriterTests {
  @Test func negativeNumbersTakeTenBytes() {
    var writer = WireWriter()
    writer.tag(1, .varint)
    writer.varint(UInt64(bitPattern: -1))
    #expect(writer.bytes == [0x08] + [UInt8](repeating: 0xFF, count: 9) + [0x01])
  }

  @Test func lengthsAreFilledInAfterwards() {
    var writer = WireWriter()
    let start = writer.beginDelimited(2)
    writer.append(0x41)
    writer.endDelimited(start)
    #expect(writer.bytes == [0x12, 0x81, 0x80, 0x80, 0x80, 0x00, 0x41])
  }

  @Test func fixedNumbersAreLittleEndian() {
    var writer = WireWriter()
    writer.fixed32(0x0403_0201)
    writer.fixed64(0x0807_0605_0403_0201)
    #expect(writer.bytes == [1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test func recordsOfAFieldCanBeTakenOut() {
    var writer = WireWriter()
    for field: UInt32 in [1, 2, 2, 3, 2] {
      writer.tag(field, .varint)
      writer.varint(UInt64(field))
    }
    #expect(writer.remove(2, from: 0) == [ByteRange(2, 6), ByteRange(8, 10)])
    #expect(writer.bytes == [0x08, 1, 0x18, 3])
    #expect(writer.remove(9, from: 0).isEmpty)
  }
}

@Suite struct LineTrackerTests {
  @Test func ascendingOffsetsGetLineAndColumn() {
    let text = Array("ab\ncd\r\n\nx".utf8)
    var lines = LineTracker()
    let found = [0, 1, 3, 4, 8].map { offset in
      let position = lines.position(of: offset, in: text.span)
      return [position.line, position.column]
    }
    #expect(found == [[1, 1], [1, 2], [2, 1], [2, 2], [4, 1]])
  }

  @Test func anEarlierLineIsFoundToo() {
    let text = Array("ab\ncd".utf8)
    var lines = LineTracker()
    _ = lines.position(of: 4, in: text.span)
    #expect(lines.position(of: 1, in: text.span) == .text(line: 1, column: 2))
  }
}
