/// The SHA-256 digest of bytes that come in pieces (FIPS 180-4).
///
/// ```swift
/// var hash = SHA256()
/// hash.update(bytes)
/// print(hash.hexadecimalDigest())
/// ```
public struct SHA256: Sendable {
  private static let blockSize = 64

  private var state = State()
  /// Bytes that do not fill a block yet.
  private var pending: [UInt8] = []
  /// Number of bytes in all.
  private var count: UInt64 = 0

  /// Starts the digest of nothing.
  public init() {
    pending.reserveCapacity(Self.blockSize)
  }

  /// Adds bytes.
  public mutating func update(_ bytes: Span<UInt8>) {
    count &+= UInt64(bytes.count)
    var offset = 0
    if !pending.isEmpty {
      offset = min(Self.blockSize - pending.count, bytes.count)
      for index in 0..<offset { pending.append(bytes[index]) }
      guard pending.count == Self.blockSize else { return }
      let block = pending
      state.add(block.span, at: 0)
      pending.removeAll(keepingCapacity: true)
    }
    while bytes.count - offset >= Self.blockSize {
      state.add(bytes, at: offset)
      offset += Self.blockSize
    }
    for index in offset..<bytes.count { pending.append(bytes[index]) }
  }

  /// Adds the UTF-8 bytes of a text.
  public mutating func update(_ text: String) {
    update(Array(text.utf8).span)
  }

  /// The digest, 32 bytes, of all that was added; more can be added afterwards.
  public func digest() -> [UInt8] {
    var padded = self
    var padding: [UInt8] = [0x80]
    let length = pending.count + 1 + 8
    padding.append(
      contentsOf: repeatElement(0, count: (length + 63) / Self.blockSize * Self.blockSize - length))
    padding.append(contentsOf: bigEndianBytes(count &* 8))
    padded.update(padding.span)
    return padded.state.bytes
  }

  /// The digest in 64 hexadecimal digits.
  public func hexadecimalDigest() -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = digest().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}

extension SHA256 {
  /// The eight working words.
  private struct State: Sendable {
    /// The first 32 bits of the fractional parts of the square roots of the first eight primes.
    var words: InlineArray<8, UInt32> = [
      0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
      0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    var bytes: [UInt8] {
      words.indices.flatMap { bigEndianBytes(words[$0]) }
    }

    /// Mixes in the block of 64 bytes at `offset`.
    mutating func add(_ bytes: Span<UInt8>, at offset: Int) {
      var schedule = Schedule(bytes, at: offset)
      var mixed = words
      for round in stride(from: 0, to: 64, by: 16) {
        if round > 0 { schedule.advance() }
        mixEightRounds(&mixed, schedule.words, from: 0, round)
        mixEightRounds(&mixed, schedule.words, from: 8, round)
      }
      for index in words.indices { words[index] &+= mixed[index] }
    }
  }

  /// The words that a block expands to, sixteen at a time.
  private struct Schedule {
    var words = InlineArray<16, UInt32>(repeating: 0)

    init(_ bytes: Span<UInt8>, at offset: Int) {
      for index in words.indices {
        let at = offset + 4 * index
        words[index] =
          UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8
          | UInt32(bytes[at + 3])
      }
    }

    /// Replaces the words by the next sixteen; each comes from those 16, 15, 7 and 2 before it.
    mutating func advance() {
      for index in words.indices {
        let early = words[(index + 1) & 15]
        let late = words[(index + 14) & 15]
        words[index] &+=
          (rotated(early, 7) ^ rotated(early, 18) ^ early >> 3) &+ words[(index + 9) & 15]
          &+ (rotated(late, 17) ^ rotated(late, 19) ^ late >> 10)
      }
    }
  }
}

/// Mixes eight words of the schedule, from `start`, into the working words.
///
/// Written out, because the words then stay in registers: twice as fast as a loop.
@inline(__always)
private func mixEightRounds(
  _ state: inout InlineArray<8, UInt32>, _ schedule: InlineArray<16, UInt32>, from start: Int,
  _ round: Int
) {
  func word(_ index: Int) -> UInt32 {
    roundConstants[round + start + index] &+ schedule[start + index]
  }
  var (a, b, c, d) = (state[0], state[1], state[2], state[3])
  var (e, f, g, h) = (state[4], state[5], state[6], state[7])
  mix(word(0), a, b, c, &d, e, f, g, &h)
  mix(word(1), h, a, b, &c, d, e, f, &g)
  mix(word(2), g, h, a, &b, c, d, e, &f)
  mix(word(3), f, g, h, &a, b, c, d, &e)
  mix(word(4), e, f, g, &h, a, b, c, &d)
  mix(word(5), d, e, f, &g, h, a, b, &c)
  mix(word(6), c, d, e, &f, g, h, a, &b)
  mix(word(7), b, c, d, &e, f, g, h, &a)
  state = [a, b, c, d, e, f, g, h]
}

/// One round of the compression function.
@inline(__always)
private func mix(
  _ word: UInt32, _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32,
  _ f: UInt32, _ g: UInt32, _ h: inout UInt32
) {
  let choice = (e & f) ^ (~e & g)
  let majority = (a & b) ^ (a & c) ^ (b & c)
  let sum = h &+ (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) &+ choice &+ word
  d &+= sum
  h = sum &+ (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ majority
}

/// The word with its bits rotated to the right.
@inline(__always)
private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word &>> count | word &<< (32 &- count)
}

private func bigEndianBytes(_ value: some FixedWidthInteger) -> [UInt8] {
  stride(from: value.bitWidth - 8, through: 0, by: -8).map {
    UInt8(truncatingIfNeeded: value >> $0)
  }
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: InlineArray<64, UInt32> = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1,
  0x923f_82a4, 0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3,
  0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786,
  0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
  0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147,
  0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13,
  0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
  0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
  0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a,
  0x5b9c_ca4f, 0x682e_6ff3, 0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208,
  0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
]
