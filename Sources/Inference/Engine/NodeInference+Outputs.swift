import ModelGraph

extension NodeInference {
  /// Sets the element type of an output.
  mutating func setElement(_ output: Int, _ element: ElementType) {
    guard output < outputs.count else { return }
    if outputs[output].kind == .unknown { outputs[output].kind = .tensor }
    outputs[output].element = element
  }

  /// Sets the dims of an output.
  mutating func setShape(_ output: Int, _ shape: [Dim]) {
    guard output < outputs.count, let run = store(shape) else { return }
    setShape(output, run)
  }

  mutating func setShape(_ output: Int, _ run: Run) {
    guard output < outputs.count else { return }
    if outputs[output].kind == .unknown { outputs[output].kind = .tensor }
    outputs[output].setShape(run)
  }

  /// Gives an output the shape of an input, as far as it is known.
  mutating func setShape(_ output: Int, like input: Int) {
    if let run = slot(input).shape { setShape(output, run) }
  }

  /// Sets the rank of an output whose dims are unknown.
  mutating func setRank(_ output: Int, _ rank: Int) {
    guard rank >= 0, rank <= Self.highestRank else { return }
    setShape(output, Array(repeating: .unknown, count: rank))
  }

  mutating func setScalar(_ output: Int) { setShape(output, Run.empty) }

  /// Gives an output the whole type of an input, known integers included.
  mutating func setType(_ output: Int, like input: Int) { setType(output, slot(input)) }

  mutating func setType(_ output: Int, _ slot: TypeSlot) {
    if output < outputs.count { outputs[output] = slot }
  }

  /// Notes the elements of an output whose shape is already set.
  mutating func setIntegers(_ output: Int, _ integers: [Dim]?) {
    guard let integers, output < outputs.count, integers.count <= Self.longestIntegers,
      integerCount(of: outputs[output]) == integers.count,
      integers.contains(where: { !$0.isUnknown }), hasRoom
    else { return }
    outputs[output].detail = Int32(pool.count)
    pool += integers
  }

  /// Puts a shape into the pool; nil when it has too many dims or the pool is full.
  mutating func store(_ shape: [Dim]) -> Run? {
    if shape.isEmpty { return .empty }
    guard shape.count <= Self.highestRank, hasRoom else { return nil }
    let run = Run(start: pool.count, count: shape.count)
    for dim in shape { pool.append(isNegative(dim) ? .unknown : dim) }
    return run
  }

  var hasRoom: Bool { pool.count < Self.largestPool }

  /// Dims kept for one model, so that a file of a few bytes a node cannot fill the memory.
  private static let largestPool = 1 << 28

  private func isNegative(_ dim: Dim) -> Bool {
    if dim.code >= 0 || dim.isUnknown { return false }
    return dims.value(dim).map { $0 < 0 } ?? !dims.isWhole(dim)
  }

  /// A container of `element`; what is nested too deep for any operator counts as unknown.
  mutating func container(_ kind: TypeSlot.Kind, of element: TypeSlot) -> TypeSlot {
    var slot = TypeSlot(kind: kind)
    if nesting(of: element) >= Self.deepestContainer { return slot }
    if let last = contained.last, last == element {
      slot.detail = Int32(contained.count - 1)
    } else {
      slot.detail = Int32(truncatingIfNeeded: contained.count)
      contained.append(element)
    }
    return slot
  }

  private static let deepestContainer = 4

  private func nesting(of slot: TypeSlot) -> Int {
    var depth = 0
    var current = slot
    while current.isContainer, current.detail >= 0, depth < Self.deepestContainer {
      current = contained[Int(current.detail)]
      depth += 1
    }
    return depth
  }

  /// What a container contains.
  func content(of slot: TypeSlot) -> TypeSlot {
    slot.isContainer && slot.detail >= 0 ? contained[Int(slot.detail)] : .unknown
  }

  /// A new extent that the data decide, made by the node in hand.
  mutating func dataDependent() -> Dim {
    defer { dataDependentCount += 1 }
    return dims.dataDependent(reference, number: dataDependentCount, serial: serial)
  }

  /// Notes that the node's inputs cannot be right together.
  ///
  /// In a branch of a conditional that is no fault: branches for other ranks are written so.
  mutating func contradict(_ detail: String) {
    guard conditionals == 0, contradictions.count < Self.mostContradictions else { return }
    contradictions.append(Contradiction(node: reference, detail: detail))
  }

  private static let mostContradictions = 1000
}
