import Compatibility

/// One opset for several stacks: the one that most of them take the model in.
public struct SharedOpset: Sendable {
  /// The model's own opset.
  public let current: Int64
  /// The opset; nil when no stack takes the whole model in any.
  public let opset: Int64?
  /// Targets that take the whole model there, one a stack.
  public let served: [String]
  /// The other stacks' targets.
  public let others: [String]

  /// Finds the opset among the best front doors of each stack that take ONNX.
  init?(_ rows: [Comparison.Row]) {
    var seen: Set<String> = []
    let zones = rows.compactMap { row in
      row.target.profile?.opsets.map { (row: row, zone: $0) }
    }.filter { seen.insert($0.row.stack).inserted }
    guard let current = zones.first?.zone.current else { return nil }
    self.current = current
    let whole = zones.filter(\.zone.never.isEmpty)
    let counts = whole.flatMap(\.zone.opsets).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    // The most stacks, then the fewest steps, then the newer opset.
    let best = counts.max { left, right in
      (left.value, -abs(left.key - current), left.key)
        < (right.value, -abs(right.key - current), right.key)
    }?.key
    opset = best
    func names(_ isServed: Bool) -> [String] {
      zones.filter { entry in
        let takes = best.map(entry.zone.opsets.contains) ?? false
        return (takes && entry.zone.never.isEmpty) == isServed
      }.map(\.row.target.target).sorted()
    }
    served = names(true)
    others = names(false)
  }
}
