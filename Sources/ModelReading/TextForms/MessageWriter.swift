import Bytes
import ModelGraph

/// A message being written.
struct MessageFrame: Sendable {
  let message: ProtoMessage
  /// Offset of the first byte of its content.
  let start: Int
  /// The record that packed elements of a field go to, as long as no other field comes between.
  fileprivate(set) var run: (field: UInt32, start: Int)?
  /// What counts towards payloads that are too long to keep.
  fileprivate(set) var payloads: [PayloadCount] = []
  /// A tensor's element type or an attribute's type, once it has been written.
  fileprivate(set) var typeNumber: UInt64?
}

/// How much has been given of a field that may grow too long to keep.
struct PayloadCount: Sendable, Equatable {
  let field: UInt32
  var elements = 0
  var bytes = 0
  var isElided = false
}

/// A field of bytes being written; what goes beyond its limit is counted and not kept.
struct BytesRecord: Sendable {
  let field: ProtoField
  fileprivate let tagStart: Int
  /// Offset of the first byte of its content.
  let start: Int
  fileprivate let limit: Int
  fileprivate(set) var count = 0
}

/// Writes messages by their schema, notes where they stand in the text, and leaves out payloads
/// that are too long to keep.
struct MessageWriter: Sendable {
  private(set) var wire = WireWriter()
  private(set) var positions: [TranscodedPosition] = []
  private let limits: TranscodingLimits
  private var depth = 0

  init(limits: TranscodingLimits) {
    self.limits = limits
  }

  /// Whether messages are nested deeper than the limit.
  var isTooDeep: Bool { depth > limits.messageDepth }

  // MARK: Messages

  /// Begins the model, which is not inside another message.
  mutating func beginModel() -> MessageFrame {
    depth = 1
    return MessageFrame(message: .model, start: 0)
  }

  /// Begins a message in a field of another; `position` is noted if there is one.
  mutating func begin(
    _ message: ProtoMessage, _ field: UInt32, in parent: inout MessageFrame,
    at position: SourcePosition? = nil
  ) -> MessageFrame {
    closeRun(&parent)
    depth += 1
    let start = wire.beginDelimited(field)
    if let position { positions.append(TranscodedPosition(offset: start, position: position)) }
    return MessageFrame(message: message, start: start)
  }

  /// Ends a message.
  mutating func end(_ frame: inout MessageFrame) {
    closeRun(&frame)
    writeElided(of: frame)
    depth -= 1
    if frame.start > 0 { wire.endDelimited(frame.start) }
  }

  /// Takes what has been written of a field out of a message again.
  mutating func remove(_ field: UInt32, from frame: inout MessageFrame) {
    closeRun(&frame)
    forget(wire.remove(field, from: frame.start))
    frame.payloads.removeAll { $0.field == field }
  }

  // MARK: Numbers

  /// Counts another element of a field; false if the field has grown too long to keep it.
  mutating func admit(_ field: ProtoField, in frame: inout MessageFrame) -> Bool {
    switch field.payload {
    case .none: true
    case .bytes, .list: admit(field, bytes: 0, in: &frame)
    case .elements(let width): admit(field, bytes: width, in: &frame)
    }
  }

  /// Writes a varint element that has been admitted.
  mutating func varint(_ value: UInt64, _ field: ProtoField, in frame: inout MessageFrame) {
    guard field.isPacked else { return varint(value, field.number, in: &frame) }
    place(field, .varint, in: &frame)
    wire.varint(value)
  }

  /// Writes a varint in a record of its own.
  mutating func varint(_ value: UInt64, _ field: UInt32, in frame: inout MessageFrame) {
    switch (frame.message, field) {
    case (.tensor, Field.Tensor.dataType), (.attribute, Field.Attribute.type):
      frame.typeNumber = value
    default: break
    }
    closeRun(&frame)
    wire.tag(field, .varint)
    wire.varint(value)
  }

  /// Writes a float that has been admitted.
  mutating func float(_ value: Float, _ field: ProtoField, in frame: inout MessageFrame) {
    place(field, .fixed32, in: &frame)
    wire.fixed32(value.bitPattern)
  }

  /// Writes a double that has been admitted.
  mutating func double(_ value: Double, _ field: ProtoField, in frame: inout MessageFrame) {
    place(field, .fixed64, in: &frame)
    wire.fixed64(value.bitPattern)
  }

  /// Writes the tag of a single element, or makes sure that the record it is packed in is open.
  private mutating func place(
    _ field: ProtoField, _ type: WireType, in frame: inout MessageFrame
  ) {
    if let run = frame.run, run.field == field.number { return }
    closeRun(&frame)
    guard field.isPacked else { return wire.tag(field.number, type) }
    frame.run = (field.number, wire.beginDelimited(field.number))
  }

  private mutating func closeRun(_ frame: inout MessageFrame) {
    guard let run = frame.run else { return }
    wire.endDelimited(run.start)
    frame.run = nil
  }

  // MARK: Bytes

  /// Writes a field of bytes or text that stands in the text as it is.
  mutating func text(
    _ range: ByteRange, of source: Span<UInt8>, _ field: ProtoField, in frame: inout MessageFrame
  ) {
    if range.count <= room(for: field, in: frame) {
      text(range, of: source, field.number, in: &frame)
    }
    if field.payload != .none { _ = admit(field, bytes: range.count, in: &frame) }
  }

