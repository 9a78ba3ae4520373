import Capabilities
import Inference
import ModelGraph
import OperatorCatalogue

extension NodeSubject {
  /// Whether a condition of a manifest holds for the node.
  func evaluate(_ condition: Condition) -> Truth {
    switch condition {
    case .attribute(let name, let test): evaluate(name, test)
    case .input(let selector, let test): evaluate(selector, test, isInput: true)
    case .output(let selector, let test): evaluate(selector, test, isInput: false)
    case .inputCount(let range): evaluate(range, presentCount(inputs), "inputs")
    case .outputCount(let range): evaluate(range, presentCount(outputs), "outputs")
    case .opset(let range):
      Truth(opset.map(range.contains), orOpen: "the opset of \(operation.domain)")
    case .sinceVersion(let range):
      Truth(
        (schema?.since).map { range.contains(Int64($0)) }, orOpen: "the operator's definition")
    case .inSubgraph(let expected): Truth(isInSubgraph == expected)
    case .all(let parts): Truth.all(parts.lazy.map(evaluate))
    case .any(let parts): Truth.any(parts.lazy.map(evaluate))
    case .not(let part): evaluate(part).negated
    case .undecidable(let text): .open(text)
    }
  }

  private func evaluate(_ range: IntegerRange, _ count: Int64, _ what: String) -> Truth {
    supposition.isOfPart ? .open("the number of \(what)") : Truth(range.contains(count))
  }

  private func presentCount(_ operands: ArraySlice<ValueReference>) -> Int64 {
    Int64(operands.lazy.filter { !$0.isNone }.count)
  }

  private var isInSubgraph: Bool {
    if case .subgraph = graph.scopes[node.scope.index].kind { true } else { false }
  }

  // MARK: Operands

  private func evaluate(
    _ selector: OperandSelector, _ test: OperandTest, isInput: Bool
  ) -> Truth {
    let operands = isInput ? inputs : outputs
    switch selector {
    case .index(let index):
      let value = isInput ? graph.input(index, of: node) : graph.output(index, of: node)
      return evaluate(value, test, name: label(index, isInput))
    case .named(let name):
      let parameters = (isInput ? schema?.inputs : schema?.outputs) ?? []
      guard let position = parameters.firstIndex(where: { $0.name == name }) else {
        return .open("the operator's definition")
      }
      let isVariadic = parameters[position].option == .variadic
      let chosen = operands.dropFirst(position).prefix(isVariadic ? Int.max : 1)
      guard !chosen.isEmpty else { return evaluate(.none, test, name: "\"\(name)\"") }
      return Truth.all(chosen.map { evaluate($0, test, name: "\"\(name)\"") })
    case .all:
      var result = Truth.holds
      for (index, value) in operands.enumerated() where !value.isNone {
        let truth = evaluate(value, test, name: label(index, isInput))
        if truth == .fails { return .fails }
        if result == .holds { result = truth }
      }
      return result
    }
  }

  /// An input or output by the name of its formal parameter.
  func label(_ index: Int, _ isInput: Bool) -> String {
    let parameter = isInput ? schema?.parameter(input: index) : schema?.parameter(output: index)
    let kind = isInput ? "input" : "output"
    return parameter.map { "\(kind) \"\($0.name)\"" } ?? "\(kind) \(index)"
  }

  private func evaluate(
    _ value: ValueReference, _ test: OperandTest, name: @autoclosure () -> String
  ) -> Truth {
    if case .isPresent(let expected) = test {
      if supposition.isOfPart, value.isNone { return .open("whether \(name()) is given") }
      return Truth(value.isNone != expected)
    }
    guard !value.isNone else { return .holds }
    switch test {
    case .isPresent: return .holds
    case .isConstant where supposition.isOfPart: return .open("whether \(name()) is a constant")
    case .isUsed where supposition.isOfPart: return .open("whether \(name()) is read")
    case .isConstant(let expected): return Truth(facts.isConstant(value) == expected)
    case .isUsed(let expected):
      return Truth(facts.isUsed(value) == expected)
    case .ranks(let ranks):
      return Truth(
        facts.rank(of: value).map { ranks.contains(Int64($0)) },
        orOpen: "the rank of \(name())")
    case .rank(let range):
      return Truth(
        facts.rank(of: value).map { range.contains(Int64($0)) },
        orOpen: "the rank of \(name())")
    case .isStatic(let expected):
      return Truth(
        isStatic(value).map { $0 == expected }, orOpen: "the shape of \(name())")
    case .elementTypes(let set):
      return Truth(
        elementType(of: value).map { set.contains($0) }, orOpen: "the element type of \(name())"
      )
    case .sameElementType(let index):
      let other = graph.input(index, of: node)
      guard let left = elementType(of: value), let right = elementType(of: other) else {
        return .open("the element types of \(name()) and input \(index)")
      }
      return Truth(left == right)
    case .values(let elementTest): return evaluate(value, elementTest, name: name())
    case .elementCount(let range):
      return Truth(
        facts.elementCount(of: value).map(range.contains),
        orOpen: "the size of \(name())\(dependence(of: value))")
    case .dimension(let axis, let range, let multiple):
      return evaluate(value, axis: axis, range, multipleOf: multiple, name: name())
    }
  }

  /// Whether all dims are numbers; nil when some are not known at all.
  private func isStatic(_ value: ValueReference) -> Bool? {
    facts.isStatic(value)
  }

  private func evaluate(
    _ value: ValueReference, axis: Int, _ range: IntegerRange?, multipleOf: Int64?,
    name: @autoclosure () -> String
  ) -> Truth {
    guard let rank = facts.rank(of: value) else { return .open("dimension \(axis) of \(name())") }
    let position = axis < 0 ? rank + axis : axis
    guard (0..<rank).contains(position) else { return .fails }
    guard let extent = facts.extent(position, of: value) else {
      return .open("dimension \(axis) of \(name())\(dependence(of: value, axis: position))")
    }
    let inRange = range?.contains(extent) ?? true
    return Truth(inRange && multipleOf.map { $0 != 0 && extent % $0 == 0 } ?? true)
  }

  private func evaluate(
    _ value: ValueReference, _ test: ElementTest, name: @autoclosure () -> String
  ) -> Truth {
    if let integers = facts.constantIntegers(value) {
      return Truth(integers.allSatisfy { test.accepts(.int($0)) })
    }
    guard let tensor = facts.constant(value) else {
      return .open("the contents of \(name())")
    }
    if let floats = graph.floats(of: tensor) {
      return Truth(floats.allSatisfy { test.accepts(.float($0)) })
    }
    if let texts = graph.texts(of: tensor) {
      return Truth(texts.allSatisfy { test.accepts(.string($0)) })
    }
    return .open("the contents of \(name())")
  }
}
