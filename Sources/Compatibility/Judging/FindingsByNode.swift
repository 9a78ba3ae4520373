public import ModelGraph

/// Which findings speak of which nodes, as the tally of a judgement met them.
struct FindingsByNode: Sendable {
  /// Entries of the tally, by kind of node.
  let byKind: [Int: [Int]]
  /// Entries of the tally, of nodes that were judged one by one.
  let byNode: [(node: NodeReference, places: [Int])]
  /// The entry that each finding was made of.
  let entries: [Int]
}

/// Nodes that the same findings speak of.
public struct FindingGroup: Sendable {
  /// Positions in `Judgement.findings`, ascending.
  public let findings: [Int]
  /// The nodes in file order.
  public let nodes: [NodeReference]
}

extension Judgement {
  /// The nodes that findings speak of, in groups with the same findings; the group of the earliest
  /// node comes first.
  ///
  /// - Parameter facts: What was judged.
  /// - Returns: The groups.
  public func findingGroups(in facts: ValueFacts) -> [FindingGroup] {
    var findingOfEntry: [Int: Int] = [:]
    for (finding, entry) in findingsByNode.entries.enumerated() { findingOfEntry[entry] = finding }
    var nodes: [[Int]: [NodeReference]] = [:]
    for (node, places) in findingsByNode.byNode { nodes[places, default: []].append(node) }
    if !findingsByNode.byKind.isEmpty {
      for (index, kind) in facts.kinds.kindOfNode.enumerated() where kind >= 0 {
        guard let places = findingsByNode.byKind[Int(kind)] else { continue }
        nodes[places, default: []].append(NodeReference(index))
      }
    }
    return nodes.map { places, nodes in
      FindingGroup(
        findings: places.compactMap { findingOfEntry[$0] }.sorted(),
        nodes: nodes.sorted { $0.index < $1.index })
    }.sorted { ($0.nodes.first?.index ?? 0) < ($1.nodes.first?.index ?? 0) }
  }
}
