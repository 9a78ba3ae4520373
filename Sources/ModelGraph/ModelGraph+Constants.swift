import Bytes

extension ModelGraph {
  /// The elements of a small integer or Boolean constant, or nil when it has another type, more than
  /// `longestKeptList` elements, or data that stand elsewhere.
  public func integers(of tensor: TensorReference) -> [Int64]? {
    guard !tensor.isNone else { return nil }
    let entry = tensors[tensor.index]
    guard let count = keptCount(of: entry), let width = integerWidth(entry.elementType) else {
      return nil
    }
    return patterns(of: entry, count, width)
  }

  /// The elements of a small floating-point constant (float16, bfloat16, float32, float64), or nil.
  public func floats(of tensor: TensorReference) -> [Double]? {
    guard !tensor.isNone else { return nil }
    let entry = tensors[tensor.index]
    guard let count = keptCount(of: entry) else { return nil }
    let width: IntegerWidth
    switch entry.elementType {
    case .float16, .bfloat16: width = IntegerWidth(bytes: 2, isSigned: false)
    case .float32: width = IntegerWidth(bytes: 4, isSigned: false)
    case .float64: width = IntegerWidth(bytes: 8, isSigned: true)
    default: return nil
    }
    return patterns(of: entry, count, width)?.map { Self.number(of: $0, entry.elementType) }
  }

  /// The elements of a small text constant, or nil.
  public func texts(of tensor: TensorReference) -> [String]? {
    guard !tensor.isNone, case .texts(let run) = tensors[tensor.index].storage else { return nil }
    return textPool[run.range].map { text($0) }
  }

  /// The stored elements as whole numbers, or nil when they are not at hand.
  private func patterns(of tensor: Tensor, _ count: Int, _ width: IntegerWidth) -> [Int64]? {
    switch tensor.storage {
    case .none: count == 0 ? [] : nil
    case .texts, .notKept, .external: nil
    case .file(let range): source.withBytes { Self.integers(count, width, range, $0) }
    case .joined(let range): Self.integers(count, width, range, joinedPayloads.span)
    case .fileVarints(let range): source.withBytes { Self.varints(count, width, range, $0) }
    case .joinedVarints(let range): Self.varints(count, width, range, joinedPayloads.span)
    }
  }

  /// Number of elements, if the constant is small enough to be read.
  private func keptCount(of tensor: Tensor) -> Int? {
    guard let count = elementCount(of: tensor), count <= Self.longestKeptList else { return nil }
    return Int(count)
  }

  private func integerWidth(_ type: ElementType) -> IntegerWidth? {
    switch type {
    case .int8: IntegerWidth(bytes: 1, isSigned: true)
    case .uint8, .bool: IntegerWidth(bytes: 1, isSigned: false)
    case .int16: IntegerWidth(bytes: 2, isSigned: true)
    case .uint16: IntegerWidth(bytes: 2, isSigned: false)
    case .int32: IntegerWidth(bytes: 4, isSigned: true)
    case .uint32: IntegerWidth(bytes: 4, isSigned: false)
    case .int64, .uint64: IntegerWidth(bytes: 8, isSigned: true)
    default: nil
    }
  }

  private static func integers(
    _ count: Int, _ width: IntegerWidth, _ range: ByteRange, _ bytes: Span<UInt8>
  ) -> [Int64]? {
    guard range.start >= 0, range.end <= bytes.count, range.count >= count * width.bytes else {
      return nil
    }
    return (0..<count).map { element in
      var pattern: UInt64 = 0
      for offset in 0..<width.bytes {
        let byte = bytes[range.start + element * width.bytes + offset]
        pattern |= UInt64(byte) << UInt64(8 * offset)
      }
      return width.value(of: pattern)
    }
  }

  private static func varints(
    _ count: Int, _ width: IntegerWidth, _ range: ByteRange, _ bytes: Span<UInt8>
  ) -> [Int64]? {
    var result: [Int64] = []
    var at = range.start
    while result.count < count {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      repeat {
        guard at < min(range.end, bytes.count), shift < 70 else { return nil }
        if shift < 64 { value |= UInt64(bytes[at] & 0x7F) << shift }
        shift += 7
        at += 1
      } while bytes[at - 1] & 0x80 != 0
      result.append(width.value(of: value))
    }
    return result
  }

  /// The number that a bit pattern stands for.
  private static func number(of pattern: Int64, _ type: ElementType) -> Double {
    switch type {
    case .float64: Double(bitPattern: UInt64(bitPattern: pattern))
    case .float32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: pattern)))
    case .bfloat16: Double(Float(bitPattern: UInt32(truncatingIfNeeded: pattern) << 16))
    default: Double(Self.half(UInt16(truncatingIfNeeded: pattern)))
    }
  }

  /// IEEE 754 binary16, computed here because `Float16` is missing on some platforms.
  private static func half(_ pattern: UInt16) -> Float {
    let sign: Float = pattern >> 15 == 1 ? -1 : 1
    let exponent = Int(pattern >> 10 & 0x1F)
    let fraction = Float(pattern & 0x3FF)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 0x1F: return fraction == 0 ? sign * .infinity : .nan
    default:
      return sign * (1 + fraction * 0x1p-10)
        * Float(sign: .plus, exponent: exponent - 15, significand: 1)
    }
  }
}

/// How a whole number is stored.
private struct IntegerWidth {
  let bytes: Int
  let isSigned: Bool

  func value(of pattern: UInt64) -> Int64 {
    let unused = UInt64(64 - 8 * bytes)
    let shifted = Int64(bitPattern: pattern << unused)
    return isSigned ? shifted >> Int64(unused) : Int64(bitPattern: (pattern << unused) >> unused)
  }
}
