/// A half-open range of byte offsets, small enough to pass around by value.
public struct ByteRange: Sendable, Hashable {
  /// Offset of the first byte.
  public var start: Int
  /// Offset after the last byte.
  public var end: Int

  /// Makes the range from `start` up to but not including `end`.
  @inlinable
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// Number of bytes.
  @inlinable public var count: Int { end - start }
  /// Whether nothing is left.
  @inlinable public var isEmpty: Bool { start >= end }
}
