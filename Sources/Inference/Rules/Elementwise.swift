import ModelGraph

/// Operators that work element by element.
enum Elementwise {
  /// One input; the output has its shape.
  static func unary(_ node: inout NodeInference) { node.setShape(0, like: 0) }

  /// Several inputs that broadcast.
  static func broadcasting(_ node: inout NodeInference) {
    node.setBroadcastShape(0, of: 0..<node.inputCount)
  }

  /// Before opset 7 the second input was stretched to the first by attributes.
  static func stretchedToFirst(_ node: inout NodeInference) { node.setShape(0, like: 0) }

  static func identity(_ node: inout NodeInference) {
    node.setType(0, like: 0)
    node.setIntegers(0, node.integers(0))
  }

  static func cast(_ node: inout NodeInference) {
    if let element = node.elementType(.to) { node.setElement(0, element) }
    node.setShape(0, like: 0)
    setCastIntegers(&node)
  }

  static func castLike(_ node: inout NodeInference) {
    node.setElement(0, node.element(1))
    node.setShape(0, like: 0)
    setCastIntegers(&node)
  }

  static func bitCast(_ node: inout NodeInference) {
    if let element = node.elementType(.to) { node.setElement(0, element) }
    node.setShape(0, like: 0)
  }

  /// An output besides the data tells which elements were kept.
  static func dropout(_ node: inout NodeInference) {
    node.setShape(0, like: 0)
    node.setShape(1, like: 0)
  }

  static func bernoulli(_ node: inout NodeInference) {
    node.setElement(0, node.elementType(.dtype) ?? node.element(0))
    node.setShape(0, like: 0)
  }

  private static func setCastIntegers(_ node: inout NodeInference) {
    guard node.mayHaveIntegers(0), let values = node.integers(0) else { return }
    let target = node.outputs[0].element
    if target == .bool {
      node.setIntegers(
        0,
        values.map { value in
          node.extent(value).map { $0 == 0 ? .zero : .one } ?? .unknown
        })
    } else if target.isFloatingPoint {
      node.setIntegers(0, values)
    } else if let range = wholeRange(of: target) {
      node.setIntegers(
        0,
        values.map { value in
          let whole = node.dims.truncated(value)
          guard let number = node.extent(whole) else { return whole }
          return range.contains(number) ? whole : .unknown
        })
    }
  }

  private static func wholeRange(of type: ElementType) -> ClosedRange<Int64>? {
    switch type {
    case .int64: Int64.min...Int64.max
    case .int32: Int64(Int32.min)...Int64(Int32.max)
    case .int16: Int64(Int16.min)...Int64(Int16.max)
    case .int8: Int64(Int8.min)...Int64(Int8.max)
    case .uint64: 0...Int64.max
    case .uint32: 0...Int64(UInt32.max)
    case .uint16: 0...Int64(UInt16.max)
    case .uint8: 0...Int64(UInt8.max)
    default: nil
    }
  }
}

// MARK: - Arithmetic on shapes

extension Elementwise {
  static func add(_ node: inout NodeInference) { arithmetic(&node) { $0.sum($1, $2) } }

  static func subtract(_ node: inout NodeInference) { arithmetic(&node) { $0.difference($1, $2) } }

  static func multiply(_ node: inout NodeInference) { arithmetic(&node) { $0.product($1, $2) } }

  static func minimum(_ node: inout NodeInference) { arithmetic(&node) { $0.minimum($1, $2) } }

  static func maximum(_ node: inout NodeInference) { arithmetic(&node) { $0.maximum($1, $2) } }

  static func divide(_ node: inout NodeInference) {
    if node.element(0).isFloatingPoint {
      arithmetic(&node) { $0.fraction($1, over: $2) }
    } else {
      arithmetic(&node) { $0.quotientTowardsZero($1, $2) }
    }
  }

  static func modulo(_ node: inout NodeInference) {
    let isTruncated = node.flag(.fmod)
    arithmetic(&node) { dims, left, right in
      // The two roundings differ only for negative numbers.
      if isTruncated, (dims.lowerBound(left) ?? -1) < 0 { return .unknown }
      return dims.difference(left, dims.product(right, dims.floorQuotient(left, right)))
    }
  }

  static func equal(_ node: inout NodeInference) {
    arithmetic(&node) { dims, left, right in
      if left == right, !left.isUnknown { return .one }
      return dims.isLess(left, right) == true || dims.isLess(right, left) == true
        ? .zero : .unknown
    }
  }

  static func less(_ node: inout NodeInference) {
    arithmetic(&node) { dims, left, right in
      dims.isLess(left, right).map { $0 ? .one : .zero } ?? .unknown
    }
  }

  static func greater(_ node: inout NodeInference) {
    arithmetic(&node) { dims, left, right in
      dims.isLess(right, left).map { $0 ? .one : .zero } ?? .unknown
    }
  }

  static func lessOrEqual(_ node: inout NodeInference) {
    arithmetic(&node) { dims, left, right in
      dims.isLess(right, left).map { $0 ? .zero : .one } ?? .unknown
    }
  }

