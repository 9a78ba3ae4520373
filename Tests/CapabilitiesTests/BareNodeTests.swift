import ModelGraph
import OperatorCatalogue
import Testing
import TestSupport

@testable import Capabilities

/// Guards the limits against being broken by what a node does not say.
///
/// A node that gives no optional attribute must pass every limit on attributes, unless the limit
/// demands that one be written. The operators where that is so are listed by hand.
@Suite struct BareNodeTests {
  @Test(arguments: [
    ("ascend-cann/atc", ["Col2Im", "Constant", "Conv", "ConvTranspose", "Resize", "Transpose"]),
    ("moorethreads-musa/onnxruntime", ["Attention"]),
    ("ascend-cann/onnxruntime", []),
    ("onnxruntime/cpu", []),
  ])
  func aNodeWithoutOptionalAttributesBreaks(name: String, expected: [String]) throws {
    let door = try RuleFolder.frontDoor(name)
    let catalogue = shippedCatalogue
    var broken: Set<String> = []
    for record in door.records where record.status == .supported {
      for schema in catalogue.versions(domain: record.domain, name: record.name) {
        let last = Int64(schema.until ?? 28)
        let opsets = Int64(schema.since)...max(Int64(schema.since), last)
        for opset in opsets
        where record.versions.matches(
          opset: opset, sinceVersion: Int64(schema.since), by: door.matching) == true
        {
          let node = BareNode(schema: schema, opset: opset)
          for limit in record.limits where node.breaks(limit) { broken.insert(record.name) }
        }
      }
    }
    #expect(broken.sorted() == expected.sorted())
  }
}

/// A node that gives required attributes, whose values are open, and nothing else.
private struct BareNode {
  let schema: OperatorSchema
  let opset: Int64

  func breaks(_ limit: Limit) -> Bool {
    guard !limit.check.attributeNames.isEmpty else { return false }
    if let when = limit.when, evaluate(when) == false { return false }
    return evaluate(limit.check) == false
  }

  /// Whether a condition holds; nil when it depends on inputs or on values that must be given.
  private func evaluate(_ condition: Condition) -> Bool? {
    switch condition {
    case .attribute(let name, let test): evaluate(name, test)
    case .opset(let range): range.contains(opset)
    case .sinceVersion(let range): range.contains(Int64(schema.since))
    case .not(let part): evaluate(part).map { !$0 }
    case .all(let parts): all(parts.map(evaluate))
    case .any(let parts): all(parts.map { evaluate($0).map { !$0 } }).map { !$0 }
    case .input, .output, .inputCount, .outputCount, .inSubgraph, .undecidable: nil
    }
  }

  private func all(_ parts: [Bool?]) -> Bool? {
    if parts.contains(false) { return false }
    return parts.contains(nil) ? nil : true
  }

  private func evaluate(_ name: String, _ test: AttributeTest) -> Bool? {
    let attribute = schema.attribute(name)
    if attribute?.isRequired == true {
      if case .isPresent(let expected) = test { return expected }
      return nil
    }
    if case .isPresent(let expected) = test { return !expected }
    guard let value = attribute?.defaultValue else { return passesWithoutValue(test) }
    return accepts(value, test)
  }

  private func passesWithoutValue(_ test: AttributeTest) -> Bool {
    switch test {
    case .equals, .isOneOf: false
    default: true
    }
  }

  private func accepts(_ value: AttributeDefault, _ test: AttributeTest) -> Bool? {
    switch (value, test) {
    case (.int(let value), .equals(.int(let other))): value == other
    case (.string(let value), .equals(.string(let other))): value == other
    case (.int(let value), .isOneOf(let others)): others.contains(.int(value))
    case (.string(let value), .isOneOf(let others)): others.contains(.string(value))
    case (.int(let value), .range(let range)): range.contains(Double(value))
    case (.float(let value), .range(let range)): range.contains(value)
    default: nil
    }
  }
}
