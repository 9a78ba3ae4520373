import Bytes

/// Appends fields in the protobuf wire format.
///
/// The length of a delimited field is not known when it begins, so five bytes are set aside for it
/// and filled in at its end; readers take such over-long numbers.
struct WireWriter: Sendable {
  /// Field of a `TensorProto` that holds the number of payload bytes that were not kept.
  static let elidedBytesField = Field.Tensor.elidedBytes
  /// Field of an `AttributeProto` that holds the length of a list that was not kept.
  static let elidedListField = Field.Attribute.elidedListLength

  private static let lengthBytes = 5

  private(set) var bytes: [UInt8] = []

  /// Offset of the next byte.
  var count: Int { bytes.count }

  // MARK: Pieces

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ range: ByteRange, of source: Span<UInt8>) {
    let part = source.extracting(range.start..<range.end)
    unsafe part.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func tag(_ field: UInt32, _ type: WireType) {
    varint(UInt64(field) << 3 | UInt64(type.rawValue))
  }

  mutating func fixed32(_ value: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func fixed64(_ value: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  // MARK: Delimited fields

  /// Begins a delimited field and tells where its content starts.
  mutating func beginDelimited(_ field: UInt32) -> Int {
    tag(field, .delimited)
    for _ in 0..<Self.lengthBytes { bytes.append(0) }
    return bytes.count
  }

  /// Ends the delimited field whose content starts at `start`.
  mutating func endDelimited(_ start: Int) {
    var rest = bytes.count - start
    for index in start - Self.lengthBytes..<start {
      let isLast = index == start - 1
      bytes[index] = UInt8(truncatingIfNeeded: rest & 0x7F) | (isLast ? 0 : 0x80)
      rest >>= 7
    }
  }

  // MARK: Second thoughts

  /// Drops everything from `offset` on.
  mutating func truncate(to offset: Int) {
    bytes.removeSubrange(offset...)
  }

  /// Takes all records of `field` out of the message whose content starts at `start` and runs to
  /// the last byte written; tells where they stood.
  mutating func remove(_ field: UInt32, from start: Int) -> [ByteRange] {
    let removed = records(of: field, from: start)
    guard let first = removed.first else { return [] }
    var kept = first.start
    for (index, range) in removed.enumerated() {
      let next = index + 1 < removed.count ? removed[index + 1].start : bytes.count
      for from in range.end..<next {
        bytes[kept] = bytes[from]
        kept += 1
      }
    }
    truncate(to: kept)
    return removed
  }

  /// Where the records of `field` stand; neighbours are joined.
  private func records(of field: UInt32, from start: Int) -> [ByteRange] {
    var found: [ByteRange] = []
    let written = bytes.span
    var rest = ByteRange(start, bytes.count)
    while !rest.isEmpty {
      let recordStart = rest.start
      // What was written here can be read again.
      guard let tag = try? written.tag(&rest), (try? written.skip(tag, &rest)) != nil else { break }
      guard tag.field == field else { continue }
      if let last = found.last, last.end == recordStart {
        found[found.count - 1].end = rest.start
      } else {
        found.append(ByteRange(recordStart, rest.start))
      }
    }
    return found
  }
}
