import ModelGraph

/// Operators that rearrange dims and keep, repeat or reverse the elements.
enum Movement {
  static func transpose(_ node: inout NodeInference) {
    guard let shape = node.shape(0) else {
      if let count = node.count(.perm) { node.setRank(0, count) }
      return
    }
    guard let permutation = node.integers(.perm) else { return node.setShape(0, shape.reversed()) }
    guard permutation.count == shape.count,
      permutation.allSatisfy({ $0 >= 0 && $0 < Int64(shape.count) })
    else { return node.contradict("a permutation that does not fit rank \(shape.count)") }
    node.setShape(0, permutation.map { shape[Int($0)] })
  }

  static func flatten(_ node: inout NodeInference) {
    guard let shape = node.shape(0) else { return node.setRank(0, 2) }
    let axis = node.integer(.axis, default: 1)
    let rank = Int64(shape.count)
    let position = axis < 0 ? axis + rank : axis
    guard position >= 0, position <= rank else {
      return node.contradict("axis \(axis) is outside a tensor of rank \(rank)")
    }
    let rows = node.dims.product(of: shape.prefix(Int(position)))
    let columns = node.dims.product(of: shape.dropFirst(Int(position)))
    node.setShape(0, [rows, columns])
  }

  // MARK: Reshape

  static func reshapeByAttribute(_ node: inout NodeInference) {
    guard let target = node.integers(.shape) else { return }
    reshape(&node, to: target.map { node.dims.fixed($0) }, keepsZeros: false)
  }

  static func reshape(_ node: inout NodeInference) {
    if let target = node.integers(1) {
      reshape(&node, to: target, keepsZeros: node.flag(.allowZero))
    } else if let rank = node.extent(node.dim(1, 0)) {
      node.setRank(0, Int(clamping: rank))
    }
    node.setIntegers(0, node.mayHaveIntegers(0) ? node.integers(0) : nil)
  }

  private static func reshape(_ node: inout NodeInference, to target: [Dim], keepsZeros: Bool) {
    let minusOne = node.dims.fixed(-1)
    let input = node.shape(0)
    var left = input
    var shape: [Dim] = []
    var open: [Int] = []
    for (axis, dim) in target.enumerated() {
      if dim == minusOne {
        open.append(axis)
        shape.append(.unknown)
      } else if dim == .zero, !keepsZeros {
        let copied = node.dim(0, axis)
        shape.append(copied)
        // What is copied cancels, known or not.
        if let input, axis < input.count { left?[axis] = .one }
      } else {
        if dim.isUnknown { open.append(axis) }
        shape.append(dim)
      }
    }
    if open.count == 1, let left {
      let copies = target.map { $0 == .zero && !keepsZeros }
      let others = shape.indices.filter { $0 != open[0] && !copies[$0] }.map { shape[$0] }
      shape[open[0]] = rest(&node, of: left, over: others)
    } else if open.isEmpty, let input {
      check(&node, input, shape)
    }
    node.setShape(0, shape)
  }

  /// The extent that is left when `dims` are divided by `others`.
  private static func rest(_ node: inout NodeInference, of dims: [Dim], over others: [Dim]) -> Dim {
    var dividends = dims
    var divisors: [Dim] = []
    for dim in others {
      if let position = dividends.firstIndex(of: dim), !dim.isUnknown {
        dividends.remove(at: position)
      } else {
        divisors.append(dim)
      }
    }
    let total = node.dims.product(of: dividends)
    let known = node.dims.product(of: divisors)
    if known == .zero { return .unknown }
    if let total = node.extent(total), let known = node.extent(known), total % known != 0 {
      node.contradict("\(total) elements cannot be laid out in rows of \(known)")
      return .unknown
    }
    return node.dims.floorQuotient(total, known)
  }

  private static func check(_ node: inout NodeInference, _ input: [Dim], _ output: [Dim]) {
    guard let before = node.extent(node.dims.product(of: input)),
      let after = node.extent(node.dims.product(of: output)), before != after
    else { return }
    node.contradict("\(before) elements cannot be laid out as \(after)")
  }

  // MARK: Squeeze and Unsqueeze

  static func squeezeByAttribute(_ node: inout NodeInference) {
    squeeze(&node, node.integers(.axes), isGiven: true)
  }

  static func squeeze(_ node: inout NodeInference) {
    squeeze(&node, node.constants(1), isGiven: !node.hasInput(1) || node.constants(1) != nil)
  }

