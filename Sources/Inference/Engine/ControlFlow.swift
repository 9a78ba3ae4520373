import ModelGraph

/// If, Loop, Scan and SequenceMap: nodes whose outputs come out of subgraphs.
extension Inferrer {
  mutating func finish(_ frame: Frame) {
    switch frame.purpose {
    case .free: break
    case .branch(let rest, let results):
      finishBranch(frame, rest: rest, results: results + [outputs(of: frame.scope)])
    case .iteration(let iteration): finishIteration(iteration, frame)
    case .map: finishMap(frame)
    case .call(let call): finishCall(call, frame)
    }
  }

  private func graph(_ name: AttributeName) -> ScopeReference? {
    guard case .graph(let scope) = state.attribute(name) else { return nil }
    return scope
  }

  /// Walks the graphs of a node for their own sake.
  mutating func enterGraphs(environment: Int) {
    var scopes: [ScopeReference] = []
    for attribute in graph.attributes[state.attributeRun.range] {
      switch attribute.value {
      case .graph(let scope): scopes.append(scope)
      case .graphs(let run): scopes += run.range.map { ScopeReference($0) }
      default: break
      }
    }
    let owner = state.reference
    for scope in scopes.reversed() {
      bindDeclaredInputs(of: scope)
      push(scope, environment: environment, owner: owner, purpose: .free)
    }
  }
}

// MARK: - If

extension Inferrer {
  mutating func enterConditional(environment: Int) {
    let branches = [graph(.thenBranch), graph(.elseBranch)].compactMap { $0 }
    guard let first = branches.first else { return commit() }
    state.conditionals += 1
    bindDeclaredInputs(of: first)
    push(
      first, environment: environment, owner: state.reference,
      purpose: .branch(rest: Array(branches.dropFirst()), results: []))
  }

  private mutating func finishBranch(
    _ frame: Frame, rest: [ScopeReference], results: [[TypeSlot]]
  ) {
    if let next = rest.first {
      bindDeclaredInputs(of: next)
      push(
        next, environment: frame.environment, owner: frame.owner,
        purpose: .branch(rest: Array(rest.dropFirst()), results: results))
      return
    }
    state.conditionals -= 1
    resume(frame)
    var chosen = results
    if results.count == 2, let condition = state.constants(0), condition.count == 1 {
      chosen = [results[condition[0] != 0 ? 0 : 1]]
    }
    for output in state.outputs.indices {
      let candidates = chosen.map { output < $0.count ? $0[output] : .unknown }
      guard var merged = candidates.first else { continue }
      for other in candidates.dropFirst() { merged = state.either(merged, other) }
      state.outputs[output] = merged
    }
    commit()
  }
}

// MARK: - Loop

extension Inferrer {
  /// More looks than this at a body are not taken; states that still change are unknown by then.
  private static let mostPasses = 3

  mutating func enterLoop(environment: Int) {
    guard let body = graph(.body) else { return commit() }
    let states = (2..<max(2, state.inputCount)).map { state.slot($0).withoutIntegers }
    let iteration = Iteration(
      leadingInputs: 2, leadingOutputs: 1, firstState: 2, states: states, pass: 1,
      count: state.scalar(0) ?? .unknown)
    look(at: body, iteration, environment: environment, owner: state.reference)
  }

  /// Walks a body once under the assumptions of `iteration`; the owner is in hand.
  private mutating func look(
    at body: ScopeReference, _ iteration: Iteration, environment: Int, owner: NodeReference
  ) {
    let inputs = graph.scopes[body.index].inputs
    if iteration.leadingInputs == 2 { bindLoopControl(inputs) }
    for (index, slot) in iteration.states.enumerated() {
      let position = iteration.leadingInputs + index
      if position < inputs.count { bind(inputs[position], slot) }
    }
    push(body, environment: environment, owner: owner, purpose: .iteration(iteration))
  }

  /// The iteration number and the condition, scalars unless the body says otherwise.
  private mutating func bindLoopControl(_ inputs: [ValueReference]) {
    var condition = TypeSlot.tensor(.bool)
    if let value = inputs.dropFirst().first, !value.isNone, isLoopEntered {
      bind(value, condition)
      condition = state.slots[value.index]
      if condition.rank == nil { condition.setShape(.empty) }
      state.outputs.append(condition)
      state.setIntegers(state.outputs.count - 1, [.one])
      state.slots[value.index] = state.outputs.removeLast()
    } else if let value = inputs.dropFirst().first {
      bindScalar(value, .bool)
    }
    if let value = inputs.first { bindScalar(value, .int64) }
  }

