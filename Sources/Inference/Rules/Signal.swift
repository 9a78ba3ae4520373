import ModelGraph

/// Signal processing.
enum Signal {
  static func fourierByAttribute(_ node: inout NodeInference) {
    fourier(&node, axis: node.integer(.axis, default: 1))
  }

  static func fourier(_ node: inout NodeInference) {
    if node.hasInput(2) {
      guard let axis = node.constants(2), axis.count == 1 else {
        return setUnknownAxis(&node)
      }
      return fourier(&node, axis: axis[0])
    }
    fourier(&node, axis: -2)
  }

  /// Without a length of its own or a cut to one side every axis keeps its extent.
  private static func setUnknownAxis(_ node: inout NodeInference) {
    guard let shape = node.shape(0), !shape.isEmpty else { return }
    if node.hasInput(1) || node.flag(.onesided) { return node.setRank(0, shape.count) }
    node.setShape(0, shape.dropLast() + [node.dims.fixed(2)])
  }

  private static func fourier(_ node: inout NodeInference, axis: Int64) {
    guard var shape = node.shape(0), shape.count >= 2,
      let position = node.position(of: axis, rank: shape.count), position < shape.count - 1
    else { return }
    let isOneSided = node.flag(.onesided)
    let isReal = isOneSided && node.flag(.inverse)
    let length: Dim
    if node.hasInput(1) {
      length = node.scalar(1) ?? .unknown
    } else if isReal {
      let bins = node.dims.difference(shape[position], .one)
      length = node.dims.product(bins, node.dims.fixed(2))
    } else {
      length = shape[position]
    }
    shape[position] = isOneSided && !isReal ? oneSided(&node, length) : length
    shape[shape.count - 1] = isReal ? .one : node.dims.fixed(2)
    node.setShape(0, shape)
  }

  private static func oneSided(_ node: inout NodeInference, _ length: Dim) -> Dim {
    node.dims.sum(node.dims.floorQuotient(length, node.dims.fixed(2)), .one)
  }

  static func shortTimeFourier(_ node: inout NodeInference) {
    let length = node.dim(0, 1)
    var frame = length
    if node.hasInput(3) {
      frame = node.scalar(3) ?? .unknown
    } else if node.hasInput(2) {
      frame = node.dim(2, 0)
    }
    let step = node.scalar(1) ?? .unknown
    let room = node.dims.difference(length, frame)
    let frames = node.dims.sum(node.dims.floorQuotient(room, step), .one)
    let bins = node.flag(.onesided, default: true) ? oneSided(&node, frame) : frame
    node.setShape(0, [node.dim(0, 0), frames, bins, node.dims.fixed(2)])
  }

  /// Window functions: as many elements as the input says.
  static func window(_ node: inout NodeInference) {
    node.setElement(0, node.elementType(.outputDatatype) ?? .float32)
    node.setShape(0, [node.scalar(0) ?? .unknown])
  }

  static func melWeights(_ node: inout NodeInference) {
    node.setElement(0, node.elementType(.outputDatatype) ?? .float32)
    let bins = oneSided(&node, node.scalar(1) ?? .unknown)
    node.setShape(0, [bins, node.scalar(0) ?? .unknown])
  }

  /// A decoded picture: height, width, channels.
  static func image(_ node: inout NodeInference) {
    let channels = node.dims.fixed(node.text(.pixelFormat) == "Grayscale" ? 1 : 3)
    node.setShape(0, [node.dataDependent(), node.dataDependent(), channels])
  }
}