  private static func squeeze(_ node: inout NodeInference, _ axes: [Int64]?, isGiven: Bool) {
    defer { node.setIntegers(0, node.mayHaveIntegers(0) ? node.integers(0) : nil) }
    guard let shape = node.shape(0) else { return }
    guard isGiven else {
      guard let count = node.extent(node.dim(1, 0)) else { return }
      return node.setRank(0, shape.count - Int(clamping: count))
    }
    guard let axes else { return squeezeOnes(&node, shape) }
    var isRemoved = Array(repeating: false, count: shape.count)
    for axis in axes {
      guard let position = node.position(of: axis, rank: shape.count) else {
        return node.contradict("axis \(axis) is outside a tensor of rank \(shape.count)")
      }
      isRemoved[position] = true
      if let extent = node.extent(shape[position]), extent != 1 {
        node.contradict("axis \(axis) of extent \(extent) cannot be squeezed")
      }
    }
    node.setShape(0, shape.indices.filter { !isRemoved[$0] }.map { shape[$0] })
  }

  /// Without axes all dims of 1 go; that is known only when every dim is.
  private static func squeezeOnes(_ node: inout NodeInference, _ shape: [Dim]) {
    guard shape.allSatisfy({ node.extent($0) != nil }) else { return }
    node.setShape(0, shape.filter { $0 != .one })
  }

  static func unsqueezeByAttribute(_ node: inout NodeInference) {
    unsqueeze(&node, node.integers(.axes))
  }

  static func unsqueeze(_ node: inout NodeInference) { unsqueeze(&node, node.constants(1)) }

  private static func unsqueeze(_ node: inout NodeInference, _ axes: [Int64]?) {
    defer { node.setIntegers(0, node.mayHaveIntegers(0) ? node.integers(0) : nil) }
    guard let shape = node.shape(0) else { return }
    guard let axes else {
      guard let count = node.extent(node.dim(1, 0)) else { return }
      return node.setRank(0, shape.count + Int(clamping: min(count, 4096)))
    }
    let rank = shape.count + axes.count
    guard rank <= NodeInference.highestRank else { return }
    var isAdded = Array(repeating: false, count: rank)
    for axis in axes {
      guard let position = node.position(of: axis, rank: rank), !isAdded[position] else {
        return node.contradict("axis \(axis) cannot be added to rank \(shape.count)")
      }
      isAdded[position] = true
    }
    var old = shape.makeIterator()
    node.setShape(0, isAdded.map { $0 ? .one : old.next() ?? .unknown })
  }

  // MARK: Repetition

  static func expand(_ node: inout NodeInference) {
    guard let shape = node.shape(0) else { return }
    guard let target = node.integers(1) else {
      guard let count = node.extent(node.dim(1, 0)), count <= Int64(NodeInference.highestRank)
      else { return }
      let unknown = Array(repeating: Dim.unknown, count: Int(count))
      return node.setShape(0, node.broadcast(shape, unknown))
    }
    node.setShape(0, node.broadcast(shape, target))
    guard node.mayHaveIntegers(0), let values = node.integers(0), values.count == 1,
      let count = node.integerCount(of: node.outputs[0])
    else { return }
    node.setIntegers(0, Array(repeating: values[0], count: count))
  }

  static func tile(_ node: inout NodeInference) {
    guard let shape = node.shape(0) else { return }
    guard let repeats = node.integers(1), repeats.count == shape.count else {
      return node.setRank(0, shape.count)
    }
    node.setShape(0, zip(shape, repeats).map { node.dims.product($0, $1) })
  }

  /// The first version repeats along one axis that an input names.
  static func tileAlongAxis(_ node: inout NodeInference) {
    guard var shape = node.shape(0) else { return }
    guard let tiles = node.scalar(1), let axis = node.constants(2), axis.count == 1,
      let position = node.position(of: axis[0], rank: shape.count)
    else { return node.setRank(0, shape.count) }
    shape[position] = node.dims.product(shape[position], tiles)
    node.setShape(0, shape)
  }

  // MARK: Depth and space

  static func depthToSpace(_ node: inout NodeInference) { rearrange(&node, isDeepening: false) }

  static func spaceToDepth(_ node: inout NodeInference) { rearrange(&node, isDeepening: true) }

  private static func rearrange(_ node: inout NodeInference, isDeepening: Bool) {
    guard let shape = node.shape(0), shape.count == 4 else { return node.setRank(0, 4) }
    guard let size = node.integer(.blocksize), size > 0 else { return node.setRank(0, 4) }
    let block = node.dims.fixed(size)
    let area = node.dims.product(block, block)
    if isDeepening {
      node.setShape(
        0,
        [
          shape[0], node.dims.product(shape[1], area), node.dims.floorQuotient(shape[2], block),
          node.dims.floorQuotient(shape[3], block),
        ])
    } else {
      node.setShape(
        0,
        [
          shape[0], node.dims.floorQuotient(shape[1], area), node.dims.product(shape[2], block),
          node.dims.product(shape[3], block),
        ])
    }
  }
}
