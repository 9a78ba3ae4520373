import ModelGraph

/// Quantisation and its undoing.
enum Quantization {
  static func quantize(_ node: inout NodeInference) {
    let named = node.elementType(.outputDtype)
    if node.hasInput(2) {
      node.setElement(0, node.element(2))
      if node.element(2) == .undefined, let named { node.setElement(0, named) }
    } else {
      node.setElement(0, named.flatMap { $0 == .undefined ? nil : $0 } ?? .uint8)
    }
    node.setShape(0, like: 0)
  }

  static func dequantize(_ node: inout NodeInference) {
    if let named = node.elementType(.outputDtype), named != .undefined {
      node.setElement(0, named)
    } else {
      let scale = node.element(1)
      node.setElement(0, scale == .undefined && node.version < 19 ? .float32 : scale)
    }
    node.setShape(0, like: 0)
  }

  /// Quantises with a scale and zero point of its own finding.
  static func dynamic(_ node: inout NodeInference) {
    node.setShape(0, like: 0)
    node.setScalar(1)
    node.setScalar(2)
  }
}
