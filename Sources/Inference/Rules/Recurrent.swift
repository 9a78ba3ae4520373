import ModelGraph

/// RNN, GRU and LSTM.
enum Recurrent {
  static func layer(_ node: inout NodeInference) {
    let directions = node.dims.fixed(node.text(.direction) == "bidirectional" ? 2 : 1)
    let hidden = node.integer(.hiddenSize).map { node.dims.fixed($0) } ?? node.dim(2, 2)
    let isBatchFirst = node.integer(.layout, default: 0) == 1
    let sequence = node.dim(0, isBatchFirst ? 1 : 0)
    let batch = node.dim(0, isBatchFirst ? 0 : 1)
    let element = node.element(0)
    for output in 0..<node.outputCount { node.setElement(output, element) }
    if isBatchFirst {
      node.setShape(0, [batch, sequence, directions, hidden])
    } else {
      node.setShape(0, [sequence, directions, batch, hidden])
    }
    let state = isBatchFirst ? [batch, directions, hidden] : [directions, batch, hidden]
    node.setShape(1, state)
    node.setShape(2, state)
  }

  /// A linear recurrence over packed heads, with its state of rank 4.
  static func linearAttention(_ node: inout NodeInference) {
    let queryHeads = node.integer(.queryHeads).map { node.dims.fixed($0) } ?? .unknown
    let valueHeads = node.integer(.keyValueHeads).map { node.dims.fixed($0) } ?? .unknown
    let keySize = node.dims.floorQuotient(node.dim(0, 2), queryHeads)
    let valueSize = node.dims.floorQuotient(node.dim(2, 2), valueHeads)
    let batch = node.dim(0, 0)
    node.setElement(1, node.hasInput(3) ? node.element(3) : node.element(0))
    node.setShape(0, [batch, node.dim(0, 1), node.dims.product(queryHeads, valueSize)])
    if node.rank(3) == 4 {
      node.setShape(1, like: 3)
    } else {
      node.setShape(1, [batch, valueHeads, keySize, valueSize])
    }
  }
}
