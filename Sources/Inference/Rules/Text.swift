import ModelGraph

/// Operators on strings.
enum Text {
  static func normalize(_ node: inout NodeInference) {
    guard let rank = node.rank(0) else { return }
    let count = node.dataDependent()
    node.setShape(0, rank == 2 ? [.one, count] : [count])
  }

  static func split(_ node: inout NodeInference) {
    node.setShape(1, like: 0)
    if let shape = node.shape(0) { node.setShape(0, shape + [node.dataDependent()]) }
  }

  /// The last dim becomes one place for each n-gram that is counted.
  static func countNgrams(_ node: inout NodeInference) {
    guard let shape = node.shape(0), let highest = node.integers(.ngramIndexes)?.max() else {
      return
    }
    let (count, overflow) = highest.addingReportingOverflow(1)
    guard !overflow else { return }
    node.setShape(0, shape.dropLast() + [node.dims.fixed(count)])
  }
}
