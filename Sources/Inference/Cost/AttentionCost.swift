import ModelGraph

/// The work of attention in all its forms, and of mixtures of experts.
enum AttentionCost {
  /// Scores and weighted sum: each query of each head meets each key.
  private static func heads(
    batch: Int64, heads: Int64, queries: Int64, keys: Int64, keySize: Int64, valueSize: Int64
  ) -> Work {
    let pairs = [batch, heads, queries, keys].clampedProduct
    return Work(
      multiplyAdds: pairs.timesClamping(keySize.plusClamping(valueSize)),
      operations: pairs.timesClamping(6))
  }

  static func scaledDotProduct(_ node: CostedNode) -> Work? {
    guard let query = node.extents(input: 0), let key = node.extents(input: 1),
      let value = node.extents(input: 2)
    else { return nil }
    let past = node.hasInput(4) ? node.extents(input: 4).flatMap { $0.count == 4 ? $0[2] : nil } : 0
    guard let past else { return nil }
    if query.count == 4, key.count == 4, value.count == 4 {
      return heads(
        batch: query[0], heads: query[1], queries: query[2], keys: past.plusClamping(key[2]),
        keySize: query[3], valueSize: value[3])
    }
    guard query.count == 3, key.count == 3, value.count == 3,
      let queryHeads = node.integer("q_num_heads"), let keyHeads = node.integer("kv_num_heads"),
      queryHeads > 0, keyHeads > 0
    else { return nil }
    return heads(
      batch: query[0], heads: queryHeads, queries: query[1], keys: past.plusClamping(key[1]),
      keySize: query[2] / queryHeads, valueSize: value[2] / keyHeads)
  }

  /// Projections of the input, then attention among all of its positions.
  static func projecting(_ node: CostedNode) -> Work? {
    guard let input = node.extents(input: 0), input.count == 3,
      let weights = node.extents(input: 1),
      weights.count == 2, let output = node.extents(output: 0)?.last,
      let count = node.integer("num_heads"), count > 0
    else { return nil }
    let projection = [input[0], input[1], weights[0], weights[1]].clampedProduct
    let keyWidth = (weights[1] - output) / 2
    let total = node.extents(output: 1).flatMap { $0.count == 5 ? $0[3] : nil } ?? input[1]
    return heads(
      batch: input[0], heads: count, queries: input[1], keys: total, keySize: keyWidth / count,
      valueSize: output / count
    ).plus(Work(multiplyAdds: projection))
  }

  static func multiHead(_ node: CostedNode) -> Work? {
    guard let query = node.extents(input: 0), query.count >= 3,
      let output = node.extents(output: 0),
      output.count == 3, let count = node.integer("num_heads"), count > 0
    else { return nil }
    guard let keys = keyLength(node) else { return nil }
    let width = query.count == 3 ? query[2] : output[2]
    return heads(
      batch: query[0], heads: count, queries: query[1], keys: keys, keySize: width / count,
      valueSize: output[2] / count)
  }

  private static func keyLength(_ node: CostedNode) -> Int64? {
    if let present = node.extents(output: 1), present.count == 4 { return present[2] }
    guard node.hasInput(1) else { return node.extents(input: 0)?[1] }
    guard let key = node.extents(input: 1) else { return nil }
    return key.count == 4 ? key[2] : key.count >= 2 ? key[1] : nil
  }

  static func groupQuery(_ node: CostedNode) -> Work? {
    guard let output = node.extents(output: 0), output.count == 3,
      let count = node.integer("num_heads"), count > 0
    else { return nil }
    let constant = node.annotations.constantIntegers(of: node.graph.input(6, of: node.node))?.first
    let present = node.extents(output: 1).flatMap { $0.count == 4 ? $0[2] : nil }
    let past = node.extents(input: 3).flatMap { $0.count == 4 ? $0[2] : nil }
    let new =
      node.hasInput(1) ? node.extents(input: 1).flatMap { $0.count == 3 ? $0[1] : nil } : output[1]
    let grown = new.flatMap { new in node.hasInput(3) ? past?.plusClamping(new) : new }
    guard let keys = constant ?? present ?? grown else { return nil }
    return heads(
      batch: output[0], heads: count, queries: output[1], keys: keys, keySize: output[2] / count,
      valueSize: output[2] / count)
  }

  /// A state of keys by values is updated and read at each step.
  static func linear(_ node: CostedNode) -> Work? {
    guard let query = node.extents(input: 0), query.count == 3,
      let state = node.extents(output: 1), state.count >= 4
    else { return nil }
    let cell = state.suffix(3).clampedProduct
    let steps = query[0].timesClamping(query[1])
    return Work(multiplyAdds: steps.timesClamping(cell).timesClamping(2))
  }

  /// Each token goes through the weights of its chosen experts.
  static func experts(_ node: CostedNode, weights: [Int], packing: Int64) -> Work? {
    guard let input = node.extents(input: 0), input.count >= 2 else { return nil }
    let tokens = input.dropLast().clampedProduct
    var weightsOfOne: Int64 = 0
    for index in weights where node.hasInput(index) {
      guard let shape = node.extents(input: index), shape.count == 3 else { return nil }
      weightsOfOne = weightsOfOne.plusClamping(shape.dropFirst().clampedProduct)
    }
    let chosen = node.integer("k") ?? 1
    return Work(
      multiplyAdds: [tokens, chosen, weightsOfOne, packing].clampedProduct)
  }

  static func quantizedExperts(_ node: CostedNode) -> Work? {
    let bits = node.integer("expert_weight_bits") ?? 4
    guard bits > 0, bits <= 8 else { return nil }
    return experts(node, weights: [2, 5, 8], packing: 8 / bits)
  }
}
