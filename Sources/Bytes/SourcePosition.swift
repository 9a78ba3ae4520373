/// Where something stands in a file: a byte offset in binary files, line and column in text.
///
/// One word: the top bit tells text from binary. Lines saturate at 2³¹−1, columns at 2³²−1.
public struct SourcePosition: Sendable, Hashable {
  @usableFromInline let bits: UInt64

  @inlinable
  init(bits: UInt64) { self.bits = bits }

  /// A position in a binary file, counted in bytes from its start.
  @inlinable
  public static func byte(_ offset: Int) -> Self {
    Self(bits: UInt64(clamping: offset) & ~(1 << 63))
  }

  /// A position in a text file; `line` and `column` count from 1, columns in bytes.
  @inlinable
  public static func text(line: Int, column: Int) -> Self {
    let clampedLine = UInt64(min(max(line, 0), Int(Int32.max)))
    return Self(bits: 1 << 63 | clampedLine << 32 | UInt64(UInt32(clamping: column)))
  }

  /// The byte offset, when this is a position in a binary file.
  public var byteOffset: Int? { bits >> 63 == 0 ? Int(bits) : nil }
  /// The line (from 1), when this is a position in a text file.
  public var line: Int? { bits >> 63 == 1 ? Int(bits >> 32 & 0x7FFF_FFFF) : nil }
  /// The column in bytes (from 1), when this is a position in a text file.
  public var column: Int? { bits >> 63 == 1 ? Int(bits & 0xFFFF_FFFF) : nil }
}

extension SourcePosition: CustomStringConvertible {
  /// `byte 120` or `line 3, column 7`.
  public var description: String {
    if let line, let column { return "line \(line), column \(column)" }
    return "byte \(bits)"
  }
}
