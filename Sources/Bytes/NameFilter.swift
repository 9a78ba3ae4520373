/// A quick first look at whether a name may be one of some names, without making a text of it.
public struct NameFilter: Sendable {
  private static let bitCount: UInt64 = 1 << 13
  private var words = [UInt64](repeating: 0, count: Int(bitCount / 64))

  /// Takes the names to look for.
  public init(_ names: Set<String>) {
    for name in names {
      var hash = Self.start
      for byte in name.utf8 { hash = Self.next(hash, byte) }
      let bit = hash % Self.bitCount
      words[Int(bit / 64)] |= 1 << (bit % 64)
    }
  }

  /// Whether the bytes of a range may be one of the names; if not, they are none of them.
  public func mayContain(_ range: ByteRange, of bytes: Span<UInt8>) -> Bool {
    var hash = Self.start
    for index in range.start..<range.end { hash = Self.next(hash, bytes[index]) }
    let bit = hash % Self.bitCount
    return words[Int(bit / 64)] >> (bit % 64) & 1 == 1
  }

  /// The hash of Fowler, Noll and Vo.
  private static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  private static func next(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }
}
