import Capabilities

/// What has to be known of a node to decide a condition, beyond the types and ranks of its operands.
struct Needs: OptionSet {
  let rawValue: Int

  /// Attributes, as the file holds them.
  static let attributes = Needs(rawValue: 1)
  /// Something that differs from node to node: shapes, contents, scopes, users.
  static let node = Needs(rawValue: 2)

  init(rawValue: Int) { self.rawValue = rawValue }

  /// What a record needs.
  init(of record: OperatorRecord) {
    var needs: Needs = []
    for limit in record.limits {
      needs.formUnion(Needs(of: limit.check))
      if let condition = limit.when { needs.formUnion(Needs(of: condition)) }
    }
    for ignored in record.ignores {
      needs.insert(.attributes)
      if let condition = ignored.when { needs.formUnion(Needs(of: condition)) }
    }
    self = needs
  }

  /// What a condition needs.
  init(of condition: Condition) {
    switch condition {
    case .attribute: self = .attributes
    case .input(_, let test), .output(_, let test): self = Needs(of: test)
    case .inputCount, .outputCount, .opset, .sinceVersion, .undecidable: self = []
    case .inSubgraph: self = .node
    case .all(let parts), .any(let parts):
      self = parts.reduce(into: []) { $0.formUnion(Needs(of: $1)) }
    case .not(let part): self = Needs(of: part)
    }
  }

  private init(of test: OperandTest) {
    switch test {
    case .isPresent, .elementTypes, .sameElementType, .ranks, .rank: self = []
    case .isConstant, .isUsed, .isStatic, .values, .elementCount, .dimension: self = .node
    }
  }
}
