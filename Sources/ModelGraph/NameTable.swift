public import Bytes

/// Names of a model, as places in the bytes that it was read from; nothing is copied.
///
/// Names in ONNX are arbitrary bytes; `text` repairs invalid UTF-8 with U+FFFD.
public struct NameTable: Sendable {
  private let source: ByteSource
  /// Start of each name in the upper 40 bits, its length in the lower 24.
  @usableFromInline var places: [UInt64] = []
  /// Lengths that do not fit 24 bits, by name.
  private var longLengths: [Int: Int] = [:]
  /// Open addressing: high half the hash, low half the name's position plus one; 0 is free.
  private var slots: [UInt64] = Array(repeating: 0, count: 1 << 8)
  private var internedCount = 0
  /// What `touch` saw last; of no use but that it must look.
  private var touched: UInt64 = 0
  private static let batch = 256
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
  @inlinable public var count: Int { places.count }

  /// Sources must have fewer bytes than this, for places to hold where a name starts.
  public static let longestSource = 1 << 40

  /// Whether references can tell another name from the others.
  @inlinable public var hasRoom: Bool { count < Int(Int32.max) }

  /// The text of a name; the empty string for −1.
  public func text(at name: Int) -> String {
    guard name >= 0 else { return "" }
    return source.withBytes { $0.text(range(name)) }
  }

  /// Where a name stands in the source.
  public func range(_ name: Int) -> ByteRange {
    let place = places[name]
    let start = Int(place >> 24)
    let length = place & Self.longest
    guard length == Self.longest else { return ByteRange(start, start + Int(length)) }
    return ByteRange(start, start + (longLengths[name] ?? 0))
  }

  /// Reserves room for that many more names.
  public mutating func reserve(_ more: Int) { places.reserveLarge(count + more) }

  /// Adds a name without looking for an equal one.
  public mutating func append(_ range: ByteRange) -> Int {
    let name = places.count
    let length = min(UInt64(range.count), Self.longest)
    if length == Self.longest { longLengths[name] = range.count }
    places.append(UInt64(range.start) << 24 | length)
    return name
  }

  /// The entry for a name, added if it is new.
  ///
  /// Only interned names are found again. `bytes` are those of the source, which are lent to the
  /// reader for the whole time.
  public mutating func intern(_ range: ByteRange, in bytes: Span<UInt8>) -> Int {
    intern(range, Self.hash(range, of: bytes), bytes)
  }

  private mutating func intern(
    _ range: ByteRange, _ hash: UInt64, _ bytes: Span<UInt8>
  ) -> Int {
    let place = Int(truncatingIfNeeded: hash) & (recent.count - 1)
    if recent[place] >= 0, isEqual(Int(recent[place]), range, bytes) {
      return Int(recent[place])
    }
    let name = find(hash, range, bytes)
    recent[place] = Int32(truncatingIfNeeded: name)
    return name
  }

  /// Gives the entry of each name to `body`, −1 for empty ones.
  public mutating func intern(
    _ ranges: [ByteRange], in bytes: Span<UInt8>, _ body: (Int) -> Void
  ) {
    var hashes: [UInt64] = []
    for start in stride(from: 0, to: ranges.count, by: Self.batch) {
      let part = start..<min(start + Self.batch, ranges.count)
      hashes.removeAll(keepingCapacity: true)
      for index in part { hashes.append(Self.hash(ranges[index], of: bytes)) }
      touch(hashes)
      for index in part {
        let range = ranges[index]
        body(range.isEmpty ? -1 : intern(range, hashes[index - start], bytes))
      }
    }
  }

  /// Has the slots of names brought into the processor's cache, many at the same time: each search
  /// alone would wait for its slot.
  private mutating func touch(_ hashes: [UInt64]) {
    var seen: UInt64 = 0
    for hash in hashes { seen ^= slots[Int(truncatingIfNeeded: hash) & (slots.count - 1)] }
    touched = seen
  }

  /// The entry for a name in the big table, added if it is new.
  private mutating func find(
    _ hash: UInt64, _ range: ByteRange, _ bytes: Span<UInt8>
  ) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == hash {
        let candidate = Int(slots[slot] & 0xFFFF_FFFF) - 1
        if isEqual(candidate, range, bytes) { return candidate }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let name = append(range)
    slots[slot] = hash << 32 | UInt64(name + 1)
    internedCount += 1
    if internedCount * 3 > slots.count * 2 { grow(to: slots.count * 4) }
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
    var larger = [UInt64](large: 0, count: slotCount)
    for entry in slots where entry != 0 {
      var slot = Int(truncatingIfNeeded: entry >> 32) & (larger.count - 1)
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

  /// A multiply-and-fold hash over eight bytes at a time, of 32 bits: a slot holds it whole.
  private static func hash(_ range: ByteRange, of source: Span<UInt8>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: range.count) &* 0x9E37_79B9_7F4A_7C15
    var index = range.start
    while index + 8 <= range.end {
      let word = unsafe source.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      hash = mixed(hash ^ word)
      index += 8
    }
    guard index < range.end else { return hash & 0xFFFF_FFFF }
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
    return mixed(hash ^ tail) & 0xFFFF_FFFF
  }

  private static func mixed(_ word: UInt64) -> UInt64 {
    let product = (word ^ 0xD6E8_FEB8_6659_FD93).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
