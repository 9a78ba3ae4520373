import ModelGraph

/// The work of convolutions.
enum ConvolutionCost {
  /// Each output element sums over the weights of its channel.
  static func convolution(_ node: CostedNode, weight: Int) -> Work? {
    guard let outputs = node.elements(output: 0), let weights = node.extents(input: weight),
      weights.count > 1
    else { return nil }
    let products = outputs.timesClamping(weights.dropFirst().clampedProduct)
    let bias = weight == 3 ? 8 : 2
    return Work(multiplyAdds: products, operations: node.hasInput(bias) ? outputs : 0)
  }

  /// Each input element is spread over the outputs that its weights reach.
  static func transposed(_ node: CostedNode) -> Work? {
    guard let inputs = node.elements(input: 0), let weights = node.extents(input: 1),
      weights.count > 1, let outputs = node.elements(output: 0)
    else { return nil }
    let products = inputs.timesClamping(weights.dropFirst().clampedProduct)
    return Work(multiplyAdds: products, operations: node.hasInput(2) ? outputs : 0)
  }
}

/// The work of matrix products.
enum MatrixCost {
  /// Each output element sums over the last dim of the first input.
  static func product(_ node: CostedNode, count: Int64 = 1) -> Work? {
    guard let outputs = node.elements(output: 0), let inner = node.extents(input: 0)?.last else {
      return nil
    }
    return Work(multiplyAdds: outputs.timesClamping(inner).timesClamping(count))
  }

  static func fused(_ node: CostedNode) -> Work? {
    guard let outputs = node.elements(output: 0), let left = node.extents(input: 0),
      left.count > 1
    else { return product(node) }
    let isTransposed = node.integer("transA") == 1
    let isBatchTransposed = node.integer("transBatchA") == 1
    let inner =
      isTransposed ? (isBatchTransposed ? left[0] : left[left.count - 2]) : left[left.count - 1]
    return Work(multiplyAdds: outputs.timesClamping(inner))
  }

  static func general(_ node: CostedNode) -> Work? {
    guard let outputs = node.elements(output: 0), let left = node.extents(input: 0),
      let inner = node.integer("transA") == 1 ? left.first : left.last
    else { return nil }
    return Work(
      multiplyAdds: outputs.timesClamping(inner), operations: node.hasInput(2) ? outputs : 0)
  }

  static func quantizedGeneral(_ node: CostedNode) -> Work? {
    guard let outputs = node.elements(output: 0), let left = node.extents(input: 0),
      let inner = node.integer("transA") == 1 ? left.first : left.last
    else { return nil }
    return Work(
      multiplyAdds: outputs.timesClamping(inner), operations: node.hasInput(6) ? outputs : 0)
  }

  static func projections(_ node: CostedNode) -> Work? {
    guard let inner = node.extents(input: 0)?.last else { return nil }
    var outputs: Int64 = 0
    for output in 0..<3 {
      guard let elements = node.elements(output: output) else { return nil }
      outputs = outputs.plusClamping(elements)
    }
    return Work(multiplyAdds: outputs.timesClamping(inner))
  }

  /// One product for each combination of subscripts and each further operand.
  static func einsum(_ node: CostedNode) -> Work? {
    guard let text = node.text("equation"), let equation = EinsumEquation(text),
      equation.inputs.count == Int(node.node.inputCount)
    else { return nil }
    var extents: [UInt8: Int64] = [:]
    var hidden: Int64 = 1
    for (index, term) in equation.inputs.enumerated() {
      guard let shape = node.extents(input: index),
        let bound = EinsumEquation.bind(term, shape)
      else { return nil }
      for (letter, extent) in bound.letters { extents[letter] = max(extents[letter] ?? 1, extent) }
      hidden = max(hidden, bound.ellipsis.clampedProduct)
    }
    let combinations = hidden.timesClamping(extents.values.clampedProduct)
    let operands = Int64(equation.inputs.count)
    if operands == 1 { return Work(operations: combinations) }
    return Work(multiplyAdds: combinations.timesClamping(operands - 1))
  }
}

/// The work of recurrent layers.
enum RecurrentCost {
  /// Each gate of each step multiplies the input and the state.
  static func layer(_ node: CostedNode, gates: Int64) -> Work? {
    guard let input = node.extents(input: 0), input.count == 3 else { return nil }
    let hidden = node.integer("hidden_size") ?? node.extents(input: 2)?.last ?? 0
    let directions: Int64 = node.text("direction") == "bidirectional" ? 2 : 1
    let units = [input[0], input[1], directions, hidden].clampedProduct.timesClamping(gates)
    return Work(
      multiplyAdds: units.timesClamping(input[2].plusClamping(hidden)),
      operations: units.timesClamping(5))
  }
}
