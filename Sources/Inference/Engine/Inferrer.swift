import ModelGraph
import OperatorCatalogue

/// Walks the scopes of a model, node after node, and notes what each value is.
///
/// Subgraphs and functions are walked with a stack of frames, not by recursion, so that nesting
/// costs memory of its own depth only.
struct Inferrer: ~Copyable {
  let graph: ModelGraph
  let pins: InputPins
  let order: NodeOrder
  var state: NodeInference
  var plans: OperatorPlans
  var frames: [Frame] = []
  var functions: FunctionCalls
  var disagreements: [DeclaredConflict] = []
  /// Node evaluations left for second looks at loop bodies and for repeated function calls.
  var budget: Int

  /// The slot of each distinct declared type.
  private let declared: [TypeSlot]

  /// A value whose declared type contradicts what is inferred.
  struct DeclaredConflict: Sendable {
    let value: ValueReference
    let inferred: TypeSlot
  }

  init(graph: ModelGraph, catalogue: OperatorCatalogue, pins: InputPins) {
    self.graph = graph
    self.pins = pins
    order = NodeOrder(of: graph)
    plans = OperatorPlans(graph: graph, catalogue: catalogue)
    functions = FunctionCalls(graph: graph)
    budget = 1_000_000 + 4 * graph.nodes.count
    var state = NodeInference(graph: graph)
    declared = graph.types.map { state.slot(of: $0, pins: pins) }
    self.state = state
  }

  mutating func run() {
    placeConstants()
    for index in graph.scopes.indices {
      let scope = ScopeReference(index)
      switch graph.scopes[index].kind {
      case .main, .training: walk(scope, environment: 0)
      case .subgraph, .attributeDefault, .function: break
      }
    }
    for (index, function) in graph.functions.enumerated() where !functions.isCalled(index) {
      walk(function.scope, environment: plans.environment(ofFunction: index))
    }
    functions.publish(into: &state)
  }

  /// Ends the inference and hands over what it found.
  consuming func finished() -> NodeInference { state }

  /// Walks a scope that nothing calls, with its inputs as declared.
  private mutating func walk(_ scope: ScopeReference, environment: Int) {
    bindDeclaredInputs(of: scope)
    push(scope, environment: environment, owner: .none, purpose: .free)
    while let frame = frames.last {
      if frame.next < frame.nodes.count {
        step()
      } else {
        frames.removeLast()
        finish(frame)
      }
    }
  }

  /// Infers nodes of the topmost frame until it ends or another one is on top.
  private mutating func step() {
    let top = frames.count - 1
    let frame = frames[top]
    var position = frame.next
    while position < frame.nodes.count, frames.count == top + 1 {
      let node = order.node(at: position, of: frame.scope, nodes: frame.nodes)
      position += 1
      frames[top].next = position
      infer(node, environment: frame.environment)
    }
  }

  private mutating func infer(_ node: NodeReference, environment: Int) {
    let operation = graph.nodes[node.index].operation
    let plan = plans.plan(for: operation, environment: environment)
    budget -= 1
    state.begin(node, version: plan.version)
    state.applyElements(of: plan)
    plan.rule?(&state)
    switch plan.flow {
    case .none: commit()
    case .graphs:
      commit()
      enterGraphs(environment: environment)
    case .conditional: enterConditional(environment: environment)
    case .loop: enterLoop(environment: environment)
    case .scan: enterScan(environment: environment)
    case .map: enterMap(environment: environment)
    case .call(let function): enterFunction(function, environment: environment)
    }
  }

  /// Takes the node that a frame belongs to back in hand.
  mutating func resume(_ frame: Frame) {
    let operation = graph.nodes[frame.owner.index].operation
    let environment = frames.last?.environment ?? 0
    let plan = plans.plan(for: operation, environment: environment)
    state.begin(frame.owner, version: plan.version)
    state.applyElements(of: plan)
  }

  /// Notes the outputs of the node in hand.
  mutating func commit() {
    let first = state.firstInput + state.inputCount
    for output in state.outputs.indices {
      let value = graph.operands[first + output]
      if !value.isNone { assign(state.outputs[output], to: value) }
    }
  }

  /// Notes what a value is, together with what the file declares.
  private mutating func assign(_ slot: TypeSlot, to value: ValueReference) {
    let type = graph.values[value.index].declaredType
    if type.isNone {
      state.slots[value.index] = slot
      return
    }
    var conflict = false
    let refined = state.refined(slot, by: declaredSlot(type), conflict: &conflict)
    state.slots[value.index] = refined
    if conflict { disagreements.append(DeclaredConflict(value: value, inferred: slot)) }
  }

  /// Extents that the user overrides make the file's own intermediate shapes worthless.
  private func declaredSlot(_ type: TypeReference) -> TypeSlot {
    var slot = declared[type.index]
    if !pins.shapes.isEmpty, slot.isTensor { slot.forgetShape() }
    return slot
  }
}

// MARK: - Starting points

extension Inferrer {
  private mutating func placeConstants() {
    for index in graph.values.indices {
      let tensor = graph.values[index].tensor
      if !tensor.isNone { state.slots[index] = state.slot(of: tensor) }
    }
    for sparse in graph.sparseInitializers {
      guard !sparse.value.isNone, !sparse.values.isNone else { continue }
      var slot = TypeSlot.tensor(graph.tensors[sparse.values.index].elementType)
      let shape = graph.integerPool[sparse.dims.range].map { state.dims.fixed($0) }
      if let run = state.store(shape) { slot.setShape(run) }
      state.slots[sparse.value.index] = slot
    }
  }

  /// Gives the inputs of a scope the types that the file declares.
  mutating func bindDeclaredInputs(of scope: ScopeReference) {
    for value in graph.scopes[scope.index].inputs where !value.isNone {
      let entry = graph.values[value.index]
      let name = pins.shapes.isEmpty ? "" : graph.text(entry.name)
      let slot = entry.declaredType.isNone ? .unknown : declared[entry.declaredType.index]
      var bound = state.named(slot, input: value, pinned: pins.shapes[name])
      if !entry.tensor.isNone, pins.shapes[name] == nil {
        var conflict = false
        bound = state.refined(state.slots[value.index], by: bound, conflict: &conflict)
        if conflict {
          disagreements.append(
            DeclaredConflict(value: value, inferred: state.slots[value.index]))
        }
      }
      state.slots[value.index] = bound
    }
  }

  /// Gives an input of a subgraph or function a type, filled up with what the file declares.
  mutating func bind(_ value: ValueReference, _ slot: TypeSlot) {
    guard !value.isNone else { return }
    let type = graph.values[value.index].declaredType
    var conflict = false
    state.slots[value.index] =
      type.isNone ? slot : state.refined(slot, by: declaredSlot(type), conflict: &conflict)
  }

  mutating func push(
    _ scope: ScopeReference, environment: Int, owner: NodeReference, purpose: Frame.Purpose
  ) {
    let nodes = graph.scopes[scope.index].nodes
    frames.append(
      Frame(
        scope: scope, nodes: nodes, environment: environment, owner: owner, purpose: purpose))
  }

  /// The types of a scope's outputs.
  func outputs(of scope: ScopeReference) -> [TypeSlot] {
    graph.scopes[scope.index].outputs.map { $0.isNone ? .unknown : state.slots[$0.index] }
  }
}
