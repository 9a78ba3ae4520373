import ModelGraph

/// Convolution, pooling and resampling of the contributed domains, channels last in part.
enum ContribImage {
  static func convolutionChannelsLast(_ node: inout NodeInference) {
    convolve(&node, weight: 1)
  }

  static func quantizedConvolution(_ node: inout NodeInference) {
    node.setElement(0, node.element(7))
    if node.flag(.channelsLast) { convolve(&node, weight: 3) } else { Convolution.quantized(&node) }
  }

  private static func convolve(_ node: inout NodeInference, weight: Int) {
    guard let input = node.shape(0), input.count >= 3 else { return }
    let spatial = Array(input[1..<(input.count - 1)])
    var kernels = Array(repeating: Dim.unknown, count: spatial.count)
    if let kernel = node.integers(.kernelShape), kernel.count == spatial.count {
      kernels = kernel.map { node.dims.fixed($0) }
    }
    let extents = Convolution.positions(&node, spatial, kernels)
    node.setShape(0, [input[0]] + extents + [node.dim(weight, 0)])
  }

  static func poolChannelsLast(_ node: inout NodeInference) {
    guard let input = node.shape(0), input.count >= 3 else { return }
    let spatial = Array(input[1..<(input.count - 1)])
    let shape = [input[0]] + Pooling.extents(&node, spatial) + [input[input.count - 1]]
    node.setShape(0, shape)
    if node.outputCount > 1 { node.setShape(1, shape) }
  }

  static func globalPoolChannelsLast(_ node: inout NodeInference) {
    guard let input = node.shape(0), input.count >= 3 else { return }
    let ones = Array(repeating: Dim.one, count: input.count - 2)
    node.setShape(0, [input[0]] + ones + [input[input.count - 1]])
  }

  static func quantizedPool(_ node: inout NodeInference) {
    if node.flag(.channelsLast) { poolChannelsLast(&node) } else { Pooling.window(&node) }
  }

  static func quantizedGlobalPool(_ node: inout NodeInference) {
    if node.flag(.channelsLast) { globalPoolChannelsLast(&node) } else { Pooling.global(&node) }
  }

  static func gridSample(_ node: inout NodeInference) {
    node.setElement(0, node.element(0))
    Selection.gridSample(&node)
  }

  /// Padding may come as an input: twice as many numbers as spatial axes.
  static func transposedWithPads(_ node: inout NodeInference) {
    Convolution.transposed(&node)
    guard node.hasInput(2), var shape = node.shape(of: node.outputs[0]) else { return }
    let pads = node.integers(2) ?? []
    let count = shape.count - 2
    for axis in 0..<count {
      var extent = shape[axis + 2]
      for pad in [axis, axis + count] {
        extent = pads.count == 2 * count ? node.dims.difference(extent, pads[pad]) : .unknown
      }
      shape[axis + 2] = extent
    }
    node.setShape(0, shape)
  }

  static func cropAndResize(_ node: inout NodeInference) {
    let size = node.integers(3) ?? [.unknown, .unknown]
    guard size.count == 2 else { return }
    node.setShape(0, [node.dim(1, 0), node.dim(0, 1)] + size)
  }

  static func upsampleBlocked(_ node: inout NodeInference) {
    guard let shape = node.shape(0), let scales = node.integers(.scales),
      scales.count == shape.count
    else { return }
    node.setShape(0, zip(shape, scales).map { node.dims.product($0, node.dims.fixed($1)) })
  }
}
