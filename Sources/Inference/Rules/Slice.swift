import ModelGraph

/// Slice, whose bounds may be symbolic.
enum Slice {
  /// One axis of a slice.
  private struct Cut {
    var axis: Int
    var start: Dim
    var end: Dim
    var step: Int64?
  }

  static func byAttribute(_ node: inout NodeInference) {
    guard let starts = node.integers(.starts), let ends = node.integers(.ends) else { return }
    let axes = node.integers(.axes) ?? starts.indices.map { Int64($0) }
    slice(
      &node, starts: starts.map { node.dims.fixed($0) }, ends: ends.map { node.dims.fixed($0) },
      axes: axes, steps: Array(repeating: 1, count: starts.count))
  }

  static func byInputs(_ node: inout NodeInference) {
    guard let rank = node.rank(0) else { return }
    guard let length = length(of: node), length <= Int64(rank) else {
      return node.setRank(0, rank)
    }
    let count = Int(length)
    let unknown = Array(repeating: Dim.unknown, count: count)
    let starts = node.integers(1) ?? unknown
    let ends = node.integers(2) ?? unknown
    let axes = node.hasInput(3) ? node.constants(3) : starts.indices.map { Int64($0) }
    guard let axes else { return node.setRank(0, rank) }
    let ones: [Int64?] = Array(repeating: 1, count: count)
    let steps = node.hasInput(4) ? node.constants(4)?.map { $0 as Int64? } : ones
    slice(
      &node, starts: starts, ends: ends, axes: axes,
      steps: steps ?? Array(repeating: nil, count: count))
  }

  /// The number of axes that are cut, by the first bound whose length is known.
  private static func length(of node: borrowing NodeInference) -> Int64? {
    for input in 1...4 {
      if let length = node.extent(node.dim(input, 0)) { return length }
    }
    return nil
  }

  private static func slice(
    _ node: inout NodeInference, starts: [Dim], ends: [Dim], axes: [Int64], steps: [Int64?]
  ) {
    guard var shape = node.shape(0) else { return }
    guard starts.count == ends.count, starts.count == axes.count, starts.count == steps.count else {
      return node.contradict("starts, ends, axes and steps of different lengths")
    }
    var cuts: [Cut] = []
    for index in starts.indices {
      guard let axis = node.position(of: axes[index], rank: shape.count) else {
        return node.contradict("axis \(axes[index]) is outside a tensor of rank \(shape.count)")
      }
      cuts.append(Cut(axis: axis, start: starts[index], end: ends[index], step: steps[index]))
    }
    for cut in cuts {
      shape[cut.axis] = node.dims.count(cut.start, cut.end, cut.step, shape[cut.axis])
    }
    node.setShape(0, shape)
    if cuts.count == 1 { setIntegers(&node, cuts[0]) }
  }

  private static func setIntegers(_ node: inout NodeInference, _ cut: Cut) {
    guard node.rank(0) == 1, node.mayHaveIntegers(0), let values = node.integers(0),
      let start = node.extent(cut.start), let end = node.extent(cut.end), let step = cut.step,
      step != 0, step != .min
    else { return }
    let count = Int64(values.count)
    let highest = step > 0 ? count : count - 1
    func place(_ bound: Int64, lowest: Int64) -> Int64 {
      let counted = bound < 0 ? max(bound, -count - 1) + count : bound
      return min(max(counted, lowest), highest)
    }
    var picked: [Dim] = []
    var position = place(start, lowest: 0)
    let last = place(end, lowest: step > 0 ? 0 : -1)
    while step > 0 ? position < last : position > last {
      guard position >= 0, position < count else { break }
      picked.append(values[Int(position)])
      let (next, overflow) = position.addingReportingOverflow(step)
      if overflow { break }
      position = next
    }
    node.setIntegers(0, picked)
  }
}

extension DimensionTable {
  /// Bounds beyond this mean "to the end" whatever the extent.
  private static let farAway = Int64(Int32.max) - 1

  /// The number of elements that a slice takes of an axis.
  mutating func count(_ start: Dim, _ end: Dim, _ step: Int64?, _ extent: Dim) -> Dim {
    guard let step, step != 0, step != .min else { return .unknown }
    if extent == .zero { return .zero }
    if step > 0 {
      let last = forwardBound(end, extent)
      let room =
        last == extent
        ? remainder(from: start, extent)
        : maximum(difference(last, forwardBound(start, extent)), .zero)
      return ceilingQuotient(room, fixed(step))
    }
    let first = backwardBound(start, extent, lowest: .zero)
    let last = backwardBound(end, extent, lowest: fixed(-1))
    let room = maximum(difference(first, last), .zero)
    return ceilingQuotient(room, fixed(-step))
  }

  /// The number of elements from a bound to the end, in its simplest form.
  private mutating func remainder(from start: Dim, _ extent: Dim) -> Dim {
    if let number = value(start), number > -Self.farAway, number < 0 {
      return minimum(extent, fixed(-number))
    }
    if let least = lowerBound(start), least >= 0 {
      return maximum(difference(extent, start), .zero)
    }
    return maximum(difference(extent, forwardBound(start, extent)), .zero)
  }

  /// A bound of a slice that runs forwards, from 0 to the extent.
  private mutating func forwardBound(_ bound: Dim, _ extent: Dim) -> Dim {
    if let number = value(bound) {
      if number >= Self.farAway { return extent }
      if number <= -Self.farAway || number == 0 { return .zero }
      return number > 0
        ? minimum(extent, bound) : maximum(sum(extent, bound), .zero)
    }
    if let least = lowerBound(bound), least >= 0 { return minimum(bound, extent) }
    // A symbolic bound counts from the end when it is certainly negative.
    guard let below = lowerBound(difference(.zero, bound)), below >= 1 else { return .unknown }
    return maximum(sum(extent, bound), .zero)
  }

  /// A bound of a slice that runs backwards, up to the extent less one.
  private mutating func backwardBound(_ bound: Dim, _ extent: Dim, lowest: Dim) -> Dim {
    let last = difference(extent, .one)
    guard let number = value(bound) else { return .unknown }
    if number >= Self.farAway { return last }
    if number <= -Self.farAway { return lowest }
    if number >= 0 { return minimum(bound, last) }
    return maximum(sum(extent, bound), lowest)
  }
}
