import ModelGraph

/// Resize and Upsample.
enum Resizing {
  /// Scales as an attribute.
  static func upsampleByAttribute(_ node: inout NodeInference) {
    scale(&node, node.numbers(.scales).map { scales in scales.map { Double($0) } })
  }

  /// The first version scales the last two dims by attributes of their own.
  static func upsampleImage(_ node: inout NodeInference) {
    guard let rank = node.rank(0), rank >= 2, let width = node.number(.widthScale),
      let height = node.number(.heightScale)
    else { return }
    let ones = Array(repeating: 1.0, count: rank - 2)
    scale(&node, ones + [Double(height), Double(width)])
  }

  static func upsample(_ node: inout NodeInference) { scale(&node, node.floats(1)) }

  /// Scales at input 2 or sizes at input 3, for all axes or those that an attribute lists.
  static func resize(_ node: inout NodeInference) {
    guard let rank = node.rank(0) else { return setRankOfTarget(&node) }
    guard let axes = axes(&node, rank) else { return node.setRank(0, rank) }
    if let sizes = node.mayHaveIntegers(3) ? node.integers(3) : nil, sizes.count == axes.count {
      return setSizes(&node, sizes, axes)
    }
    guard node.hasInput(2), let factors = node.floats(2), factors.count == axes.count else {
      return keepOtherAxes(&node, axes)
    }
    var scales = Array(repeating: 1.0, count: rank)
    for (axis, factor) in zip(axes, factors) { scales[axis] = factor }
    scale(&node, scales)
  }

  private static func axes(_ node: inout NodeInference, _ rank: Int) -> [Int]? {
    guard let axes = node.integers(.axes) else { return Array(0..<rank) }
    let positions = axes.compactMap { node.position(of: $0, rank: rank) }
    return positions.count == axes.count ? positions : nil
  }

  private static func setRankOfTarget(_ node: inout NodeInference) {
    guard node.attribute(.axes) == nil else { return }
    for input in [3, 2] {
      guard let count = node.extent(node.dim(input, 0)), count > 0 else { continue }
      return node.setRank(0, Int(clamping: count))
    }
  }

  private static func keepOtherAxes(_ node: inout NodeInference, _ axes: [Int]) {
    guard var shape = node.shape(0) else { return }
    for axis in axes { shape[axis] = .unknown }
    node.setShape(0, shape)
  }

  private static func setSizes(_ node: inout NodeInference, _ sizes: [Dim], _ axes: [Int]) {
    guard var shape = node.shape(0) else { return }
    let policy = node.text(.keepAspectRatio) ?? "stretch"
    if policy == "stretch" {
      for (axis, size) in zip(axes, sizes) { shape[axis] = node.dims.truncated(size) }
      return node.setShape(0, shape)
    }
    var factors: [Double] = []
    for (axis, size) in zip(axes, sizes) {
      guard let before = node.extent(shape[axis]), before > 0, let after = node.extent(size) else {
        return keepOtherAxes(&node, axes)
      }
      factors.append(Double(after) / Double(before))
    }
    guard let factor = policy == "not_larger" ? factors.min() : factors.max() else { return }
    for axis in axes {
      let size = Double(node.extent(shape[axis]) ?? 0) * factor
      shape[axis] = node.dims.real((size + 0.5).rounded(.down))
    }
    node.setShape(0, shape)
  }

  /// Multiplies each extent by its scale and rounds down, in single precision like runtimes do.
  private static func scale(_ node: inout NodeInference, _ scales: [Double]?) {
    guard let shape = node.shape(0) else {
      if let scales { node.setRank(0, scales.count) }
      return
    }
    guard let scales, scales.count == shape.count else { return node.setRank(0, shape.count) }
    let result = zip(shape, scales).map { dim, scale -> Dim in
      if let extent = node.extent(dim) {
        return node.dims.real(Double((Float(extent) * Float(scale)).rounded(.down)))
      }
      return node.dims.floorOfProduct(dim, scale)
    }
    node.setShape(0, result)
  }
}
