import ModelGraph

/// Operators that cut tensors apart, join them, or change their margins.
enum Slicing {
  // MARK: Concat

  static func concatenate(_ node: inout NodeInference) {
    let fallback: Int64 = node.version < 4 ? 1 : 0
    join(&node, 0..<node.inputCount, axis: node.integer(.axis, default: fallback))
    guard node.rank(0) == 1, (0..<node.inputCount).contains(where: { node.mayHaveIntegers($0) })
    else { return }
    setJoinedIntegers(&node)
  }

  static func join(_ node: inout NodeInference, _ inputs: some Sequence<Int>, axis: Int64) {
    var shape: [Dim]?
    var isComplete = true
    for index in inputs {
      guard let next = node.shape(index) else {
        isComplete = false
        continue
      }
      guard let current = shape else {
        shape = next
        continue
      }
      guard current.count == next.count,
        let position = node.position(of: axis, rank: next.count)
      else { return node.contradict("tensors of rank \(current.count) and \(next.count) joined") }
      shape = next.indices.map {
        $0 == position
          ? node.dims.sum(current[$0], next[$0]) : node.unified(current[$0], next[$0])
      }
    }
    guard var result = shape, let position = node.position(of: axis, rank: result.count) else {
      return
    }
    if !isComplete { result[position] = .unknown }
    node.setShape(0, result)
  }

  private static func setJoinedIntegers(_ node: inout NodeInference) {
    var joined: [Dim] = []
    for index in 0..<node.inputCount {
      if node.mayHaveIntegers(index), let values = node.integers(index) {
        joined += values
      } else if let count = node.extent(node.dim(index, 0)),
        count <= Int64(NodeInference.longestIntegers)
      {
        joined += Array(repeating: .unknown, count: Int(count))
      } else {
        return
      }
      if joined.count > NodeInference.longestIntegers { return }
    }
    node.setIntegers(0, joined)
  }

  // MARK: Split

  static func splitByAttribute(_ node: inout NodeInference) {
    split(&node, node.integers(.split).map { sizes in sizes.map { node.dims.fixed($0) } })
  }

  static func split(_ node: inout NodeInference) {
    guard node.hasInput(1) else { return split(&node, nil) }
    let unknown = Array(repeating: Dim.unknown, count: node.outputCount)
    split(&node, node.integers(1) ?? unknown)
  }

  private static func split(_ node: inout NodeInference, _ sizes: [Dim]?) {
    guard let shape = node.shape(0) else { return }
    guard let axis = node.axis(.axis, default: 0, rank: shape.count) else {
      return node.contradict("an axis outside a tensor of rank \(shape.count)")
    }
    let sizes = sizes ?? evenSizes(&node, of: shape[axis])
    for output in 0..<min(sizes.count, node.outputCount) {
      var part = shape
      part[axis] = sizes[output]
      node.setShape(output, part)
    }
    setSplitIntegers(&node, sizes, shape)
  }

  private static func evenSizes(_ node: inout NodeInference, of dim: Dim) -> [Dim] {
    let count = node.integer(.numberOfOutputs) ?? Int64(node.outputCount)
    guard count > 0, count <= 1 << 20 else { return [] }
    let number = node.dims.fixed(count)
    if node.version < 18 || count == 1 {
      let part = node.dims.floorQuotient(dim, number)
      return Array(repeating: part, count: Int(count))
    }
    let part = node.dims.ceilingQuotient(dim, number)
    let last = node.dims.difference(dim, node.dims.product(part, node.dims.fixed(count - 1)))
    return Array(repeating: part, count: Int(count) - 1) + [last]
  }

  private static func setSplitIntegers(
    _ node: inout NodeInference, _ sizes: [Dim], _ shape: [Dim]
  ) {
    guard shape.count == 1, node.mayHaveIntegers(0), let values = node.integers(0) else { return }
    var start = 0
    for (output, size) in sizes.prefix(node.outputCount).enumerated() {
      guard let count = node.extent(size), count >= 0, count <= Int64(values.count - start) else {
        return
      }
      node.setIntegers(output, Array(values[start..<start + Int(count)]))
      start += Int(count)
    }
  }

  // MARK: Pad

  static func padByAttribute(_ node: inout NodeInference) {
    let pads = node.integers(.pads) ?? node.integers(.paddings)
    pad(&node, pads.map { pads in pads.map { node.dims.fixed($0) } }, axes: nil)
  }

  static func pad(_ node: inout NodeInference) {
    if node.hasInput(3) {
      guard let axes = node.constants(3) else { return setUnknownPads(&node) }
      return pad(&node, node.integers(1), axes: axes)
    }
    pad(&node, node.integers(1), axes: nil)
  }

  private static func setUnknownPads(_ node: inout NodeInference) {
    if let rank = node.rank(0) { node.setRank(0, rank) }
  }

  private static func pad(_ node: inout NodeInference, _ pads: [Dim]?, axes: [Int64]?) {
    guard var shape = node.shape(0) else { return }
    let axes = axes ?? shape.indices.map { Int64($0) }
    guard let pads, pads.count == 2 * axes.count else { return setUnknownPads(&node) }
    for (index, axis) in axes.enumerated() {
      guard let position = node.position(of: axis, rank: shape.count) else {
        return node.contradict("axis \(axis) is outside a tensor of rank \(shape.count)")
      }
      let begun = node.dims.sum(shape[position], pads[index])
      shape[position] = node.dims.sum(begun, pads[index + axes.count])
    }
    node.setShape(0, shape)
  }

  static func centerCropPad(_ node: inout NodeInference) {
    guard var shape = node.shape(0) else { return }
    let axes = node.integers(.axes) ?? shape.indices.map { Int64($0) }
    let targets = node.integers(1) ?? Array(repeating: .unknown, count: axes.count)
    guard targets.count == axes.count else { return }
    for (axis, target) in zip(axes, targets) {
      guard let position = node.position(of: axis, rank: shape.count) else { return }
      shape[position] = target
    }
    node.setShape(0, shape)
  }
}