  private mutating func bindScalar(_ value: ValueReference, _ element: ElementType) {
    guard !value.isNone else { return }
    bind(value, .tensor(element))
    if state.slots[value.index].rank == nil { state.slots[value.index].setShape(.empty) }
  }

  /// Whether the condition of the loop in hand is known to hold at the start.
  private var isLoopEntered: Bool {
    mutating get { !state.hasInput(1) || state.constants(1) == [1] }
  }

  private mutating func finishIteration(_ iteration: Iteration, _ frame: Frame) {
    let results = outputs(of: frame.scope)
    resume(frame)
    var next = iteration
    next.pass += 1
    var isStable = true
    for index in iteration.states.indices {
      let position = iteration.leadingOutputs + index
      let result = position < results.count ? results[position].withoutIntegers : .unknown
      let merged = afterIteration(iteration.states[index], result)
      if merged != iteration.states[index] {
        isStable = false
        next.states[index] = merged
        if iteration.pass > 1, merged.isTensor { next.states[index].forgetShape() }
      }
    }
    if !isStable, iteration.pass < Self.mostPasses, budget > 0 {
      rebind(frame.scope, next, frame)
      return
    }
    if iteration.leadingInputs == 2 {
      finishLoop(next, results, frame)
    } else {
      finishScan(next, results)
    }
    commit()
  }

  private mutating func rebind(_ body: ScopeReference, _ iteration: Iteration, _ frame: Frame) {
    if iteration.leadingInputs == 0 { bindScanInputs(of: body, iteration) }
    look(at: body, iteration, environment: frame.environment, owner: frame.owner)
  }

  /// What is known of a state that was `before` and becomes `after` in one iteration.
  private mutating func afterIteration(_ before: TypeSlot, _ after: TypeSlot) -> TypeSlot {
    if before.kind == .unknown, after.isTensor { return .tensor(after.element) }
    if after.kind == .unknown, before.isTensor { return .tensor(before.element) }
    return state.either(before, after)
  }

  private mutating func finishLoop(_ iteration: Iteration, _ results: [TypeSlot], _ frame: Frame) {
    for (index, slot) in iteration.states.enumerated() {
      // A state that changes its kind has, after any iteration, the kind the body gives it.
      let position = iteration.leadingOutputs + index
      var final = slot.kind == .unknown && position < results.count ? results[position] : slot
      if slot.kind == .unknown, final.isTensor { final.forgetShape() }
      state.setOutputs(at: index, final)
    }
    let first = iteration.leadingOutputs + iteration.states.count
    guard first < results.count else { return }
    var count = state.dataDependent()
    let condition = graph.scopes[frame.scope.index].outputs[0]
    if !condition.isNone, isLoopEntered, !iteration.count.isUnknown,
      let proceeds = state.integers(of: condition), proceeds == [.one]
    {
      count = state.dims.maximum(iteration.count, .zero)
    }
    for (offset, result) in results[first...].enumerated() where result.isTensor {
      let output = iteration.states.count + offset
      state.setElement(output, result.element)
      if let shape = state.shape(of: result) { state.setShape(output, [count] + shape) }
    }
  }
}

// MARK: - Scan

extension Inferrer {
  mutating func enterScan(environment: Int) {
    guard let body = graph(.body), let scans = state.integer(.numberOfScanInputs),
      scans >= 0, scans <= Int64(state.inputCount)
    else { return commit() }
    let isBatched = state.version < 9
    let firstState = isBatched ? 1 : 0
    let firstScan = max(firstState, state.inputCount - Int(scans))
    let states = (firstState..<firstScan).map { index in
      let slot = state.slot(index).withoutIntegers
      return isBatched ? state.removing([0], from: slot) : slot
    }
    let iteration = Iteration(
      leadingInputs: 0, leadingOutputs: 0, firstState: firstState, states: states, pass: 1,
      count: scanLength(firstScan: firstScan, isBatched))
    bindScanInputs(of: body, iteration)
    look(at: body, iteration, environment: environment, owner: state.reference)
  }

