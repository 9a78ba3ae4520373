import ModelGraph

/// Matrix products of `com.microsoft`, fused, quantised or packed.
enum ContribMatrix {
  /// MatMul with transpositions of matrices and of leading dims folded in.
  static func fused(_ node: inout NodeInference) {
    guard let first = node.shape(0), let second = node.shape(1) else { return }
    let left = arranged(first, isTransposed: node.flag(.transA), node.flag(.transBatchA))
    let right = arranged(second, isTransposed: node.flag(.transB), node.flag(.transBatchB))
    if let shape = node.matrixProduct(left, right) { node.setShape(0, shape) }
  }

  private static func arranged(
    _ shape: [Dim], isTransposed: Bool, _ isBatchTransposed: Bool
  ) -> [Dim] {
    guard shape.count >= 2 else { return shape }
    var result = shape
    if isBatchTransposed {
      // The first dim moves behind the other leading ones, next to the last.
      result.insert(result.remove(at: 0), at: result.count - 1)
    }
    if isTransposed { result.swapAt(result.count - 1, result.count - 2) }
    return result
  }

  /// The last dim becomes the number of rows of the packed weight, an attribute.
  static func packed(_ node: inout NodeInference) {
    guard let shape = node.shape(0), !shape.isEmpty, let columns = node.integer(.columns) else {
      return
    }
    node.setShape(0, shape.dropLast() + [node.dims.fixed(columns)])
  }

  /// The last dim becomes the first of the weight.
  static func byWeightRows(_ node: inout NodeInference) {
    guard let shape = node.shape(0), !shape.isEmpty else { return }
    node.setShape(0, shape.dropLast() + [node.dim(1, 0)])
  }

  static func packedMLP(_ node: inout NodeInference) {
    packed(&node)
    node.setShape(1, like: 0)
  }

  static func packedProjections(_ node: inout NodeInference) {
    guard let shape = node.shape(0), !shape.isEmpty else { return }
    for (output, name) in [AttributeName.queryColumns, .keyColumns, .keyColumns].enumerated() {
      guard let columns = node.integer(name) else { continue }
      node.setShape(output, shape.dropLast() + [node.dims.fixed(columns)])
    }
    node.setShape(3, like: 0)
  }

  static func product(_ node: inout NodeInference) { Matrix.product(&node) }

  static func wideInteger(_ node: inout NodeInference) {
    Matrix.product(&node)
    node.setElement(0, .int32)
  }

  static func toFloat(_ node: inout NodeInference) {
    Matrix.product(&node)
    if node.element(2) != .undefined { node.setElement(0, node.element(2)) }
  }

  static func dynamicallyQuantized(_ node: inout NodeInference) {
    Matrix.product(&node)
    if node.element(0) != .undefined { node.setElement(0, node.element(0)) }
  }

  /// Quantised Gemm; the result is quantised only when its zero point is given.
  static func quantizedGeneral(_ node: inout NodeInference) {
    let rows = node.dim(0, node.flag(.transA) ? 1 : 0)
    let columns = node.dim(3, node.flag(.transB) ? 0 : 1)
    node.setElement(0, node.hasInput(8) ? node.element(8) : .float32)
    node.setShape(0, [rows, columns])
  }

  /// Gathers rows of a quantised table; packed bytes hold several elements each.
  static func gatherQuantized(_ node: inout NodeInference) {
    guard var data = node.shape(0), let indices = node.shape(1) else { return }
    node.setElement(0, node.element(2))
    guard let axis = node.axis(.gatherAxis, default: 0, rank: data.count) else { return }
    if node.element(0) == .uint8, let last = data.last {
      let bits = node.integer(.bits, default: 4)
      guard bits > 0, bits <= 8 else { return }
      data[data.count - 1] = node.dims.product(last, node.dims.fixed(8 / bits))
    }
    node.setShape(0, data[..<axis] + indices + data[(axis + 1)...])
  }
}
