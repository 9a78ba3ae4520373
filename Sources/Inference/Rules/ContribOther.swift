import ModelGraph

/// What else `com.microsoft` holds.
enum ContribOther {
  static func quantize(_ node: inout NodeInference) {
    if node.hasInput(2) { node.setElement(0, node.element(2)) } else { node.setElement(0, .uint8) }
    node.setShape(0, like: 0)
  }

  static func dequantize(_ node: inout NodeInference) {
    node.setElement(0, node.element(1))
    node.setShape(0, like: 0)
  }

  static func hash(_ node: inout NodeInference) {
    node.setElement(0, node.flag(.positive, default: true) ? .uint32 : .int32)
    node.setShape(0, like: 0)
  }

  /// Windows over one axis become a new last dim.
  static func unfold(_ node: inout NodeInference) {
    guard var shape = node.shape(0), let size = node.integer(.size), size > 0,
      let axis = node.axis(.dim, default: -1, rank: shape.count),
      case let step = node.integer(.step, default: 1), step > 0
    else { return }
    let room = node.dims.difference(shape[axis], node.dims.fixed(size))
    shape[axis] = node.dims.sum(node.dims.floorQuotient(room, node.dims.fixed(step)), .one)
    node.setShape(0, shape + [node.dims.fixed(size)])
  }

  /// Both operands come with scale and zero point.
  static func quantizedBroadcast(_ node: inout NodeInference) {
    node.setBroadcastShape(0, of: [0, 3])
  }

  static func quantizedChoice(_ node: inout NodeInference) {
    node.setBroadcastShape(0, of: [0, 1, 4])
  }

  static func integerProduct(_ node: inout NodeInference) {
    node.setBroadcastShape(0, of: [0, 2])
  }

  /// Tensors stand at every third input, after the scale and zero point of the output.
  static func quantizedConcat(_ node: inout NodeInference) {
    guard node.inputCount > 2 else { return }
    node.setElement(0, node.element(1))
    let tensors = stride(from: 2, to: node.inputCount, by: 3)
    Slicing.join(&node, tensors, axis: node.integer(.axis, default: 0))
  }

  /// Half of the last dim gates the other half.
  static func gatedHalf(_ node: inout NodeInference) {
    guard let shape = node.shape(0), let last = shape.last else { return }
    node.setShape(0, shape.dropLast() + [node.dims.floorQuotient(last, node.dims.fixed(2))])
  }

  static func gated(_ node: inout NodeInference) {
    if node.hasInput(1) { node.setShape(0, like: 0) } else { gatedHalf(&node) }
  }

  static func expandDims(_ node: inout NodeInference) {
    guard let shape = node.shape(0) else { return }
    guard let axis = node.constants(1), axis.count == 1,
      let position = node.position(of: axis[0], rank: shape.count + 1)
    else { return node.setRank(0, shape.count + 1) }
    var result = shape
    result.insert(.one, at: position)
    node.setShape(0, result)
  }

  static func distances(_ node: inout NodeInference) {
    node.setShape(0, [node.dim(0, 0), node.dim(1, 0)])
  }

  static func embedding(_ node: inout NodeInference) {
    if let indices = node.shape(1) { node.setShape(0, indices + [node.dim(0, 1)]) }
  }

  static func unique(_ node: inout NodeInference) {
    let count = node.dataDependent()
    node.setShape(0, [count])
    node.setShape(1, like: 0)
    node.setShape(2, [count])
  }

  static func fourier(_ node: inout NodeInference) {
    guard let shape = node.shape(0), let last = shape.last else { return }
    let half = node.dims.floorQuotient(last, node.dims.fixed(2))
    node.setShape(0, shape.dropLast() + [node.dims.sum(half, .one), node.dims.fixed(2)])
  }

  static func inverseFourier(_ node: inout NodeInference) {
    guard let shape = node.shape(0), shape.count >= 2 else { return }
    let bins = node.dims.difference(shape[shape.count - 2], .one)
    node.setShape(0, shape.dropLast(2) + [node.dims.product(bins, node.dims.fixed(2))])
  }

  static func removePadding(_ node: inout NodeInference) {
    guard let shape = node.shape(0), shape.count == 3 else { return }
    node.setShape(0, [node.dataDependent(), shape[2]])
    node.setShape(1, [shape[0], shape[1]])
    node.setShape(2, [node.dims.sum(shape[0], .one)])
    node.setShape(3, [.one])
    for output in 1...3 { node.setElement(output, .int32) }
  }

  static func restorePadding(_ node: inout NodeInference) {
    node.setShape(0, [node.dim(1, 0), node.dim(1, 1), node.dim(0, 1)])
  }

  static func tokenize(_ node: inout NodeInference) {
    if let shape = node.shape(0) { node.setShape(0, shape + [node.dataDependent()]) }
  }

  static func scalar(_ node: inout NodeInference) { node.setScalar(0) }

  static func quantizedReduction(_ node: inout NodeInference) { Reduction.attributeAxes(&node) }
}
