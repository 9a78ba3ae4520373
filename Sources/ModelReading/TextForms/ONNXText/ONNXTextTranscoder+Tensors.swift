import Bytes
import ModelGraph

/// What precedes the data of a tensor in the text.
struct ONNXTextTensorHead {
  let type: ONNXTextType
  /// Name of the tensor; nil writes an empty one.
  let name: ONNXTextToken?
  /// The first token of the tensor, for messages.
  let start: ONNXTextToken
  let position: SourcePosition
}

/// `data = '{' [ literal {',' literal} ] '}' | '[' text ':' text {',' text ':' text} ']'`
extension ONNXTextTranscoder {
  /// Reads the data of a tensor whose type and name have been read, and writes the tensor.
  mutating func tensor(
    _ head: ONNXTextTensorHead, _ field: UInt32, in parent: inout MessageFrame,
    _ source: Span<UInt8>
  ) throws(ReadFailure) {
    guard case .tensor(let element, let shape) = head.type else {
      throw failure("only tensors can have data", source, at: head.start)
    }
    let dims = try numericDims(of: shape, head, source)
    var frame = writer.begin(.tensor, field, in: &parent, at: head.position)
    for dim in dims { writer.varint(UInt64(bitPattern: dim), Field.Tensor.dims, in: &frame) }
    writer.varint(UInt64(element.rawValue), Field.Tensor.dataType, in: &frame)
    if let name = head.name {
      write(name, Field.Tensor.name, in: &frame, source)
    } else {
      write(dotted: [], Field.Tensor.name, in: &frame, source)
    }
    if try take("{", source) {
      let count = try literals(element, head, &frame, source)
      checkCount(count, element, dims, head, source)
    } else if try take("[", source) {
      writer.varint(1, Field.Tensor.dataLocation, in: &frame)
      try textPairs(Field.Tensor.externalData, in: &frame, source)
      try expect("]", source, or: "','")
    } else {
      throw unexpected("the tensor's values in '{…}' or the place of its data in '[…]'", source)
    }
    writer.end(&frame)
  }

  private func numericDims(
    of shape: [ONNXTextDimension]?, _ head: ONNXTextTensorHead, _ source: Span<UInt8>
  ) throws(ReadFailure) -> [Int64] {
    guard let shape else {
      throw failure("a tensor with data needs a shape", source, at: head.start)
    }
    var dims: [Int64] = []
    for dimension in shape {
      guard case .value(let value) = dimension else {
        throw failure(
          "a tensor with data needs numbers for all dimensions", source, at: head.start)
      }
      dims.append(value)
    }
    return dims
  }

  // MARK: Literals

  /// Reads the values up to the closing brace; returns how many there are.
  private mutating func literals(
    _ element: ElementType, _ head: ONNXTextTensorHead, _ frame: inout MessageFrame,
    _ source: Span<UInt8>
  ) throws(ReadFailure) -> Int {
    if try take("}", source) { return 0 }
    let storage = Self.storage(of: element)
    var isChecked = storage.kind == .int32 || storage.kind == .uint64
    var count = 0
    repeat {
      let literal = token
      try self.literal(element, storage, &frame, source)
      count += 1
      if isChecked, case .whole(let number) = source.wholeNumber(at: literal.range),
        !Self.isValue(number, of: element)
      {
        isChecked = false
        warn(
          .malformedField, "\(source.text(literal.range)) is no value of \(element.textName)",
          at: position(of: literal, source))
      }
    } while try take(",", source)
    try expect("}", source, or: "','")
    return count
  }

  private mutating func literal(
    _ element: ElementType, _ field: ProtoField, _ frame: inout MessageFrame,
    _ source: Span<UInt8>
  ) throws(ReadFailure) {
    switch field.kind {
    case .string, .bytes, .message, .enumeration:
      let text = try quoted("a text", source)
      if text.kind == .quoted(hasEscapes: true) {
        let plain = unescaped(text, source)
        writer.text(ByteRange(0, plain.count), of: plain.span, field, in: &frame)
      } else {
        writer.text(text.content, of: source, field, in: &frame)
      }
    case .float, .double:
      guard isAtNumber(source) else {
        throw unexpected("a value of \(element.textName)", source)
      }
      if writer.admit(field, in: &frame) {
        try writeFloat(field, &frame, source)
      }
      try advance(source)
    case .int32, .int64, .uint64:
      guard token.kind == .integer else {
        throw unexpected("a whole number as a value of \(element.textName)", source)
      }
      let value = try bits(as: field.kind, source)
      if writer.admit(field, in: &frame) { writer.varint(value, field, in: &frame) }
      try advance(source)
    }
  }

