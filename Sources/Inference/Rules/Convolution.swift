import ModelGraph

/// How a window moves over one spatial axis.
struct Window {
  var kernel: Dim
  var stride: Int64 = 1
  var dilation: Int64 = 1
  var padBegin: Int64 = 0
  var padEnd: Int64 = 0
}

/// How the ends of an axis are padded without being told.
enum AutoPad {
  case explicit, same, valid

  init(_ text: String?) {
    switch text {
    case "SAME_UPPER", "SAME_LOWER": self = .same
    case "VALID": self = .valid
    default: self = .explicit
    }
  }
}

extension NodeInference {
  /// The windows of a convolution or pooling over `kernels`; nil when the attributes do not fit.
  func windows(_ kernels: [Dim]) -> [Window]? {
    let count = kernels.count
    let strides = run(.strides)
    let dilations = run(.dilations)
    let pads = run(.pads)
    guard Int(strides?.count ?? Int32(count)) == count,
      Int(dilations?.count ?? Int32(count)) == count,
      Int(pads?.count ?? Int32(2 * count)) == 2 * count
    else { return nil }
    var windows: [Window] = []
    windows.reserveCapacity(count)
    for axis in 0..<count {
      var window = Window(kernel: kernels[axis])
      if let strides { window.stride = graph.integerPool[Int(strides.start) + axis] }
      if let dilations { window.dilation = graph.integerPool[Int(dilations.start) + axis] }
      if let pads {
        window.padBegin = graph.integerPool[Int(pads.start) + axis]
        window.padEnd = graph.integerPool[Int(pads.start) + axis + count]
      }
      guard window.stride > 0, window.dilation > 0 else { return nil }
      windows.append(window)
    }
    return windows
  }

  /// The extent that a window covers, gaps included.
  mutating func span(_ window: Window) -> Dim {
    let steps = dims.difference(window.kernel, .one)
    let dilation = dims.fixed(window.dilation)
    return dims.sum(dims.product(steps, dilation), .one)
  }

  /// How many places a window takes on an axis.
  mutating func positions(
    of window: Window, on extent: Dim, _ autoPad: AutoPad, roundsUp: Bool = false
  ) -> Dim {
    let stride = dims.fixed(window.stride)
    if autoPad == .same { return dims.ceilingQuotient(extent, stride) }
    let isPadded = autoPad == .explicit
    let begin = dims.fixed(isPadded ? window.padBegin : 0)
    let end = dims.fixed(isPadded ? window.padEnd : 0)
    let span = span(window)
    // Numbers first, so that a symbolic extent takes part in as few steps as can be.
    let offset = dims.difference(dims.sum(begin, end), span)
    if window.stride == 1, dims.value(extent) == nil {
      return dims.sum(extent, dims.sum(offset, .one))
    }
    let room = dims.sum(extent, offset)
    if let room = dims.value(room), room < 0, !roundsUp {
      contradict("a window of \(text(span)) is larger than the padded extent")
      return .unknown
    }
    guard roundsUp else { return dims.sum(dims.floorQuotient(room, stride), .one) }
    // A last window must not start in the padding at the end.
    let last = dims.ceilingQuotient(room, stride)
    let beforeEnd = dims.sum(extent, dims.difference(begin, .one))
    let lastInside = dims.floorQuotient(beforeEnd, stride)
    let beyondEnd = dims.difference(span, end)
    let overhang = dims.difference(beyondEnd, stride)
    if let least = dims.lowerBound(overhang), least >= 0 { return dims.sum(last, .one) }
    return dims.sum(dims.minimum(last, lastInside), .one)
  }

  func text(_ dim: Dim) -> String { dims.text(dim, in: graph) }
}

/// Convolutions of all kinds.
enum Convolution {
  static func convolution(_ node: inout NodeInference) { convolve(&node, weight: 1) }

  static func quantized(_ node: inout NodeInference) { convolve(&node, weight: 3) }

  private static func convolve(_ node: inout NodeInference, weight: Int) {
    guard let input = node.shape(0) else { return setRankOfWeight(&node, weight) }
    guard input.count >= 2 else { return }
    let kernels = kernels(&node, weight, count: input.count - 2)
    var shape = input
    shape[1] = node.dim(weight, 0)
    setPositions(&node, &shape, kernels)
    node.setShape(0, shape)
  }

