import Bytes

/// Finds the lines and columns of ascending offsets, looking at each byte of the text once.
struct LineTracker: Sendable {
  private var line = 1
  private var lineStart = 0
  /// Bytes before this offset have been searched for line feeds.
  private var searched = 0

  /// The line and column of `offset`; offsets on earlier lines than the last one asked for are
  /// found too, but slowly.
  mutating func position(of offset: Int, in source: Span<UInt8>) -> SourcePosition {
    guard offset >= lineStart else { return .text(of: offset, in: source) }
    while searched < min(offset, source.count) {
      if source[searched] == 0x0A {
        line += 1
        lineStart = searched + 1
      }
      searched += 1
    }
    return .text(line: line, column: offset - lineStart + 1)
  }
}

extension Span where Element == UInt8 {
  /// Refuses text that starts with the byte-order mark of UTF-8 or UTF-16.
  func refuseByteOrderMark() throws(ReadFailure) {
    let marks: [[UInt8]] = [[0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0xFF, 0xFE]]
    for mark in marks where matches(mark, at: 0) {
      throw ReadFailure(
        "the text starts with a byte-order mark; save it as UTF-8 without the mark",
        at: .text(line: 1, column: 1))
    }
  }

  /// Whether `expected` stands at `offset`.
  func matches(_ expected: [UInt8], at offset: Int) -> Bool {
    guard count - offset >= expected.count else { return false }
    for index in expected.indices where self[offset + index] != expected[index] { return false }
    return true
  }

  /// Whether the bytes at `range` are UTF-8.
  func isUTF8(_ range: ByteRange) -> Bool {
    (try? UTF8Span(validating: extracting(range.start..<range.end))) != nil
  }

  /// What stands at `offset`, in words for a message: the start of a word, or one character.
  func found(at offset: Int) -> String {
    guard offset < count else { return "the end of the text" }
    var end = offset
    while end < count, end - offset < 32, self[end].continuesNumber { end += 1 }
    if end > offset { return "'\(text(ByteRange(offset, end)))'" }
    let byte = self[offset]
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return "a string" }
    guard (0x21...0x7E).contains(byte) else { return "byte 0x\(String(byte, radix: 16))" }
    return "'\(Unicode.Scalar(byte))'"
  }
}
