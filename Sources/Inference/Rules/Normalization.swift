import ModelGraph

/// Normalisations, and losses.
enum Normalization {
  /// The statistics have the shape of the mean, or one element a channel.
  static func batch(_ node: inout NodeInference) {
    node.setShape(0, like: 0)
    for output in 1..<max(1, node.outputCount) {
      let channels = node.slot(3).shape != nil ? node.dim(3, 0) : node.dim(0, 1)
      node.setShape(output, [channels])
    }
  }

  /// Mean and deviation keep the dims before the axis, the rest become 1.
  static func layer(_ node: inout NodeInference) {
    node.setShape(0, like: 0)
    guard node.outputCount > 1 else { return }
    let stash = node.elementType(.stashType) ?? .float32
    for output in 1..<node.outputCount { node.setElement(output, stash) }
    guard let shape = node.shape(0),
      let axis = node.axis(.axis, default: -1, rank: shape.count)
    else { return }
    let reduced = shape[..<axis] + Array(repeating: .one, count: shape.count - axis)
    for output in 1..<node.outputCount { node.setShape(output, Array(reduced)) }
  }

  /// One loss a target, or a scalar after reduction.
  static func loss(_ node: inout NodeInference) {
    if node.text(.reduction) == "none" {
      node.setShape(0, like: 1)
    } else {
      node.setScalar(0)
    }
    node.setShape(1, like: 0)
  }
}
