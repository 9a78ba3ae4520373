import ModelGraph

/// Putting together what is known of one value from several sides.
extension NodeInference {
  /// What holds for a value that is one or the other.
  mutating func either(_ left: TypeSlot, _ right: TypeSlot) -> TypeSlot {
    if left == right { return left }
    if left.isVacant, right.isTensor, left.element == right.element { return right }
    if right.isVacant, left.isTensor, left.element == right.element { return left }
    guard left.kind == right.kind else { return .unknown }
    var result = TypeSlot(kind: left.kind)
    result.element = left.element == right.element ? left.element : .undefined
    if left.isContainer {
      let content = either(content(of: left), content(of: right))
      result = container(left.kind, of: content)
      result.element = left.element == right.element ? left.element : .undefined
      return result
    }
    guard let first = shape(of: left), let second = shape(of: right), first.count == second.count
    else { return result }
    let shape = zip(first, second).map { $0 == $1 ? $0 : .unknown }
    if shape == first, let run = left.shape {
      result.setShape(run)
    } else if let run = store(shape) {
      result.setShape(run)
    }
    if first == second, hasEqualIntegers(left, right) { result.detail = left.detail }
    return result
  }

  private func hasEqualIntegers(_ left: TypeSlot, _ right: TypeSlot) -> Bool {
    guard left.detail >= 0, right.detail >= 0,
      let count = integerCount(of: left), count == integerCount(of: right)
    else { return false }
    let first = Int(left.detail)
    let second = Int(right.detail)
    return (0..<count).allSatisfy { pool[first + $0] == pool[second + $0] }
  }

  /// Adds what `declared` says to what is inferred; where they contradict each other, the inferred
  /// side stays and `conflict` is set.
  mutating func refined(
    _ inferred: TypeSlot, by declared: TypeSlot, conflict: inout Bool
  ) -> TypeSlot {
    if declared.kind == .unknown || inferred == declared { return inferred }
    if inferred.kind == .unknown { return declared }
    guard inferred.kind == declared.kind else {
      conflict = true
      return inferred
    }
    var result = inferred
    if inferred.element == .undefined {
      result.element = declared.element
    } else if declared.element != .undefined, declared.element != inferred.element {
      conflict = true
    }
    if inferred.isContainer {
      let content = refined(
        content(of: inferred), by: content(of: declared), conflict: &conflict)
      let element = result.element
      result = container(inferred.kind, of: content)
      result.element = element
      return result
    }
    guard let declaredShape = declared.shape else { return result }
    guard let shape = inferred.shape else {
      result.setShape(declaredShape)
      return result
    }
    guard shape.count == declaredShape.count else {
      conflict = true
      return result
    }
    if let run = refined(shape, by: declaredShape, conflict: &conflict) { result.setShape(run) }
    return result
  }

  /// The dims of which both sides know most, or nil when nothing is gained.
  private mutating func refined(_ shape: Run, by declared: Run, conflict: inout Bool) -> Run? {
    var refinedDims: [Dim] = []
    var isChanged = false
    for (own, other) in zip(shape.range, declared.range) {
      let dim = refined(pool[own], by: pool[other], conflict: &conflict)
      if dim != pool[own], !isChanged {
        isChanged = true
        refinedDims = Array(pool[Int(shape.start)..<own])
      }
      if isChanged { refinedDims.append(dim) }
    }
    return isChanged ? store(refinedDims) : nil
  }

  private func refined(_ inferred: Dim, by declared: Dim, conflict: inout Bool) -> Dim {
    if inferred == declared || declared.isUnknown { return inferred }
    if inferred.isUnknown { return declared }
    let number = dims.value(declared)
    if dims.value(inferred) != nil {
      if number != nil { conflict = true }
      return inferred
    }
    if number != nil { return declared }
    return dims.isBareDataDependence(inferred) && dims.isNamed(declared) ? declared : inferred
  }
}

extension DimensionTable {
  /// Whether a dimension is an extent that one node decides, and nothing else.
  func isBareDataDependence(_ dim: Dim) -> Bool {
    guard let atom = polynomial(dim)?.singleAtom, case .dataDependent = atoms[Int(atom)] else {
      return false
    }
    return true
  }
}