  static func greaterOrEqual(_ node: inout NodeInference) {
    arithmetic(&node) { dims, left, right in
      dims.isLess(left, right).map { $0 ? .zero : .one } ?? .unknown
    }
  }

  static func and(_ node: inout NodeInference) {
    arithmetic(&node) { dims, left, right in
      left == .zero || right == .zero ? .zero : left == .one && right == .one ? .one : .unknown
    }
  }

  static func or(_ node: inout NodeInference) {
    arithmetic(&node) { dims, left, right in
      left == .one || right == .one ? .one : left == .zero && right == .zero ? .zero : .unknown
    }
  }

  static func negate(_ node: inout NodeInference) {
    transform(&node) { $0.product($1, $0.fixed(-1)) }
  }

  static func absolute(_ node: inout NodeInference) {
    transform(&node) { dims, value in
      if let number = dims.value(value), number != .min { return dims.fixed(abs(number)) }
      return (dims.lowerBound(value) ?? -1) >= 0 ? value : .unknown
    }
  }

  static func not(_ node: inout NodeInference) {
    transform(&node) { _, value in
      value == .zero ? .one : value == .one ? .zero : .unknown
    }
  }

  static func floor(_ node: inout NodeInference) { transform(&node) { $0.floor($1) } }

  static func ceiling(_ node: inout NodeInference) { transform(&node) { $0.ceiling($1) } }

  /// Rounding leaves whole numbers alone.
  static func round(_ node: inout NodeInference) {
    transform(&node) { dims, value in
      if let number = dims.number(value) { return dims.real(number.rounded(.toNearestOrEven)) }
      return dims.isWhole(value) ? value : .unknown
    }
  }

  static func choose(_ node: inout NodeInference) {
    node.setBroadcastShape(0, of: 0..<3)
    guard node.mayHaveIntegers(1), node.mayHaveIntegers(2), let left = node.integers(1),
      let right = node.integers(2), let condition = node.integers(0)
    else { return }
    let count = max(left.count, right.count, condition.count)
    var result: [Dim] = []
    for index in 0..<count {
      guard let first = left.broadcastElement(index, of: count),
        let second = right.broadcastElement(index, of: count),
        let choice = condition.broadcastElement(index, of: count)
      else { return }
      switch choice {
      case .zero: result.append(second)
      case .one: result.append(first)
      default: result.append(first == second ? first : .unknown)
      }
    }
    node.setIntegers(0, result)
  }

  /// Broadcasts, and works out the elements where those of both inputs are known.
  private static func arithmetic(
    _ node: inout NodeInference, _ operation: (inout DimensionTable, Dim, Dim) -> Dim
  ) {
    node.setBroadcastShape(0, of: 0..<node.inputCount)
    guard (0..<node.inputCount).allSatisfy({ node.mayHaveIntegers($0) }),
      var result = node.integers(0)
    else { return }
    for index in 1..<max(1, node.inputCount) {
      guard let next = node.integers(index) else { return }
      let count = max(result.count, next.count)
      var combined: [Dim] = []
      for position in 0..<count {
        guard let left = result.broadcastElement(position, of: count),
          let right = next.broadcastElement(position, of: count)
        else { return }
        combined.append(operation(&node.dims, left, right))
      }
      result = combined
    }
    node.setIntegers(0, result)
  }

  private static func transform(
    _ node: inout NodeInference, _ operation: (inout DimensionTable, Dim) -> Dim
  ) {
    node.setShape(0, like: 0)
    guard node.mayHaveIntegers(0), let values = node.integers(0) else { return }
    node.setIntegers(0, values.map { operation(&node.dims, $0) })
  }
}

extension [Dim] {
  /// The element that stands at `index` when the list is stretched to `count`, or nil.
  fileprivate func broadcastElement(_ index: Int, of count: Int) -> Dim? {
    self.count == count ? self[index] : self.count == 1 ? self[0] : nil
  }
}

extension NodeInference {
  /// Whether an input can have known elements at all; cheap.
  func mayHaveIntegers(_ index: Int) -> Bool {
    let value = input(index)
    guard !value.isNone else { return false }
    return slots[value.index].detail >= 0 || !storedConstants[value.index].isNone
  }
}

extension DimensionTable {
  /// Whether one number is below another, when that is certain.
  mutating func isLess(_ left: Dim, _ right: Dim) -> Bool? {
    if let first = number(left), let second = number(right) { return first < second }
    if let bound = lowerBound(difference(right, left)), bound >= 1 { return true }
    if let bound = lowerBound(difference(left, right)), bound >= 0 { return false }
    return nil
  }

  /// Division of whole numbers as operators do it.
  mutating func quotientTowardsZero(_ left: Dim, _ right: Dim) -> Dim {
    if let first = value(left), let second = value(right) {
      if second == 0 || (first == .min && second == -1) { return .unknown }
      return fixed(first / second)
    }
    guard (lowerBound(left) ?? -1) >= 0, (lowerBound(right) ?? 0) >= 1 else { return .unknown }
    return floorQuotient(left, right)
  }
}
