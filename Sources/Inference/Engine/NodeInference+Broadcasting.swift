import ModelGraph

/// Shapes that several inputs agree on.
extension NodeInference {
  /// Gives an output the shape to which inputs broadcast; unknown when one of their ranks is.
  mutating func setBroadcastShape(_ output: Int, of inputs: some Sequence<Int>) {
    var result: Run?
    for index in inputs where hasInput(index) {
      guard let shape = slot(index).shape else { return }
      guard let current = result else {
        result = shape
        continue
      }
      guard let both = broadcast(current, shape) else { return }
      result = both
    }
    if let result { setShape(output, result) }
  }

  /// The shape to which two shapes broadcast, reusing one of them where it can.
  mutating func broadcast(_ left: Run, _ right: Run) -> Run? {
    if left == right || isEqual(left, right) { return left }
    // Most often one of the two is the result, and no list needs to be made.
    if covers(left, right) { return left }
    if covers(right, left) { return right }
    let dims = broadcast(Array(pool[left.range]), Array(pool[right.range]))
    if dims.elementsEqual(pool[left.range]) { return left }
    if dims.elementsEqual(pool[right.range]) { return right }
    return store(dims)
  }

  /// Whether every dim of `other` is missing, 1 or the same in `whole`.
  private func covers(_ whole: Run, _ other: Run) -> Bool {
    guard other.count <= whole.count else { return false }
    let offset = Int(whole.start) + Int(whole.count - other.count)
    for axis in 0..<Int(other.count) {
      let dim = pool[Int(other.start) + axis]
      if dim != .one, dim != pool[offset + axis] { return false }
    }
    return true
  }

  private func isEqual(_ left: Run, _ right: Run) -> Bool {
    guard left.count == right.count else { return false }
    var (first, second) = (Int(left.start), Int(right.start))
    for _ in 0..<left.count {
      if pool[first] != pool[second] { return false }
      first += 1
      second += 1
    }
    return true
  }

  mutating func broadcast(_ left: [Dim], _ right: [Dim]) -> [Dim] {
    let rank = max(left.count, right.count)
    var result: [Dim] = []
    result.reserveCapacity(rank)
    for axis in 0..<rank {
      let first = axis + left.count - rank
      let second = axis + right.count - rank
      if first < 0 {
        result.append(right[second])
      } else if second < 0 {
        result.append(left[first])
      } else {
        result.append(broadcast(left[first], right[second]))
      }
    }
    return result
  }

  /// The extent to which two extents broadcast.
  mutating func broadcast(_ left: Dim, _ right: Dim) -> Dim {
    if left == right || right == .one { return left }
    if left == .one { return right }
    switch (dims.value(left), dims.value(right)) {
    case (let first?, let second?):
      contradict("extents \(first) and \(second) do not broadcast")
      return .unknown
    case (.some, nil): return left
    case (nil, .some): return right
    case (nil, nil):
      // Extents of 1 or more that broadcast are equal or one of them is 1: the larger one counts.
      guard let first = dims.lowerBound(left), let second = dims.lowerBound(right), first >= 1,
        second >= 1
      else { return .unknown }
      return dims.maximum(left, right)
    }
  }

  /// What two extents that must be equal are.
  mutating func unified(_ left: Dim, _ right: Dim) -> Dim {
    if left == right || right.isUnknown { return left }
    if left.isUnknown { return right }
    switch (dims.value(left), dims.value(right)) {
    case (let first?, let second?):
      contradict("extents \(first) and \(second) should be equal")
      return .unknown
    case (nil, .some): return right
    case (.some, nil), (nil, nil): return left
    }
  }
}
