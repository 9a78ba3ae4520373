import ModelGraph

/// The work of operators that combine several elements into one.
enum ReductionCost {
  /// One operation for each further input.
  static func variadic(_ node: CostedNode) -> Work? {
    let count = max(1, Int64(node.node.inputCount) - 1)
    return node.elements(output: 0).map { Work(operations: $0.timesClamping(count)) }
  }

  static func pool(_ node: CostedNode) -> Work? {
    guard let outputs = node.elements(output: 0), let kernel = node.integers("kernel_shape") else {
      return nil
    }
    return Work(operations: outputs.timesClamping(kernel.map { max($0, 0) }.clampedProduct))
  }

  static func localResponse(_ node: CostedNode) -> Work? {
    let size = max(1, node.integer("size") ?? 1)
    return node.elements(output: 0).map {
      Work(operations: $0.timesClamping(size.timesClamping(2).plusClamping(3)))
    }
  }

  /// Interpolation weighs two neighbours an axis, four when cubic; nearest copies.
  static func resample(_ node: CostedNode) -> Work? {
    guard let outputs = node.elements(output: 0) else { return nil }
    let mode = node.text("mode") ?? "nearest"
    let isSample = node.graph.operation(of: node.node).name == "GridSample"
    switch mode {
    case "nearest" where !isSample: return Work.none
    case "cubic", "bicubic": return Work(operations: outputs.timesClamping(31))
    default: return Work(operations: outputs.timesClamping(7))
    }
  }

  /// Five operations for each element and halving, as in the fast transform.
  static func fourier(_ node: CostedNode) -> Work? {
    guard let outputs = node.elements(output: 0), let shape = node.extents(output: 0),
      let longest = shape.dropLast().max()
    else { return nil }
    let halvings = Int64(64 - max(longest, 1).leadingZeroBitCount)
    return Work(operations: outputs.timesClamping(halvings).timesClamping(5) / 2)
  }
}
