/// Why bytes are not the protobuf wire format, and where.
public struct WireFailure: Error, Sendable, Equatable {
  /// What is wrong, in plain words.
  public let reason: String
  /// Offset of the offending byte.
  public let offset: Int

  /// Makes a failure.
  @inlinable
  public init(_ reason: String, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

/// How the content of a protobuf field is laid out.
public enum WireType: UInt8, Sendable {
  case varint = 0
  case fixed64 = 1
  case delimited = 2
  case groupStart = 3
  case groupEnd = 4
  case fixed32 = 5
}

/// The number and layout of a protobuf field.
@frozen
public struct WireTag: Sendable, Equatable {
  /// Field number, 1 to 536,870,911.
  public let field: UInt32
  /// Layout of the content that follows.
  public let type: WireType

  /// Makes a tag.
  @inlinable
  public init(field: UInt32, type: WireType) {
    self.field = field
    self.type = type
  }
}

/// Reading the protobuf wire format: each call takes what is left as a range and shortens it.
extension Span where Element == UInt8 {
  /// A base-128 number of at most 10 bytes.
  @inlinable
  public func varint(_ rest: inout ByteRange) throws(WireFailure) -> UInt64 {
    guard rest.start < rest.end else { throw WireFailure("number cut short", at: rest.start) }
    let first = self[rest.start]
    if first < 0x80 {
      rest.start += 1
      return UInt64(first)
    }
    return try longVarint(&rest)
  }

  @usableFromInline
  func longVarint(_ rest: inout ByteRange) throws(WireFailure) -> UInt64 {
    let start = rest.start
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while rest.start < rest.end {
      let byte = self[rest.start]
      rest.start += 1
      if shift == 63, byte > 1 {
        throw WireFailure("number longer than 64 bits", at: start)
      }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw WireFailure("number cut short", at: start)
  }

  /// The tag of the next field.
  @inlinable
  public func tag(_ rest: inout ByteRange) throws(WireFailure) -> WireTag {
    let start = rest.start
    let value = try varint(&rest)
    guard value >> 3 > 0, value >> 3 <= 536_870_911 else {
      throw WireFailure("illegal field number \(value >> 3)", at: start)
    }
    guard let type = WireType(rawValue: UInt8(value & 7)) else {
      throw WireFailure("illegal wire type \(value & 7)", at: start)
    }
    return WireTag(field: UInt32(value >> 3), type: type)
  }

  /// The content of a length-delimited field.
  @inlinable
  public func delimited(_ rest: inout ByteRange) throws(WireFailure) -> ByteRange {
    let start = rest.start
    let length = try varint(&rest)
    guard length <= UInt64(rest.end - rest.start) else {
      throw WireFailure(
        "a field of \(length) bytes does not fit the \(rest.end - rest.start) left", at: start)
    }
    let content = ByteRange(rest.start, rest.start + Int(length))
    rest.start = content.end
    return content
  }

  /// The next length-delimited field, all others passed over; nil at the end.
  @inlinable
  public func nextDelimited(
    _ rest: inout ByteRange
  ) throws(WireFailure) -> (field: UInt32, content: ByteRange)? {
    while !rest.isEmpty {
      let tag = try tag(&rest)
      if tag.type == .delimited { return (tag.field, try delimited(&rest)) }
      try skip(tag, &rest)
    }
    return nil
  }

  /// A little-endian word of 4 bytes.
  @inlinable
  public func fixed32(_ rest: inout ByteRange) throws(WireFailure) -> UInt32 {
    guard rest.count >= 4 else { throw WireFailure("number cut short", at: rest.start) }
    defer { rest.start += 4 }
    return unsafe bytes.unsafeLoadUnaligned(fromByteOffset: rest.start, as: UInt32.self)
      .littleEndian
  }

  /// A little-endian word of 8 bytes.
  @inlinable
  public func fixed64(_ rest: inout ByteRange) throws(WireFailure) -> UInt64 {
    guard rest.count >= 8 else { throw WireFailure("number cut short", at: rest.start) }
    defer { rest.start += 8 }
    return unsafe bytes.unsafeLoadUnaligned(fromByteOffset: rest.start, as: UInt64.self)
      .littleEndian
  }

  /// Passes over the content of a field that nobody wants; groups may nest 100 deep.
  @inlinable
  public func skip(_ tag: WireTag, _ rest: inout ByteRange) throws(WireFailure) {
    switch tag.type {
    case .varint: _ = try varint(&rest)
    case .fixed64: _ = try fixed64(&rest)
    case .delimited: _ = try delimited(&rest)
    case .fixed32: _ = try fixed32(&rest)
    case .groupStart: try skipGroup(tag.field, &rest)
    case .groupEnd: throw WireFailure("a group ends that was not begun", at: rest.start)
    }
  }

  @usableFromInline
  func skipGroup(_ field: UInt32, _ rest: inout ByteRange) throws(WireFailure) {
    var open = [field]
    let start = rest.start
    while let innermost = open.last {
      guard !rest.isEmpty else { throw WireFailure("the group is not closed", at: start) }
      let inner = try tag(&rest)
      switch inner.type {
      case .groupStart:
        guard open.count < 100 else { throw WireFailure("groups nested too deep", at: rest.start) }
        open.append(inner.field)
      case .groupEnd:
        guard inner.field == innermost else {
          throw WireFailure("a group ends that was not begun", at: rest.start)
        }
        open.removeLast()
      case .varint, .fixed64, .delimited, .fixed32: try skip(inner, &rest)
      }
    }
  }
}
