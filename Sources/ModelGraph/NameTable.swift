public import Bytes

/// All names of a model, as places in the bytes that it was read from; nothing is copied.
///
/// Names in ONNX are arbitrary bytes; `text` repairs invalid UTF-8 with U+FFFD.
public struct NameTable: Sendable {
  private let source: ByteSource
  /// Start of each name in the upper 40 bits, its length in the lower 24.
  private var places: [UInt64] = []
  /// Lengths that do not fit 24 bits, by name.
  private var longLengths: [Int: Int] = [:]
  /// Open addressing: high half a hash, low half the name's position plus one; 0 is free.
  private var slots: [UInt64] = Array(repeating: 0, count: 1 << 8)
  private var internedCount = 0
  /// For each of some hashes the name looked up last, or −1.
  ///
  /// Most names are used soon after they are made, when their place in the big table has left the
  /// processor's cache.
  private var recent: [Int32] = Array(repeating: -1, count: 1 << 12)

  private static let longest: UInt64 = (1 << 24) - 1

  /// Makes an empty table of names that stand in `source`.
  public init(of source: ByteSource) {
    self.source = source
  }

  /// Number of names.
  public var count: Int { places.count }

  /// Whether another name fits what references and places can address: 2³¹ names in 1 TiB.
  public var hasRoom: Bool { count < Int(Int32.max) && source.count < 1 << 40 }

  /// The text of a name; the empty string for `none`.
  public func text(_ name: NameReference) -> String {
    guard !name.isNone else { return "" }
    return source.withBytes { $0.text(range(name.index)) }
  }

  private func range(_ name: Int) -> ByteRange {
    let place = places[name]
    let start = Int(place >> 24)
    let length = place & Self.longest
    guard length == Self.longest else { return ByteRange(start, start + Int(length)) }
    return ByteRange(start, start + (longLengths[name] ?? 0))
  }

  /// Reserves room for `interned` names that will be searched and `others` that will not.
  public mutating func reserve(interned: Int, others: Int) {
    places.reserveLarge(count + interned + others)
    var slotCount = slots.count
    while (internedCount + interned) * 3 > slotCount * 2 { slotCount *= 2 }
    if slotCount > slots.count { grow(to: slotCount) }
  }

  /// Adds a name without looking for an equal one.
  public mutating func append(_ range: ByteRange) -> NameReference {
    let name = places.count
    let length = min(UInt64(range.count), Self.longest)
    if length == Self.longest { longLengths[name] = range.count }
    places.append(UInt64(range.start) << 24 | length)
    return NameReference(name)
  }

  /// The entry for a name, added if it is new.
  ///
  /// Only interned names are found again. `bytes` are those of the source, which are lent to the
  /// reader for the whole time.
  public mutating func intern(_ range: ByteRange, in bytes: Span<UInt8>) -> NameReference {
    let hash = Self.hash(range, of: bytes)
    let place = Int(truncatingIfNeeded: hash) & (recent.count - 1)
    if recent[place] >= 0, isEqual(Int(recent[place]), range, bytes) {
      return NameReference(Int(recent[place]))
    }
    let name = find(hash, range, bytes)
    recent[place] = Int32(truncatingIfNeeded: name.index)
    return name
  }

  /// The entry for a name in the big table, added if it is new.
  private mutating func find(
    _ hash: UInt64, _ range: ByteRange, _ bytes: Span<UInt8>
  ) -> NameReference {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == hash >> 32 {
        let candidate = Int(slots[slot] & 0xFFFF_FFFF) - 1
        if isEqual(candidate, range, bytes) { return NameReference(candidate) }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let name = append(range)
    slots[slot] = (hash >> 32) << 32 | UInt64(name.index + 1)
    internedCount += 1
    if internedCount * 3 > slots.count * 2 { grow(to: slots.count * 2) }
    return name
  }

  private func isEqual(_ candidate: Int, _ range: ByteRange, _ bytes: Span<UInt8>) -> Bool {
    let own = self.range(candidate)
    guard own.count == range.count else { return false }
    let words = unsafe bytes.bytes
    var index = 0
    while index + 8 <= range.count {
      let left = unsafe words.unsafeLoadUnaligned(
        fromByteOffset: own.start + index, as: UInt64.self)
      let right = unsafe words.unsafeLoadUnaligned(
        fromByteOffset: range.start + index, as: UInt64.self)
      if left != right { return false }
      index += 8
    }
    while index < range.count {
      if bytes[own.start + index] != bytes[range.start + index] { return false }
      index += 1
    }
    return true
  }

  private mutating func grow(to slotCount: Int) {
    // Only half of the hash is kept in a slot, so the names are hashed again.
    var larger = [UInt64](large: 0, count: slotCount)
    for entry in slots where entry != 0 {
      let range = range(Int(entry & 0xFFFF_FFFF) - 1)
      let hash = source.withBytes { Self.hash(range, of: $0) }
      var slot = Int(truncatingIfNeeded: hash) & (larger.count - 1)
      while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = entry
    }
    slots = larger
  }

  /// Forgets the search table; afterwards `intern` must not be used.
  public mutating func seal() {
    slots = []
    recent = []
  }

  /// A multiply-and-fold hash over eight bytes at a time.
  private static func hash(_ range: ByteRange, of source: Span<UInt8>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: range.count) &* 0x9E37_79B9_7F4A_7C15
    var index = range.start
    while index + 8 <= range.end {
      let word = unsafe source.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      hash = mixed(hash ^ word)
      index += 8
    }
    guard index < range.end else { return hash }
    var tail: UInt64 = 0
    if range.count >= 8 {
      // The last eight bytes once more, in part, are quicker than a loop over the rest.
      tail = unsafe source.bytes.unsafeLoadUnaligned(fromByteOffset: range.end - 8, as: UInt64.self)
    } else {
      while index < range.end {
        tail = tail << 8 | UInt64(source[index])
        index += 1
      }
    }
    return mixed(hash ^ tail)
  }

  private static func mixed(_ word: UInt64) -> UInt64 {
    let product = (word ^ 0xD6E8_FEB8_6659_FD93).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
