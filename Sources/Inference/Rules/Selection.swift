import ModelGraph

/// Operators that pick elements out or put elements in: gather, scatter and their kin.
enum Selection {
  static func gather(_ node: inout NodeInference) {
    guard let data = node.shape(0), let indices = node.shape(1) else { return }
    guard let axis = node.axis(.axis, default: 0, rank: data.count) else {
      return node.contradict("an axis outside a tensor of rank \(data.count)")
    }
    node.setShape(0, data[..<axis] + indices + data[(axis + 1)...])
    guard data.count == 1, node.mayHaveIntegers(0), let values = node.integers(0),
      let positions = node.constants(1)
    else { return }
    let picked = positions.map { index -> Dim in
      node.position(of: index, rank: values.count).map { values[$0] } ?? .unknown
    }
    node.setIntegers(0, picked)
  }

  /// The output has the shape of the indices.
  static func gatherElements(_ node: inout NodeInference) { node.setShape(0, like: 1) }

  static func gatherND(_ node: inout NodeInference) {
    guard let data = node.shape(0), let indices = node.shape(1), let last = indices.last,
      let depth = node.extent(last)
    else { return }
    let batch = node.version < 12 ? 0 : node.integer(.batchDims, default: 0)
    let (used, overflow) = batch.addingReportingOverflow(depth)
    guard !overflow, batch >= 0, depth >= 0, used <= Int64(data.count) else {
      return node.contradict("indices of length \(depth) into rank \(data.count)")
    }
    node.setShape(0, indices.dropLast() + data.dropFirst(Int(used)))
  }

  /// The output is the first input with some elements replaced.
  static func scatter(_ node: inout NodeInference) { node.setShape(0, like: 0) }

  static func compress(_ node: inout NodeInference) {
    let count = node.dataDependent()
    guard let axis = node.integer(.axis) else { return node.setShape(0, [count]) }
    guard var shape = node.shape(0) else { return }
    guard let position = node.position(of: axis, rank: shape.count) else { return }
    shape[position] = count
    node.setShape(0, shape)
  }

  static func nonZero(_ node: inout NodeInference) {
    let rank = node.rank(0).map { node.dims.fixed(Int64($0)) } ?? .unknown
    node.setShape(0, [rank, node.dataDependent()])
  }

  static func nonMaximumSuppression(_ node: inout NodeInference) {
    node.setShape(0, [node.dataDependent(), node.dims.fixed(3)])
  }

  static func unique(_ node: inout NodeInference) {
    let count = node.dataDependent()
    for output in 1..<max(1, node.outputCount) { node.setShape(output, [count]) }
    guard let axis = node.integer(.axis) else {
      node.setShape(0, [count])
      if let total = node.elementCount(0) { node.setShape(2, [total]) }
      return
    }
    node.setShape(2, [.unknown])
    guard var shape = node.shape(0), let position = node.position(of: axis, rank: shape.count)
    else { return }
    node.setShape(2, [shape[position]])
    shape[position] = count
    node.setShape(0, shape)
  }

  static func topByAttribute(_ node: inout NodeInference) {
    setTop(&node, node.integer(.k).map { node.dims.fixed($0) } ?? .unknown)
  }

  static func top(_ node: inout NodeInference) { setTop(&node, node.scalar(1) ?? .unknown) }

  private static func setTop(_ node: inout NodeInference, _ count: Dim) {
    guard var shape = node.shape(0) else { return }
    guard let axis = node.axis(.axis, default: -1, rank: shape.count) else {
      return node.contradict("an axis outside a tensor of rank \(shape.count)")
    }
    shape[axis] = count.isUnknown ? node.dataDependent() : count
    node.setShape(0, shape)
    node.setShape(1, shape)
  }

  static func oneHot(_ node: inout NodeInference) {
    guard let indices = node.shape(0) else { return }
    guard let axis = node.axis(.axis, default: -1, rank: indices.count + 1) else { return }
    var shape = indices
    shape.insert(node.scalar(1).map { node.dims.truncated($0) } ?? node.dataDependent(), at: axis)
    node.setShape(0, shape)
  }

  /// A sampling grid takes the place of the spatial dims.
  static func gridSample(_ node: inout NodeInference) {
    guard let input = node.rank(0) ?? node.rank(1), input >= 2 else { return }
    var shape = [node.unified(node.dim(0, 0), node.dim(1, 0)), node.dim(0, 1)]
    for axis in 1..<max(1, input - 1) { shape.append(node.dim(1, axis)) }
    node.setShape(0, shape)
  }

  static func affineGrid(_ node: inout NodeInference) {
    guard let size = node.integers(1) else {
      guard let count = node.extent(node.dim(1, 0)), count == 4 || count == 5 else { return }
      var shape = Array(repeating: Dim.unknown, count: Int(count))
      shape[shape.count - 1] = node.dims.fixed(count - 2)
      return node.setShape(0, shape)
    }
    guard size.count >= 3 else { return }
    node.setShape(0, [size[0]] + size.dropFirst(2) + [node.dims.fixed(Int64(size.count) - 2)])
  }
}
