import Capabilities
import ModelGraph
import OperatorCatalogue

extension NodeSubject {
  /// Whether an attribute passes a test; the schema's default counts when the file has none.
  func evaluate(_ name: String, _ test: AttributeTest) -> Truth {
    let written = writtenAttribute(name)
    if written == nil, supposition.isOfPart, schema?.attribute(name) != nil {
      return .open("the attribute \"\(name)\"")
    }
    if case .isPresent(let expected) = test { return Truth((written != nil) == expected) }
    if let written {
      if case .reference = written { return .open("the attribute \"\(name)\" of the caller") }
      if case .longList(_, let count) = written { return evaluate(listLength: count, test, name) }
      guard let constant = constant(of: written) else {
        return .open("the attribute \"\(name)\"")
      }
      return Truth(test.accepts(constant))
    }
    guard let fallback = schema?.attribute(name)?.defaultValue else {
      return Truth(test.acceptsAbsence)
    }
    return Truth(test.accepts(AttributeConstant(fallback)))
  }

  private func evaluate(listLength count: Int, _ test: AttributeTest, _ name: String) -> Truth {
    if case .lengths(let lengths) = test { return Truth(lengths.contains(Int64(count))) }
    return .open("the long list \"\(name)\"")
  }

  /// Whether an attribute is in the file with a value that differs from the default.
  func isInUse(_ ignored: IgnoredAttribute) -> Bool {
    guard let written = writtenAttribute(ignored.attribute) else { return false }
    guard let value = constant(of: written) else { return true }
    if let fallback = schema?.attribute(ignored.attribute)?.defaultValue,
      AttributeConstant(fallback).isSame(as: value)
    {
      return false
    }
    return !ignored.harmless.contains { $0.isSame(as: value) }
  }

  /// The attribute's value as a constant; nil for graphs, tensors and references.
  func constant(of value: AttributeValue) -> AttributeConstant? {
    switch value {
    case .int(let number): .int(number)
    case .float(let number): .float(Double(number))
    case .string(let name): .string(text(name))
    case .ints(let run): .ints(Array(graph.integerPool[run.range]))
    case .floats(let run): .floats(graph.floatPool[run.range].map { Double($0) })
    case .strings(let run): .strings(graph.textPool[run.range].map(text))
    default: nil
    }
  }
}

extension AttributeConstant {
  init(_ value: AttributeDefault) {
    switch value {
    case .int(let number): self = .int(number)
    case .float(let number): self = .float(number)
    case .string(let text): self = .string(text)
    case .ints(let numbers): self = .ints(numbers)
    case .floats(let numbers): self = .floats(numbers)
    case .strings(let texts): self = .strings(texts)
    }
  }

  /// Equality that takes 1 and 1.0, and a float32 and its decimal, for the same.
  func isSame(as other: AttributeConstant) -> Bool {
    switch (self, other) {
    case (.int(let left), .float(let right)), (.float(let right), .int(let left)):
      Double(left) == right
    case (.float(let left), .float(let right)): Float(left) == Float(right)
    case (.floats(let left), .floats(let right)):
      left.count == right.count && zip(left, right).allSatisfy { Float($0) == Float($1) }
    default: self == other
    }
  }

  /// The number, if this is a single one.
  var number: Double? {
    switch self {
    case .int(let number): Double(number)
    case .float(let number): number
    default: nil
    }
  }

  /// The elements of a list; nil for single values.
  var elements: [AttributeConstant]? {
    switch self {
    case .ints(let numbers): numbers.map { .int($0) }
    case .floats(let numbers): numbers.map { .float($0) }
    case .strings(let texts): texts.map { .string($0) }
    default: nil
    }
  }
}

extension AttributeTest {
  /// Whether a value passes; a value of the wrong kind does not.
  func accepts(_ value: AttributeConstant) -> Bool {
    switch self {
    case .isPresent(let expected): expected
    case .equals(let constant): constant.isSame(as: value)
    case .isOneOf(let constants): constants.contains { $0.isSame(as: value) }
    case .range(let range): value.number.map(range.contains) ?? false
    case .isOdd:
      if case .int(let number) = value { number % 2 != 0 } else { false }
    case .lengths(let lengths):
      (value.elements?.count).map { lengths.contains(Int64($0)) } ?? false
    case .symmetricPads: value.elements.map(Self.isSymmetric) ?? false
    case .elements(let test): value.elements?.allSatisfy(test.accepts) ?? false
    }
  }

  /// Whether an attribute without value and without default passes.
  var acceptsAbsence: Bool {
    switch self {
    case .isPresent(let expected): !expected
    case .equals, .isOneOf: false
    case .range, .isOdd, .lengths, .symmetricPads, .elements: true
    }
  }

  private static func isSymmetric(_ pads: [AttributeConstant]) -> Bool {
    let half = pads.count / 2
    return pads.count % 2 == 0 && pads.prefix(half) == pads.suffix(half)
  }
}

extension ElementTest {
  /// Whether one element passes.
  func accepts(_ value: AttributeConstant) -> Bool {
    switch self {
    case .range(let range): value.number.map(range.contains) ?? false
    case .isOneOf(let constants): constants.contains { $0.isSame(as: value) }
    }
  }
}
