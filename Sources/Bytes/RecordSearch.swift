/// Finds some of the records of an array that holds one a line, in the order of their names.
///
/// For files that are known to be so; the records between two that are wanted are passed over
/// unread.
public struct RecordSearch: Sendable {
  /// Names that are wanted, in the order of their bytes.
  private let names: [String]
  /// Position of the first name that a record may still have.
  private var next = 0

  /// Takes the names to look for.
  public init(_ names: Set<String>) {
    self.names = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Passes over the record that comes next and all behind it up to one that is wanted.
  ///
  /// - Parameters:
  ///   - reader: Stands before a record.
  ///   - bytes: The text.
  ///   - name: Where the name stands in a record that starts at an offset; nil when none does that
  ///     is written as usual. Such a record is left to be read in full.
  /// - Returns: Whether any was passed over.
  public mutating func pass(
    _ reader: inout JSONReader, _ bytes: Span<UInt8>, name: (Span<UInt8>, Int) -> ByteRange?
  ) -> Bool {
    guard (try? reader.peek(bytes)) == .object, let found = name(bytes, reader.offset) else {
      return false
    }
    while next < names.count, bytes.order(of: found, names[next]) > 0 { next += 1 }
    if next < names.count, bytes.order(of: found, names[next]) == 0 { return false }
    let line = firstLine(behind: reader.offset, bytes) { line in
      guard let found = name(bytes, line) else { return false }
      return next == names.count || bytes.order(of: found, names[next]) < 0
    }
    reader.skipLines(upTo: line, bytes)
    return true
  }

  /// Where the first line starts that does not come before the next name, behind one that does.
  private func firstLine(
    behind start: Int, _ bytes: Span<UInt8>, _ comesBefore: (Int) -> Bool
  ) -> Int {
    var low = start
    var high = bytes.count
    var step = 1024
    // With ever longer strides until a line is too far, then halving what is between.
    while true {
      let line = bytes.lineStart(behind: low + step)
      guard line < bytes.count, comesBefore(line) else {
        high = line
        break
      }
      low = line
      step *= 2
    }
    while high - low > 1024 {
      let line = bytes.lineStart(behind: (low + high) / 2)
      guard line < high else { break }
      if comesBefore(line) { low = line } else { high = line }
    }
    repeat { low = bytes.lineStart(behind: low) } while low < high && comesBefore(low)
    return low
  }
}

extension Span where Element == UInt8 {
  /// Where the line starts that follows the one at an offset; the end when there is none.
  fileprivate func lineStart(behind offset: Int) -> Int {
    offset < count ? Swift.min(self.offset(of: 0x0A, from: offset) + 1, count) : count
  }

  /// Below 0, 0 or above 0, as a range's bytes come before, are, or come behind those of a text.
  fileprivate func order(of range: ByteRange, _ text: String) -> Int {
    var at = range.start
    for byte in text.utf8 {
      guard at < range.end else { return -1 }
      if self[at] != byte { return Int(self[at]) - Int(byte) }
      at += 1
    }
    return at < range.end ? 1 : 0
  }
}
