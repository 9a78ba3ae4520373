import ModelGraph

/// Pooling operators.
enum Pooling {
  /// Average, maximum and Lp pooling; MaxPool's second output has the shape of the first.
  static func window(_ node: inout NodeInference) {
    guard let input = node.shape(0), input.count >= 2 else { return }
    let spatial = Array(input.dropFirst(2))
    let shape = Array(input.prefix(2)) + extents(&node, spatial)
    node.setShape(0, shape)
    if node.outputCount > 1 { node.setShape(1, shape) }
  }

  static func extents(_ node: inout NodeInference, _ spatial: [Dim]) -> [Dim] {
    let unknown = Array(repeating: Dim.unknown, count: spatial.count)
    guard let kernel = node.integers(.kernelShape), kernel.count == spatial.count else {
      return unknown
    }
    guard let windows = node.windows(kernel.map { node.dims.fixed($0) }) else { return unknown }
    let autoPad = AutoPad(node.text(.autoPad))
    let roundsUp = node.flag(.ceilMode)
    return zip(spatial, windows).map {
      node.positions(of: $1, on: $0, autoPad, roundsUp: roundsUp)
    }
  }

  static func global(_ node: inout NodeInference) {
    guard let input = node.shape(0), input.count >= 2 else { return }
    node.setShape(0, input.prefix(2) + Array(repeating: .one, count: input.count - 2))
  }

  static func maximumUnpool(_ node: inout NodeInference) {
    if node.hasInput(2) {
      if let shape = node.integers(2) {
        node.setShape(0, shape)
      } else if let rank = node.extent(node.dim(2, 0)) ?? node.rank(0).map(Int64.init) {
        node.setRank(0, Int(clamping: rank))
      }
      return
    }
    guard let input = node.shape(0), input.count >= 2,
      let kernel = node.integers(.kernelShape), kernel.count == input.count - 2
    else { return }
    let extents = Convolution.transposedExtents(
      &node, Array(input.dropFirst(2)), kernel.map { node.dims.fixed($0) })
    node.setShape(0, input.prefix(2) + extents)
  }

  static func maximumOfRegions(_ node: inout NodeInference) {
    let pooled = node.integers(.pooledShape) ?? []
    guard pooled.count == 2 else { return node.setRank(0, 4) }
    node.setShape(
      0, [node.dim(1, 0), node.dim(0, 1), node.dims.fixed(pooled[0]), node.dims.fixed(pooled[1])])
  }

  static func alignedRegions(_ node: inout NodeInference) {
    let height = node.dims.fixed(node.integer(.outputHeight, default: 1))
    let width = node.dims.fixed(node.integer(.outputWidth, default: 1))
    let regions = node.unified(node.dim(1, 0), node.dim(2, 0))
    node.setShape(0, [regions, node.dim(0, 1), height, width])
  }
}
