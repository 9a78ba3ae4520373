public import Bytes

/// All names of a model, each stored once as the bytes of the file.
///
/// Names in ONNX are arbitrary bytes; `text` repairs invalid UTF-8 with U+FFFD.
public struct NameTable: Sendable {
  private var bytes: [UInt8] = []
  /// Start of each name in `bytes`, and the end of the last.
  private var starts: [UInt32] = [0]
  /// Open addressing: high half a hash, low half the name's position plus one; 0 is free.
  private var slots: [UInt64] = Array(repeating: 0, count: 1 << 8)
  private var internedCount = 0
  /// For each of some hashes the name looked up last, or −1.
  ///
  /// Most names are used soon after they are made, when their place in the big table has left the
  /// processor's cache.
  private var recent: [Int32] = Array(repeating: -1, count: 1 << 12)

  /// Makes an empty table.
  public init() {}

  /// Number of names.
  public var count: Int { starts.count - 1 }

  /// Whether another name of `length` bytes still fits the 4 GiB that offsets can address.
  public func hasRoom(for length: Int) -> Bool {
    bytes.count + length < Int(UInt32.max) && count < Int(Int32.max)
  }

  /// The text of a name; the empty string for `none`.
  public func text(_ name: NameReference) -> String {
    guard !name.isNone else { return "" }
    return bytes.span.text(range(name))
  }

  private func range(_ name: NameReference) -> ByteRange {
    ByteRange(Int(starts[name.index]), Int(starts[name.index + 1]))
  }

  /// Reserves room for `interned` names that will be searched and `others` that will not.
  public mutating func reserve(interned: Int, others: Int, averageLength: Int) {
    starts.reserveCapacity(count + interned + others + 1)
    bytes.reserveCapacity(bytes.count + (interned + others) * averageLength)
    var slotCount = slots.count
    while (internedCount + interned) * 3 > slotCount * 2 { slotCount *= 2 }
    if slotCount > slots.count { grow(to: slotCount) }
  }

  /// Adds a name without looking for an equal one.
  public mutating func append(_ range: ByteRange, of source: Span<UInt8>) -> NameReference {
    let part = source.extracting(range.start..<range.end)
    unsafe part.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    starts.append(UInt32(bytes.count))
    return NameReference(count - 1)
  }

  /// The entry for a name, added if it is new.
  ///
  /// Only interned names are found again.
  public mutating func intern(_ range: ByteRange, of source: Span<UInt8>) -> NameReference {
    let hash = Self.hash(range, of: source)
    let place = Int(truncatingIfNeeded: hash) & (recent.count - 1)
    if recent[place] >= 0, isEqual(Int(recent[place]), range, source) {
      return NameReference(Int(recent[place]))
    }
    let name = find(hash, range, source)
    recent[place] = Int32(truncatingIfNeeded: name.index)
    return name
  }

  /// The entry for a name in the big table, added if it is new.
  private mutating func find(
    _ hash: UInt64, _ range: ByteRange, _ source: Span<UInt8>
  ) -> NameReference {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == hash >> 32 {
        let candidate = Int(slots[slot] & 0xFFFF_FFFF) - 1
        if isEqual(candidate, range, source) { return NameReference(candidate) }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let name = append(range, of: source)
    slots[slot] = (hash >> 32) << 32 | UInt64(name.index + 1)
    internedCount += 1
    if internedCount * 3 > slots.count * 2 { grow(to: slots.count * 2) }
    return name
  }

  /// The entry for a text.
  public mutating func intern(_ text: String) -> NameReference {
    let utf8 = Array(text.utf8)
    return intern(ByteRange(0, utf8.count), of: utf8.span)
  }

  private func isEqual(_ candidate: Int, _ range: ByteRange, _ source: Span<UInt8>) -> Bool {
    let start = Int(starts[candidate])
    guard Int(starts[candidate + 1]) - start == range.count else { return false }
    let own = unsafe bytes.span.bytes
    let other = unsafe source.bytes
    var index = 0
    while index + 8 <= range.count {
      let left = unsafe own.unsafeLoadUnaligned(fromByteOffset: start + index, as: UInt64.self)
      let right = unsafe other.unsafeLoadUnaligned(
        fromByteOffset: range.start + index, as: UInt64.self)
      if left != right { return false }
      index += 8
    }
    while index < range.count {
      if bytes[start + index] != source[range.start + index] { return false }
      index += 1
    }
    return true
  }

  private mutating func grow(to slotCount: Int) {
    // Only half of the hash is kept in a slot, so the names are hashed again.
    var larger = [UInt64](repeating: 0, count: slotCount)
    for entry in slots where entry != 0 {
      let name = NameReference(Int(entry & 0xFFFF_FFFF) - 1)
      let hash = Self.hash(range(name), of: bytes.span)
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