  /// Whether a number comes next, or one of the words that stand for numbers.
  func isAtNumber(_ source: Span<UInt8>) -> Bool {
    switch token.kind {
    case .integer, .float: true
    case .identifier: source.isSpecialFloat(token.range)
    case .quoted, .arrow, .symbol, .end: false
    }
  }

  private mutating func writeFloat(
    _ field: ProtoField, _ frame: inout MessageFrame, _ source: Span<UInt8>
  ) throws(ReadFailure) {
    if field.kind == .float {
      writer.float(try float(source), field, in: &frame)
    } else {
      let text = source.text(token.range)
      guard let value = Double(text), value.isFinite || isSpecial(source) else {
        throw failure("\(text) does not fit a double", source)
      }
      writer.double(value, field, in: &frame)
    }
  }

  /// The token, a number, as a float.
  func float(_ source: Span<UInt8>) throws(ReadFailure) -> Float {
    let text = source.text(token.range)
    guard let value = Float(text), value.isFinite || isSpecial(source) else {
      throw failure("\(text) does not fit a float", source)
    }
    return value
  }

  /// Whether the number next is written as a word.
  private func isSpecial(_ source: Span<UInt8>) -> Bool {
    let last = source[token.range.end - 1]
    return last > UInt8(ascii: "9")
  }

  /// The whole number next as a varint; a negative one in an unsigned field wraps around, as it
  /// does for onnx.
  private func bits(as kind: ProtoKind, _ source: Span<UInt8>) throws(ReadFailure) -> UInt64 {
    if case .whole(let number) = source.wholeNumber(at: token.range) {
      if let value = number.varint(as: kind) { return value }
      if kind == .uint64 { return 0 &- number.magnitude }
    }
    throw failure("\(source.text(token.range)) does not fit \(kind)", source)
  }

  // MARK: Judgement

  /// The field that holds the values of an element type.
  private static func storage(of element: ElementType) -> ProtoField {
    switch element {
    case .float32, .complex64: ONNXMessages.floatData
    case .float64, .complex128: ONNXMessages.doubleData
    case .int64: ONNXMessages.int64Data
    case .uint32, .uint64: ONNXMessages.uint64Data
    case .string: ONNXMessages.stringData
    case .undefined, .uint8, .int8, .uint16, .int16, .int32, .bool, .float16, .bfloat16,
      .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz, .uint4, .int4, .float4e2m1,
      .float8e8m0, .uint2, .int2, .float6e2m3, .float6e3m2:
      ONNXMessages.int32Data
    }
  }

  /// Whether a whole number stands for a value of an element type, bit patterns included.
  ///
  /// The limits of 32 and 64 bits with a sign are the field's own.
  private static func isValue(_ number: WholeNumber, of element: ElementType) -> Bool {
    switch element {
    case .bool: !number.isNegative && number.magnitude <= 1
    case .int8, .int16, .int4, .int2:
      element.bitWidth.flatMap { bits in
        number.signed.map { -(1 << (bits - 1))...(1 << (bits - 1)) - 1 ~= $0 }
      } ?? true
    case .uint8, .uint16, .uint32, .uint4, .uint2, .float16, .bfloat16, .float8e4m3fn,
      .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz, .float4e2m1, .float8e8m0, .float6e2m3,
      .float6e3m2:
      element.bitWidth.map { !number.isNegative && number.magnitude < 1 << UInt64($0) } ?? true
    case .uint64: !number.isNegative
    case .undefined, .float32, .float64, .int32, .int64, .string, .complex64, .complex128: true
    }
  }

  /// Warns if a tensor has not as many values as its shape says.
  private mutating func checkCount(
    _ count: Int, _ element: ElementType, _ dims: [Int64], _ head: ONNXTextTensorHead,
    _ source: Span<UInt8>
  ) {
    let isComplex = element == .complex64 || element == .complex128
    var expected: Int64 = isComplex ? 2 : 1
    for dim in dims {
      let (product, overflow) = expected.multipliedReportingOverflow(by: dim)
      // Impossible shapes are reported by whoever reads the dimensions.
      guard !overflow, dim >= 0 else { return }
      expected = product
    }
    guard expected != Int64(count) else { return }
    let name = head.name.map { " '\(source.text($0.content))'" } ?? ""
    let values = count == 1 ? "1 value" : "\(count) values"
    warn(
      .malformedField, "the tensor\(name) has \(values) where its shape needs \(expected)",
      at: head.position)
  }
}

extension ElementType {
  /// The name that ONNX's textual syntax has for the type.
  fileprivate var textName: String {
    switch self {
    case .float32: "float"
    case .float64: "double"
    default: name
    }
  }
}
