import ModelGraph

/// Nodes that are alike in operator, attributes, operand types and ranks, grouped once for all front doors.
struct NodeKinds: Sendable {
  /// A group of alike nodes.
  struct Kind: Sendable {
    /// The first of them.
    let representative: NodeReference
    /// Number of the operator among those of the graphs and of each function, from 0.
    let slot: Int
    /// Whether the nodes may still differ in their attributes.
    let hasOwnAttributes: Bool
    /// Whether types and ranks of all operands went into the grouping.
    let isExact: Bool
    var count = 0
    /// The first few, in file order.
    var firstNodes: [NodeReference] = []
  }

  private(set) var kinds: [Kind] = []
  /// Number of slots.
  private(set) var slotCount = 0
  /// The kind of each node; −1 for nodes that are not judged.
  private(set) var kindOfNode: [Int32] = []

  private struct Key: Hashable {
    /// Function and operator in one number.
    let pair: Int
    let types: UInt64
    let ranks: UInt64
    /// The class of equal attributes, or what `AttributeClasses` gives to all others.
    let attributes: Int32
  }

  init(_ facts: borrowing NodeFacts, in graph: ModelGraph) {
    let environments = graph.environments
    var classes = AttributeClasses()
    let isTraining = graph.scopes.map { if case .training = $0.kind { true } else { false } }
    var known: [Key: Int32] = [:]
    // A table of all functions by all operators could be enormous; few of the pairs occur.
    var slots: [Int: Int] = [:]
    // Most nodes are like the one of their operator before them.
    var last: [(key: Key, kind: Int32)?] = Array(repeating: nil, count: graph.operators.count)
    kindOfNode.reserveCapacity(graph.nodes.count)
    for index in graph.nodes.indices {
      let node = graph.nodes[index]
      guard !isTraining[node.scope.index] else {
        kindOfNode.append(-1)
        continue
      }
      let pair = environments[node.scope.index] * graph.operators.count + node.operation.index
      let (types, ranks, isExact) = facts.signature(of: node, in: graph)
      let key = Key(
        pair: pair, types: types, ranks: ranks, attributes: classes.place(of: node, in: graph))
      let kind: Int32
      if let before = last[node.operation.index], before.key == key {
        kind = before.kind
      } else if let found = known[key] {
        kind = found
      } else {
        kind = Int32(kinds.count)
        let slot = slots[pair] ?? slots.count
        slots[pair] = slot
        known[key] = kind
        kinds.append(
          Kind(
            representative: NodeReference(index), slot: slot,
            hasOwnAttributes: key.attributes == AttributeClasses.others, isExact: isExact))
      }
      last[node.operation.index] = (key, kind)
      kindOfNode.append(kind)
      kinds[Int(kind)].count += 1
      if kinds[Int(kind)].firstNodes.count < Finding.namedNodes {
        kinds[Int(kind)].firstNodes.append(NodeReference(index))
      }
    }
    slotCount = slots.count
  }
}

/// One byte each for the type and the rank of every value.
struct NodeFacts {
  let typeCodes: [UInt8]
  let rankCodes: [UInt8]

  /// Types and ranks of a node's operands in two words; not exact when they do not fit.
  func signature(
    of node: Node, in graph: ModelGraph
  ) -> (types: UInt64, ranks: UInt64, isExact: Bool) {
    guard node.operands.count <= 7 else { return (0, 0, false) }
    // The number of inputs comes first, so that inputs are not taken for outputs.
    var types = UInt64(node.inputCount)
    var ranks: UInt64 = 0
    for position in node.operands.range {
      let operand = graph.operands[position]
      let type = operand.isNone ? Self.omitted : typeCodes[operand.index]
      guard type != Self.noTensor else { return (0, 0, false) }
      types = types << 8 | UInt64(type)
      ranks = ranks << 8 | UInt64(operand.isNone ? 0 : rankCodes[operand.index])
    }
    return (types, ranks, true)
  }

  /// Type code of an operand that is left out.
  static let omitted: UInt8 = 0xFF
  /// Type code of sequences, maps and the like.
  static let noTensor: UInt8 = 0xFE
}