  /// Writes a field of bytes or text that is kept whatever its length.
  mutating func text(
    _ range: ByteRange, of source: Span<UInt8>, _ field: UInt32, in frame: inout MessageFrame
  ) {
    closeRun(&frame)
    wire.tag(field, .delimited)
    wire.varint(UInt64(range.count))
    wire.append(range, of: source)
  }

  /// Begins a field of bytes or text.
  mutating func beginBytes(_ field: ProtoField, in frame: inout MessageFrame) -> BytesRecord {
    closeRun(&frame)
    let tagStart = wire.count
    let start = wire.beginDelimited(field.number)
    return BytesRecord(
      field: field, tagStart: tagStart, start: start, limit: room(for: field, in: frame))
  }

  mutating func append(_ byte: UInt8, to record: inout BytesRecord) {
    record.count += 1
    if record.count <= record.limit { wire.append(byte) }
  }

  mutating func append(
    _ range: ByteRange, of source: Span<UInt8>, to record: inout BytesRecord
  ) {
    record.count += range.count
    if record.count <= record.limit { wire.append(range, of: source) }
  }

  /// Ends a field of bytes or text.
  mutating func end(_ record: BytesRecord, in frame: inout MessageFrame) {
    wire.endDelimited(record.start)
    if record.count > record.limit { wire.truncate(to: record.tagStart) }
    if record.field.payload != .none {
      _ = admit(record.field, bytes: record.count, in: &frame)
    }
  }

  /// Whether what has been written of a record is UTF-8.
  func isUTF8(_ record: BytesRecord) -> Bool {
    wire.bytes.span.isUTF8(ByteRange(record.start, wire.count))
  }

  // MARK: Payloads

  /// Bytes that a field may still take; less than none once it is left out, so that empty texts are
  /// left out, too.
  private func room(for field: ProtoField, in frame: MessageFrame) -> Int {
    let count = frame.payloads.first { $0.field == field.number }
    if count?.isElided == true { return -1 }
    return field.payload == .bytes ? limits.payloadBytes - (count?.bytes ?? 0) : .max
  }

  private mutating func admit(
    _ field: ProtoField, bytes: Int, in frame: inout MessageFrame
  ) -> Bool {
    let index = payloadIndex(of: field.number, in: &frame)
    frame.payloads[index].elements += 1
    frame.payloads[index].bytes += bytes
    if frame.payloads[index].isElided { return false }
    let isKept: Bool
    switch field.payload {
    case .none: isKept = true
    case .list: isKept = frame.payloads[index].elements <= limits.listElements
    case .bytes, .elements: isKept = frame.payloads[index].bytes <= limits.payloadBytes
    }
    if isKept { return true }
    frame.payloads[index].isElided = true
    closeRun(&frame)
    forget(wire.remove(field.number, from: frame.start))
    return false
  }

  private func payloadIndex(of field: UInt32, in frame: inout MessageFrame) -> Int {
    if let index = frame.payloads.firstIndex(where: { $0.field == field }) { return index }
    frame.payloads.append(PayloadCount(field: field))
    return frame.payloads.count - 1
  }

  /// Writes, in place of what was not kept, how much it was.
  private mutating func writeElided(of frame: MessageFrame) {
    let elided = frame.payloads.filter(\.isElided)
    guard !elided.isEmpty else { return }
    guard frame.message == .attribute else {
      let total = elided.reduce(0) { $0 + rawBytes(of: $1, typeNumber: frame.typeNumber) }
      wire.tag(WireWriter.elidedBytesField, .varint)
      return wire.varint(UInt64(total))
    }
    for list in elided {
      wire.tag(WireWriter.elidedListField, .varint)
      wire.varint(UInt64(list.elements))
      guard frame.typeNumber == nil,
        case .list(let type)? = ProtoSchema.of(.attribute).field(list.field)?.payload
      else { continue }
      wire.tag(Field.Attribute.type, .varint)
      wire.varint(type)
    }
  }

  /// Bytes that a tensor's elements would take in `raw_data`.
  ///
  /// Types narrower than a byte are counted as a byte an entry: writers do not agree on how many of
  /// their elements an entry holds.
  private func rawBytes(of count: PayloadCount, typeNumber: UInt64?) -> Int {
    let bits = typeNumber.flatMap { UInt8(exactly: $0) }.flatMap { ElementType(rawValue: $0) }?
      .bitWidth
    switch count.field {
    case Field.Tensor.int32Data: return count.elements * min(max((bits ?? 32) / 8, 1), 4)
    case Field.Tensor.uint64Data: return count.elements * (bits == 32 ? 4 : 8)
    default: return count.bytes
    }
  }

  /// Adapts the positions to ranges that were taken out of the bytes at their end.
  private mutating func forget(_ removed: [ByteRange]) {
    guard let first = removed.first else { return }
    var tail: [TranscodedPosition] = []
    // A message that starts where a record does is the one around it, and stays.
    while let last = positions.last, last.offset > first.start {
      tail.append(last)
      positions.removeLast()
    }
    var next = 0
    var shift = 0
    for var entry in tail.reversed() {
      while next < removed.count, removed[next].end <= entry.offset {
        shift += removed[next].count
        next += 1
      }
      if next < removed.count, removed[next].start < entry.offset { continue }
      entry.offset -= shift
      positions.append(entry)
    }
  }
}
