import Capabilities

/// What has to be known of a node to decide a condition; nodes alike in it have one outcome.
struct Needs: OptionSet {
  let rawValue: Int

  /// Attributes, as the file holds them.
  static let attributes = Needs(rawValue: 1)
  /// Ranks of inputs and outputs.
  static let ranks = Needs(rawValue: 2)
  /// Something that differs from node to node: shapes, contents, scopes, users.
  static let node = Needs(rawValue: 4)

  init(rawValue: Int) { self.rawValue = rawValue }

  /// What a record needs beyond element types and the number of operands.
  init(of record: OperatorRecord) {
    var needs: Needs = record.decidedBy == nil ? [] : .node
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

  private init(of condition: Condition) {
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
    case .isPresent, .elementTypes, .sameElementType: self = []
    case .ranks, .rank: self = .ranks
    case .isConstant, .isUsed, .isStatic, .values, .elementCount, .dimension: self = .node
    }
  }
}

/// What nodes of one operator have in common when they have one outcome.
struct NodeSignature: Hashable {
  let types: UInt64
  let ranks: UInt64
}
