import ModelGraph

/// Attention and normalisation of `com.microsoft`.
enum ContribAttention {
  /// Attention that projects its input by merged weights.
  static func projecting(_ node: inout NodeInference) { project(&node, past: 4, shared: 6) }

  static func quantizedProjecting(_ node: inout NodeInference) {
    project(&node, past: 8, shared: nil)
  }

  private static func project(_ node: inout NodeInference, past: Int, shared: Int?) {
    guard let shape = node.shape(0), shape.count >= 2 else { return }
    let heads = node.integer(.numberOfHeads).map { node.dims.fixed($0) } ?? .unknown
    var width = node.dims.floorQuotient(node.dim(1, -1), node.dims.fixed(3))
    var keyWidth = width
    if let sizes = node.integers(.qkvHiddenSizes), sizes.count == 3 {
      width = node.dims.fixed(sizes[2])
      keyWidth = node.dims.fixed(sizes[1])
    }
    node.setShape(0, shape.dropLast() + [width])
    guard node.outputCount > 1, shape.count == 3 else { return }
    let length: Dim
    if !node.hasInput(past) {
      length = shape[1]
    } else if let shared, node.hasInput(shared) {
      length = node.dim(past, 3)
    } else {
      length = node.dims.sum(node.dim(past, 3), shape[1])
    }
    let size = node.dims.floorQuotient(keyWidth, heads)
    node.setShape(1, [node.dims.fixed(2), shape[0], heads, length, size])
  }

  /// Query, key and value come separately or packed.
  static func multiHead(_ node: inout NodeInference) {
    guard let query = node.shape(0) else { return }
    let heads = node.integer(.numberOfHeads).map { node.dims.fixed($0) } ?? .unknown
    if query.count == 5 {
      return node.setShape(0, [query[0], query[1], node.dims.product(query[2], query[4])])
    }
    guard query.count == 3 else { return }
    let value = node.shape(2)
    var width = query[2]
    var keyLength = query[1]
    if let value, value.count == 3 {
      width = value[2]
      keyLength = value[1]
    } else if let value, value.count == 4 {
      width = node.dims.product(value[1], value[3])
      keyLength = value[2]
    } else if let key = node.shape(1), key.count == 5 {
      keyLength = key[1]
    }
    node.setShape(0, [query[0], query[1], width])
    let isShared = node.hasInput(8)
    var total = keyLength
    if node.hasInput(6) {
      total = isShared ? node.dim(6, 2) : node.dims.sum(node.dim(6, 2), keyLength)
    }
    let keySize = node.dims.floorQuotient(query[2], heads)
    node.setShape(1, [query[0], heads, total, keySize])
    node.setShape(2, [query[0], heads, total, node.dims.floorQuotient(width, heads)])
    node.setShape(3, [query[0], heads, query[1], total])
  }

  static func decoderMasked(_ node: inout NodeInference) {
    guard let query = node.shape(0), query.count == 3 else { return }
    let value = node.shape(2)
    let width = value?.count == 3 ? node.dim(2, 2) : query[2]
    if node.hasInput(1) { node.setShape(0, [query[0], query[1], width]) }
    guard node.hasInput(7) else { return }
    node.setShape(1, like: 5)
    node.setShape(2, like: 6)
  }

  /// Whether the caches grow or are shared is decided outside the node, so their length stays open.
  static func groupQuery(_ node: inout NodeInference) {
    guard let query = node.shape(0), query.count == 3 else { return }
    let heads = node.integer(.numberOfHeads).map { node.dims.fixed($0) } ?? .unknown
    let keyHeads = node.integer(.keyValueHeads).map { node.dims.fixed($0) } ?? .unknown
    var width = query[2]
    var headSize = node.dims.floorQuotient(width, heads)
    if !node.hasInput(1) {
      let all = node.dims.sum(heads, node.dims.product(keyHeads, node.dims.fixed(2)))
      headSize = node.dims.floorQuotient(query[2], all)
      width = node.dims.product(heads, headSize)
    }
    node.setShape(0, [query[0], query[1], width])
    for output in 1...2 {
      if node.element(output + 2) != .undefined {
        node.setElement(output, node.element(output + 2))
      } else {
        node.setElement(output, node.element(0))
      }
      if node.hasInput(output + 2) {
        guard var cache = node.shape(output + 2), cache.count == 4 else { continue }
        cache[2] = .unknown
        node.setShape(output, cache)
      } else {
        let length = node.hasInput(1) ? node.dim(1, 1) : query[1]
        node.setShape(output, [query[0], keyHeads, length, headSize])
      }
    }
  }

