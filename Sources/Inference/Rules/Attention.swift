import ModelGraph

/// Attention of the standard operator sets.
enum Attention {
  static func scaledDotProduct(_ node: inout NodeInference) {
    guard let rank = node.rank(0), rank == 3 || rank == 4 else { return }
    node.setElement(0, node.element(0))
    node.setElement(3, node.element(0))
    let layout = rank == 4 ? separateHeads(&node) : packedHeads(&node)
    let total =
      node.hasInput(4) ? node.dims.sum(node.dim(4, 2), layout.keyLength) : layout.keyLength
    if rank == 4 {
      node.setShape(0, [layout.batch, layout.queryHeads, layout.queryLength, layout.valueSize])
    } else {
      let width = node.dims.product(layout.queryHeads, layout.valueSize)
      node.setShape(0, [layout.batch, layout.queryLength, width])
    }
    node.setShape(1, [layout.batch, layout.keyHeads, total, layout.keySize])
    node.setShape(2, [layout.batch, layout.keyHeads, total, layout.valueSize])
    node.setShape(3, [layout.batch, layout.queryHeads, layout.queryLength, total])
  }

  private struct Layout {
    var batch, queryHeads, keyHeads, queryLength, keyLength, keySize, valueSize: Dim
  }

  private static func separateHeads(_ node: inout NodeInference) -> Layout {
    Layout(
      batch: node.dim(0, 0), queryHeads: node.dim(0, 1), keyHeads: node.dim(1, 1),
      queryLength: node.dim(0, 2), keyLength: node.dim(1, 2), keySize: node.dim(1, 3),
      valueSize: node.dim(2, 3))
  }

  private static func packedHeads(_ node: inout NodeInference) -> Layout {
    let queryHeads = node.integer(.queryHeads).map { node.dims.fixed($0) } ?? .unknown
    let keyHeads = node.integer(.keyValueHeads).map { node.dims.fixed($0) } ?? .unknown
    return Layout(
      batch: node.dim(0, 0), queryHeads: queryHeads, keyHeads: keyHeads,
      queryLength: node.dim(0, 1), keyLength: node.dim(1, 1),
      keySize: node.dims.floorQuotient(node.dim(1, 2), keyHeads),
      valueSize: node.dims.floorQuotient(node.dim(2, 2), keyHeads))
  }

  /// Attention with user-defined score functions: heads stand apart.
  static func flexible(_ node: inout NodeInference) {
    node.setShape(0, [node.dim(0, 0), node.dim(0, 1), node.dim(0, 2), node.dim(2, 3)])
  }
}