  private func scanAxis(_ index: Int, rank: Int, _ name: AttributeName) -> Int? {
    let axes = state.integers(name) ?? []
    return state.position(of: index < axes.count ? axes[index] : 0, rank: rank)
  }

  private func scanLength(firstScan: Int, _ isBatched: Bool) -> Dim {
    for index in firstScan..<max(firstScan, state.inputCount) {
      guard let rank = state.rank(index) else { continue }
      let axis = isBatched ? 1 : scanAxis(index - firstScan, rank: rank, .inputAxes)
      if let axis, axis < rank { return state.dim(index, axis) }
    }
    return .unknown
  }

  /// Gives the body one slice of each scanned input; the owner is in hand.
  private mutating func bindScanInputs(of body: ScopeReference, _ iteration: Iteration) {
    let inputs = graph.scopes[body.index].inputs
    let firstScan = iteration.firstState + iteration.states.count
    for index in firstScan..<max(firstScan, state.inputCount) {
      let position = index - iteration.firstState
      guard position < inputs.count else { return }
      var slice = state.slot(index).withoutIntegers
      if let rank = slice.rank {
        let axes =
          iteration.firstState == 1
          ? [0, 1] : [scanAxis(index - firstScan, rank: rank, .inputAxes)]
        slice = state.removing(axes.compactMap { $0 }, from: slice)
      }
      bind(inputs[position], slice)
    }
  }

  private mutating func finishScan(_ iteration: Iteration, _ results: [TypeSlot]) {
    let isBatched = iteration.firstState == 1
    let batch = isBatched ? batchOfScan() : .unknown
    for (index, slot) in iteration.states.enumerated() {
      guard isBatched, slot.isTensor else {
        state.setOutputs(at: index, slot)
        continue
      }
      state.setElement(index, slot.element)
      if let shape = state.shape(of: slot) { state.setShape(index, [batch] + shape) }
    }
    for output in iteration.states.count..<max(iteration.states.count, results.count) {
      let result = results[output]
      guard result.isTensor else { continue }
      state.setElement(output, result.element)
      guard var shape = state.shape(of: result) else { continue }
      if isBatched {
        shape = [batch, iteration.count] + shape
      } else {
        let place = scanAxis(
          output - iteration.states.count, rank: shape.count + 1, .outputAxes)
        guard let place else { continue }
        shape.insert(iteration.count, at: place)
      }
      state.setShape(output, shape)
    }
  }

  private func batchOfScan() -> Dim {
    for index in 1..<max(1, state.inputCount) where (state.rank(index) ?? 0) > 0 {
      return state.dim(index, 0)
    }
    return .unknown
  }
}

// MARK: - SequenceMap

extension Inferrer {
  mutating func enterMap(environment: Int) {
    guard let body = graph(.body) else { return commit() }
    for (index, value) in graph.scopes[body.index].inputs.enumerated() {
      let slot = state.slot(index)
      bind(value, slot.kind == .sequence ? state.content(of: slot) : slot)
    }
    push(body, environment: environment, owner: state.reference, purpose: .map)
  }

  private mutating func finishMap(_ frame: Frame) {
    let results = outputs(of: frame.scope)
    resume(frame)
    for output in state.outputs.indices where output < results.count {
      state.outputs[output] = state.container(.sequence, of: results[output].withoutIntegers)
    }
    commit()
  }
}

extension TypeSlot {
  /// The same type without known elements.
  var withoutIntegers: TypeSlot {
    var slot = self
    if slot.isTensor { slot.detail = -1 }
    return slot
  }
}

extension NodeInference {
  mutating func setOutputs(at output: Int, _ slot: TypeSlot) {
    if slot.kind != .unknown { setType(output, slot) }
  }

  /// The type of a slice: the dims at `axes` left out.
  mutating func removing(_ axes: [Int], from slot: TypeSlot) -> TypeSlot {
    guard let shape = shape(of: slot) else { return slot }
    var result = slot
    let left = shape.indices.filter { !axes.contains($0) }.map { shape[$0] }
    result.forgetShape()
    if let run = store(left) { result.setShape(run) }
    return result
  }
}
