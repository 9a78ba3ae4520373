/// The element type of a tensor; raw values are the numbers of `TensorProto.DataType` (IR 14).
public enum ElementType: UInt8, Sendable, CaseIterable, Hashable {
  case undefined = 0
  case float32 = 1
  case uint8 = 2
  case int8 = 3
  case uint16 = 4
  case int16 = 5
  case int32 = 6
  case int64 = 7
  case string = 8
  case bool = 9
  case float16 = 10
  case float64 = 11
  case uint32 = 12
  case uint64 = 13
  case complex64 = 14
  case complex128 = 15
  case bfloat16 = 16
  case float8e4m3fn = 17
  case float8e4m3fnuz = 18
  case float8e5m2 = 19
  case float8e5m2fnuz = 20
  case uint4 = 21
  case int4 = 22
  case float4e2m1 = 23
  case float8e8m0 = 24
  case uint2 = 25
  case int2 = 26
  case float6e2m3 = 27
  case float6e3m2 = 28
}

extension ElementType {
  /// Names by raw value.
  private static let names = [
    "undefined", "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool",
    "float16", "float64", "uint32", "uint64", "complex64", "complex128", "bfloat16",
    "float8e4m3fn", "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz", "uint4", "int4",
    "float4e2m1", "float8e8m0", "uint2", "int2", "float6e2m3", "float6e3m2",
  ]

  /// The name used in reports and manifests, such as `float32` or `int4`.
  public var name: String { Self.names[Int(rawValue)] }

  /// Finds a type by the name reports use, or by ONNX's own `float` and `double`.
  public init?(name: String) {
    switch name {
    case "float": self = .float32
    case "double": self = .float64
    default:
      guard let number = Self.names.firstIndex(of: name) else { return nil }
      self.init(rawValue: UInt8(number))
    }
  }

  /// Bits that one element takes in `raw_data`; nil for strings and the undefined type.
  public var bitWidth: Int? {
    switch self {
    case .undefined, .string: nil
    case .uint2, .int2: 2
    case .uint4, .int4, .float4e2m1: 4
    case .float6e2m3, .float6e3m2: 6
    case .uint8, .int8, .bool, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz,
      .float8e8m0:
      8
    case .uint16, .int16, .float16, .bfloat16: 16
    case .float32, .int32, .uint32: 32
    case .float64, .int64, .uint64, .complex64: 64
    case .complex128: 128
    }
  }

  /// Whether this is a floating-point type of any width.
  public var isFloatingPoint: Bool {
    switch self {
    case .float32, .float16, .float64, .bfloat16, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2,
      .float8e5m2fnuz, .float8e8m0, .float4e2m1, .float6e2m3, .float6e3m2:
      true
    default: false
    }
  }

  /// Bytes that `elements` take in `raw_data`, rounded up; nil for strings and on overflow.
  public func byteCount(elements: Int64) -> Int64? {
    guard let bitWidth, elements >= 0 else { return nil }
    let (bits, overflow) = elements.multipliedReportingOverflow(by: Int64(bitWidth))
    return overflow ? nil : bits / 8 + (bits % 8 == 0 ? 0 : 1)
  }
}

/// A set of element types, one bit a type.
public struct ElementTypeSet: OptionSet, Sendable, Hashable {
  /// One bit for each `ElementType`, at the position of its raw value.
  public let rawValue: UInt32

  /// Makes a set from its bits.
  @inlinable
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Makes the set of one type.
  @inlinable
  public init(_ type: ElementType) { rawValue = 1 << UInt32(type.rawValue) }

  /// Makes the set of several types.
  public init(_ types: some Sequence<ElementType>) {
    rawValue = types.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
  }

  /// Whether `type` is in the set.
  @inlinable
  public func contains(_ type: ElementType) -> Bool { rawValue >> UInt32(type.rawValue) & 1 == 1 }

  /// The types in the set, in the order of their ONNX numbers.
  public var types: [ElementType] { ElementType.allCases.filter { contains($0) } }
}