  static func kernels(_ node: inout NodeInference, _ weight: Int, count: Int) -> [Dim] {
    if let kernel = node.integers(.kernelShape), kernel.count == count {
      return kernel.map { node.dims.fixed($0) }
    }
    return (0..<count).map { node.dim(weight, $0 + 2) }
  }

  /// Replaces the dims from the third on by the places that windows take on them.
  private static func setPositions(
    _ node: inout NodeInference, _ shape: inout [Dim], _ kernels: [Dim]
  ) {
    let autoPad = AutoPad(node.text(.autoPad))
    let windows = node.windows(kernels)
    for axis in kernels.indices {
      shape[axis + 2] =
        windows.map { node.positions(of: $0[axis], on: shape[axis + 2], autoPad) } ?? .unknown
    }
  }

  static func positions(
    _ node: inout NodeInference, _ spatial: [Dim], _ kernels: [Dim]
  ) -> [Dim] {
    let autoPad = AutoPad(node.text(.autoPad))
    guard let windows = node.windows(kernels) else {
      return Array(repeating: .unknown, count: spatial.count)
    }
    return zip(spatial, windows).map { node.positions(of: $1, on: $0, autoPad) }
  }

  private static func setRankOfWeight(_ node: inout NodeInference, _ weight: Int) {
    guard let rank = node.rank(weight), rank >= 2 else { return }
    var shape = Array(repeating: Dim.unknown, count: rank)
    shape[1] = node.dim(weight, 0)
    node.setShape(0, shape)
  }

  static func deformable(_ node: inout NodeInference) { convolve(&node, weight: 1) }

  static func transposed(_ node: inout NodeInference) {
    guard let input = node.shape(0), input.count >= 2 else { return }
    let spatial = Array(input.dropFirst(2))
    let kernels = kernels(&node, 1, count: spatial.count)
    let group = node.dims.fixed(node.integer(.group, default: 1))
    let channels = node.dims.product(node.dim(1, 1), group)
    node.setShape(0, [input[0], channels] + transposedExtents(&node, spatial, kernels))
  }

  static func transposedExtents(
    _ node: inout NodeInference, _ spatial: [Dim], _ kernels: [Dim]
  ) -> [Dim] {
    let unknown = Array(repeating: Dim.unknown, count: spatial.count)
    if let shape = node.integers(.outputShape), !shape.isEmpty {
      let extents = shape.suffix(spatial.count)
      return extents.count == spatial.count ? extents.map { node.dims.fixed($0) } : unknown
    }
    guard let windows = node.windows(kernels) else { return unknown }
    let extra = node.integers(.outputPadding) ?? Array(repeating: 0, count: spatial.count)
    guard extra.count == spatial.count else { return unknown }
    let autoPad = AutoPad(node.text(.autoPad))
    return spatial.indices.map { axis in
      let window = windows[axis]
      let stride = node.dims.fixed(window.stride)
      let moved = node.dims.product(node.dims.difference(spatial[axis], .one), stride)
      let last = node.dims.sum(node.span(window), node.dims.fixed(extra[axis]))
      // Padding to the same extent only ever cuts: a window below the stride leaves less.
      if autoPad == .same { return node.dims.sum(moved, node.dims.minimum(stride, last)) }
      let padded = node.dims.sum(moved, last)
      if autoPad == .valid { return padded }
      let cut = node.dims.difference(padded, node.dims.fixed(window.padBegin))
      return node.dims.difference(cut, node.dims.fixed(window.padEnd))
    }
  }

  /// A causal depthwise convolution over the last axis that carries its state along.
  static func causalWithState(_ node: inout NodeInference) {
    node.setShape(0, like: 0)
    guard let input = node.shape(0), input.count >= 2 else { return }
    let carried = node.dims.difference(node.dim(1, -1), .one)
    node.setShape(1, [input[0], input[1], carried])
  }

  /// Blocks of columns put back into an image.
  static func columnsToImage(_ node: inout NodeInference) {
    guard let image = node.integers(1) else { return setColumnRank(&node) }
    let block = node.integers(2).map { node.dims.product(of: $0) } ?? .unknown
    let channels = node.dims.floorQuotient(node.dim(0, 1), block)
    node.setShape(0, [node.dim(0, 0), channels] + image)
  }

  private static func setColumnRank(_ node: inout NodeInference) {
    guard let count = node.extent(node.dim(1, 0)), count >= 0, count <= 64 else { return }
    node.setShape(0, [node.dim(0, 0)] + Array(repeating: .unknown, count: Int(count) + 1))
  }
}
