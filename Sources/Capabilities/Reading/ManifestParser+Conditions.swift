import Bytes

/// What a condition speaks of.
private enum Subject {
  case attribute(String)
  case input(OperandSelector)
  case output(OperandSelector)
}

/// A test that was read before it is known whether it stands with an attribute or an operand.
private enum Test {
  case attribute(AttributeTest)
  case operand(OperandTest)
  case isPresent(Bool)
}

extension ManifestParser {
  /// A condition: a form of its own, or a subject and one test.
  mutating func condition(_ bytes: Span<UInt8>) throws(JSONFailure) -> Condition {
    var subject: Subject?
    var test: Test?
    var whole: Condition?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      if let found = try self.subject(key, bytes) {
        guard subject == nil, whole == nil else { throw oneForm(bytes, start) }
        subject = found
      } else if let found = try self.whole(key, bytes) {
        guard subject == nil, whole == nil, test == nil else { throw oneForm(bytes, start) }
        whole = found
      } else if let found = try self.test(key, bytes) {
        guard test == nil, whole == nil else { throw oneForm(bytes, start) }
        test = found
      } else {
        throw unknownKey(key, in: bytes)
      }
    }
    if let whole { return whole }
    guard let subject, let test else { throw oneForm(bytes, start) }
    return try combined(subject, test, bytes, start)
  }

  private func oneForm(_ bytes: Span<UInt8>, _ start: Int) -> JSONFailure {
    reader.failure(
      "a condition is one form, or one attribute, input or output with one test", in: bytes,
      at: start)
  }

  private mutating func subject(
    _ key: String, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Subject? {
    switch key {
    case "attribute": .attribute(try text(bytes))
    case "input": .input(try operand(bytes))
    case "output": .output(try operand(bytes))
    default: nil
    }
  }

  private mutating func operand(_ bytes: Span<UInt8>) throws(JSONFailure) -> OperandSelector {
    guard try reader.peek(bytes) == .number else {
      let name = try text(bytes)
      return name == "all" ? .all : .named(name)
    }
    return .index(try position(bytes))
  }

  /// A position counted from 0.
  mutating func position(_ bytes: Span<UInt8>) throws(JSONFailure) -> Int {
    let start = try nextOffset(bytes)
    let number = try reader.integer(bytes)
    guard let position = Int32(exactly: number), position >= 0 else {
      throw reader.failure("positions count from 0", in: bytes, at: start)
    }
    return Int(position)
  }

  private mutating func whole(
    _ key: String, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Condition? {
    switch key {
    case "inputCount": .inputCount(try integerRange(bytes))
    case "outputCount": .outputCount(try integerRange(bytes))
    case "opset": .opset(try integerRange(bytes))
    case "sinceVersion": .sinceVersion(try integerRange(bytes))
    case "scope": .inSubgraph(try yes("subgraph", orNo: "main", bytes))
    case "all": .all(try conditions(bytes))
    case "any": .any(try conditions(bytes))
    case "not": .not(try condition(bytes))
    case "undecidable": .undecidable(try text(bytes))
    default: nil
    }
  }

  private mutating func conditions(_ bytes: Span<UInt8>) throws(JSONFailure) -> [Condition] {
    try filledList(bytes) { (parser) throws(JSONFailure) in try parser.condition(bytes) }
  }

  private mutating func test(_ key: String, _ bytes: Span<UInt8>) throws(JSONFailure) -> Test? {
    if let test = try attributeTest(key, bytes) { return .attribute(test) }
    if key == "present" { return .isPresent(try reader.boolean(bytes)) }
    return try operandTest(key, bytes).map { .operand($0) }
  }

  private mutating func attributeTest(
    _ key: String, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> AttributeTest? {
    switch key {
    case "equals": return .equals(try constant(bytes))
    case "in": return .isOneOf(try constants(bytes))
    case "absent": return .isPresent(try !yesOnly(bytes))
    case "range": return .range(try numberRange(bytes))
    case "odd":
      _ = try yesOnly(bytes)
      return .isOdd
    case "lengths": return .lengths(try integers(bytes))
    case "symmetricPads":
      _ = try yesOnly(bytes)
      return .symmetricPads
    case "elements": return .elements(try elementTest(bytes))
    default: return nil
    }
  }

  private mutating func operandTest(
    _ key: String, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> OperandTest? {
    switch key {
    case "constant": .isConstant(try reader.boolean(bytes))
    case "used": .isUsed(try reader.boolean(bytes))
    case "static": .isStatic(try reader.boolean(bytes))
    case "ranks": .ranks(try integers(bytes))
    case "rank": .rank(try integerRange(bytes))
    case "dtypes": .elementTypes(try elementTypes(bytes))
    case "sameDtypeAs": .sameElementType(asInput: try position(bytes))
    case "values": .values(try elementTest(bytes))
    case "elementCount": .elementCount(try integerRange(bytes))
    case "dim": try dimension(bytes)
    default: nil
    }
  }

  private func combined(
    _ subject: Subject, _ test: Test, _ bytes: Span<UInt8>, _ start: Int
  ) throws(JSONFailure) -> Condition {
    switch (subject, test) {
    case (.attribute(let name), .attribute(let test)): return .attribute(name, test)
    case (.attribute(let name), .isPresent(let flag)): return .attribute(name, .isPresent(flag))
    case (.input, .operand(.isUsed)):
      throw reader.failure("\"used\" can only be asked of an output", in: bytes, at: start)
    case (.input(let operand), .operand(let test)): return .input(operand, test)
    case (.input(let operand), .isPresent(let flag)): return .input(operand, .isPresent(flag))
    case (.output(let operand), .operand(let test)): return .output(operand, test)
    case (.output(let operand), .isPresent(let flag)): return .output(operand, .isPresent(flag))
    case (.attribute, .operand), (.input, .attribute), (.output, .attribute):
      throw reader.failure("the test does not fit what it is asked of", in: bytes, at: start)
    }
  }
}

// MARK: - Pieces of conditions

extension ManifestParser {
  private mutating func yesOnly(_ bytes: Span<UInt8>) throws(JSONFailure) -> Bool {
    let start = try nextOffset(bytes)
    guard try reader.boolean(bytes) else {
      throw reader.failure("only true makes sense here", in: bytes, at: start)
    }
    return true
  }

  private mutating func integers(_ bytes: Span<UInt8>) throws(JSONFailure) -> [Int64] {
    try filledList(bytes) { (parser) throws(JSONFailure) in try parser.reader.integer(bytes) }
  }

  /// A number, a string, or a list of either.
  mutating func constant(_ bytes: Span<UInt8>) throws(JSONFailure) -> AttributeConstant {
    let start = try nextOffset(bytes)
    guard try reader.peek(bytes) == .array else { return try scalar(bytes) }
    let elements = try list(bytes) { (parser) throws(JSONFailure) in try parser.scalar(bytes) }
    var ints: [Int64] = []
    var floats: [Double] = []
    var strings: [String] = []
    for element in elements {
      switch element {
      case .int(let value): ints.append(value)
      case .float(let value): floats.append(value)
      case .string(let value): strings.append(value)
      case .ints, .floats, .strings: continue
      }
    }
    if ints.count == elements.count { return .ints(ints) }
    if floats.count == elements.count { return .floats(floats) }
    if strings.count == elements.count { return .strings(strings) }
    throw reader.failure("the elements of a list must be of one kind", in: bytes, at: start)
  }

  private mutating func scalar(_ bytes: Span<UInt8>) throws(JSONFailure) -> AttributeConstant {
    let start = try nextOffset(bytes)
    if try reader.peek(bytes) == .string { return .string(try reader.string(bytes)) }
    let text = try reader.numberText(bytes)
    if let value = Int64(text) { return .int(value) }
    guard text.utf8.contains(where: { !(0x30...0x39 ~= $0 || $0 == 0x2D) }),
      let value = Double(text), value.isFinite
    else { throw reader.failure("the number \(text) does not fit", in: bytes, at: start) }
    return .float(value)
  }

  /// A list of constants.
  mutating func constants(_ bytes: Span<UInt8>) throws(JSONFailure) -> [AttributeConstant] {
    try filledList(bytes) { (parser) throws(JSONFailure) in try parser.constant(bytes) }
  }

  private mutating func elementTest(_ bytes: Span<UInt8>) throws(JSONFailure) -> ElementTest {
    var test: ElementTest?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      guard test == nil else {
        throw reader.failure("give either \"range\" or \"in\"", in: bytes, at: start)
      }
      switch key {
      case "range": test = .range(try numberRange(bytes))
      case "in":
        test = .isOneOf(
          try filledList(bytes) { (parser) throws(JSONFailure) in try parser.scalar(bytes) })
      default: throw unknownKey(key, in: bytes)
      }
    }
    return try required(test, "range", at: start, in: bytes)
  }

  private mutating func dimension(_ bytes: Span<UInt8>) throws(JSONFailure) -> OperandTest {
    var axis: Int?
    var range: IntegerRange?
    var multipleOf: Int64?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "axis": axis = Int(clamping: try reader.integer(bytes))
      case "range": range = try integerRange(bytes)
      case "multipleOf":
        let place = try nextOffset(bytes)
        let factor = try reader.integer(bytes)
        guard factor > 0 else {
          throw reader.failure("must be greater than 0", in: bytes, at: place)
        }
        multipleOf = factor
      default: throw unknownKey(key, in: bytes)
      }
    }
    guard range != nil || multipleOf != nil else { throw missing("range", at: start, in: bytes) }
    return .dimension(
      axis: try required(axis, "axis", at: start, in: bytes), range: range, multipleOf: multipleOf)
  }
}