  /// The caches are updated in place.
  static func sparse(_ node: inout NodeInference) {
    groupQuery(&node)
    node.setShape(1, like: 3)
    node.setShape(2, like: 4)
  }

  static func paged(_ node: inout NodeInference) {
    guard let query = node.shape(0), query.count == 2 else { return }
    if node.hasInput(1) { node.setShape(0, query) } else { node.setRank(0, 2) }
    node.setElement(1, node.element(3))
    node.setElement(2, node.element(4))
    node.setShape(1, like: 3)
    node.setShape(2, like: 4)
  }

  /// Tokens of all sequences stand in one row after the other.
  static func packedMultiHead(_ node: inout NodeInference) {
    guard let query = node.shape(0) else { return }
    if query.count == 4 {
      node.setShape(0, [query[0], node.dims.product(query[1], query[3])])
    } else if query.count == 2 {
      node.setShape(0, [query[0], node.rank(2) == 2 ? node.dim(2, 1) : query[1]])
    }
  }

  static func relativePositionBias(_ node: inout NodeInference) {
    let query = node.scalar(1) ?? .unknown
    node.setShape(0, [.one, node.dim(0, 1), query, node.scalar(2) ?? .unknown])
  }

  static func gatedPositionBias(_ node: inout NodeInference) {
    let heads = node.integer(.numberOfHeads).map { node.dims.fixed($0) } ?? node.dim(2, 1)
    let batch = node.rank(0) == 3 ? node.dim(0, 0) : node.dim(6, 0)
    node.setShape(0, [batch, heads, node.dim(2, 2), node.dim(2, 3)])
  }

  static func embedding(_ node: inout NodeInference, table: Int) {
    guard let identifiers = node.shape(0), identifiers.count == 2 else { return }
    let shape = identifiers + [node.dim(table, 1)]
    node.setElement(0, node.element(table))
    node.setShape(0, shape)
    node.setElement(1, .int32)
    node.setShape(1, [identifiers[0]])
    node.setElement(2, node.element(table))
    node.setShape(2, shape)
  }

  static func embedLayerNormalization(_ node: inout NodeInference) { embedding(&node, table: 2) }

  static func quantizedEmbedLayerNormalization(_ node: inout NodeInference) {
    embedding(&node, table: 2)
    node.setElement(0, .float32)
  }

  /// Adds, then normalises; statistics come out second and third, the sum fourth.
  static func skipNormalization(_ node: inout NodeInference) {
    node.setShape(0, like: 0)
    node.setShape(3, like: 0)
    node.setElement(3, node.element(0))
    guard let shape = node.shape(0), !shape.isEmpty else { return }
    for output in 1...2 { node.setShape(output, shape.dropLast() + [.one]) }
  }

  /// Two outputs of the input's shape: the result and the sum before it.
  static func twice(_ node: inout NodeInference) {
    node.setShape(0, like: 0)
    node.setShape(1, like: 0)
  }

  static func linearWithWindow(_ node: inout NodeInference) {
    let queryHeads = node.integer(.queryHeads).map { node.dims.fixed($0) } ?? .unknown
    let valueHeads = node.integer(.keyValueHeads).map { node.dims.fixed($0) } ?? .unknown
    let valueSize = node.dims.floorQuotient(node.dim(2, 2), valueHeads)
    let heads = node.dims.maximum(queryHeads, valueHeads)
    node.setShape(0, [node.dim(0, 0), node.dim(0, 1), node.dims.product(heads, valueSize)])
    if node.hasInput(3) {
      node.setShape(1, like: 3)
    } else {
      node.setElement(1, node.element(0))
      let keySize = node.dims.floorQuotient(node.dim(0, 2), queryHeads)
      node.setShape(1, [node.dim(0, 0), valueHeads, keySize, valueSize])
    }
  }

  static func causalConvolution(_ node: inout NodeInference) {
    if node.integer(.inputChannels, default: 0) == 0 { node.setShape(0, like: 0) }
    if node.hasInput(3) { return node.setShape(1, like: 3) }
    let isPlain =
      node.integer(.channelsLast, default: 0) == 0
      && node.integer(.numberOfSpatialDims, default: 1) == 1
      && node.integer(.stateWindow, default: 0) == 0 && node.integer(.stateLength, default: 0) == 0
    guard isPlain, node.rank(0) == 3 else { return }
    let reach = node.dims.difference(node.dim(1, -1), .one)
    let length = node.dims.product(reach, node.dims.fixed(node.integer(.dilation, default: 1)))
    node.setShape(1, [node.dim(0, 0), node.dim(0, 1), length])
  }
}
