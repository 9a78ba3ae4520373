import ModelGraph

/// Operators that reduce along axes.
enum Reduction {
  /// The axes are an attribute.
  static func attributeAxes(_ node: inout NodeInference) {
    reduce(&node, axes: node.integers(.axes) ?? [], isGiven: true)
  }

  /// The axes are an input.
  static func inputAxes(_ node: inout NodeInference) {
    guard node.hasInput(1) else { return reduce(&node, axes: [], isGiven: true) }
    if let axes = node.constants(1) { return reduce(&node, axes: axes, isGiven: true) }
    reduce(&node, axes: [], isGiven: false)
  }

  /// The product of known elements is known, as in the size of a shape.
  static func product(_ node: inout NodeInference) {
    inputAxes(&node)
    setProduct(&node)
  }

  static func productByAttribute(_ node: inout NodeInference) {
    attributeAxes(&node)
    setProduct(&node)
  }

  private static func setProduct(_ node: inout NodeInference) {
    guard node.mayHaveIntegers(0), node.rank(0) == 1, let values = node.integers(0) else { return }
    node.setIntegers(0, [node.dims.product(of: values)])
  }

  /// ArgMax and ArgMin: one axis.
  static func argument(_ node: inout NodeInference) {
    reduce(&node, axes: [node.integer(.axis, default: 0)], isGiven: true)
  }

  private static func reduce(_ node: inout NodeInference, axes: [Int64], isGiven: Bool) {
    let keeps = node.flag(.keepDims, default: true)
    guard let shape = node.shape(0) else { return }
    guard isGiven else { return reduceUnknownAxes(&node, shape, keeps) }
    if axes.isEmpty, node.flag(.noopWithEmptyAxes) { return node.setShape(0, like: 0) }
    var isReduced = Array(repeating: axes.isEmpty, count: shape.count)
    for axis in axes {
      guard let position = node.position(of: axis, rank: shape.count) else {
        return node.contradict("axis \(axis) is outside a tensor of rank \(shape.count)")
      }
      isReduced[position] = true
    }
    var result: [Dim] = []
    for (dim, isReduced) in zip(shape, isReduced) {
      if !isReduced { result.append(dim) } else if keeps { result.append(.one) }
    }
    node.setShape(0, result)
  }

  private static func reduceUnknownAxes(
    _ node: inout NodeInference, _ shape: [Dim], _ keeps: Bool
  ) {
    if keeps {
      node.setShape(0, shape.map { $0 == .one ? .one : .unknown })
    } else if let count = node.extent(node.dim(1, 0)), count <= Int64(shape.count), count > 0 {
      node.setRank(0, shape.count - Int(count))
    }
  }
}
