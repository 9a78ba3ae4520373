import ModelGraph

/// What is known of the calls of a model's functions.
///
/// Calls with inputs of the same types share one evaluation; the values inside a function are what
/// holds for all of its calls.
struct FunctionCalls {
  /// A call whose body is being walked.
  struct Call {
    let function: Int
    let key: Key
    /// The call and serial number to go back to.
    let outerCall: Int
    let outerSerial: Int
  }

  /// A function with the types and attributes it is called with.
  struct Key: Hashable {
    let function: Int
    let signature: [Int32]
  }

  private(set) var serial = 0
  private var results: [Key: [TypeSlot]] = [:]
  private var isActive: [Bool]
  private var evaluations: [Int]
  private let valuesOfFunction: [[Int32]]
  private var merged: [[TypeSlot]]

  init(graph: ModelGraph) {
    let count = graph.functions.count
    isActive = Array(repeating: false, count: count)
    evaluations = Array(repeating: 0, count: count)
    merged = Array(repeating: [], count: count)
    valuesOfFunction = count == 0 ? [] : Self.values(of: graph)
  }

  func isCalled(_ function: Int) -> Bool { evaluations[function] > 0 }

  func isActive(_ function: Int) -> Bool { isActive[function] }

  func result(of key: Key) -> [TypeSlot]? { results[key] }

  mutating func begin(_ function: Int) {
    isActive[function] = true
    serial += 1
  }

  /// Ends a call: keeps its outputs and what its values were.
  mutating func end(_ call: Call, outputs: [TypeSlot], state: inout NodeInference) {
    let function = call.function
    isActive[function] = false
    results[call.key] = outputs
    let values = valuesOfFunction[function]
    if evaluations[function] == 0 {
      merged[function] = values.map { state.slots[Int($0)] }
    } else {
      for (position, value) in values.enumerated() {
        merged[function][position] = state.either(
          merged[function][position], state.slots[Int(value)])
      }
    }
    evaluations[function] += 1
  }

  /// Leaves in each function's values what holds for all calls.
  func publish(into state: inout NodeInference) {
    for function in merged.indices where evaluations[function] > 0 {
      for (position, value) in valuesOfFunction[function].enumerated() {
        state.slots[Int(value)] = merged[function][position]
      }
    }
  }

  /// The values of each function's body and of the subgraphs in it.
  private static func values(of graph: ModelGraph) -> [[Int32]] {
    var owner: [Int?] = Array(repeating: nil, count: graph.scopes.count)
    for index in graph.scopes.indices {
      var current = ScopeReference(index)
      while !current.isNone {
        if case .function(let function) = graph.scopes[current.index].kind {
          owner[index] = function
        }
        current = graph.scopes[current.index].parent
      }
    }
    var result: [[Int32]] = Array(repeating: [], count: graph.functions.count)
    for (index, value) in graph.values.enumerated() {
      if let function = owner[value.scope.index] { result[function].append(Int32(index)) }
    }
    return result
  }
}

extension Inferrer {
  /// Starts the call of a function by the node in hand, or takes what an equal call gave.
  mutating func enterFunction(_ function: Int, environment: Int) {
    let key = FunctionCalls.Key(function: function, signature: signature())
    if let known = functions.result(of: key) {
      state.setOutputs(state.refreshed(known))
      commit()
      return
    }
    guard !functions.isActive(function), budget > 0 else {
      commit()
      return
    }
    let entry = graph.functions[function]
    for (index, value) in graph.scopes[entry.scope.index].inputs.enumerated() {
      bind(value, state.slotWithIntegers(index))
    }
    let call = FunctionCalls.Call(
      function: function, key: key, outerCall: state.call, outerSerial: state.serial)
    state.calls.append(state.bindings(defaults: entry.defaults))
    state.call = state.calls.count - 1
    functions.begin(function)
    state.serial = functions.serial
    push(
      entry.scope, environment: plans.environment(ofFunction: function), owner: state.reference,
      purpose: .call(call))
  }

  mutating func finishCall(_ call: FunctionCalls.Call, _ frame: Frame) {
    let results = outputs(of: frame.scope)
    functions.end(call, outputs: results, state: &state)
    state.call = call.outerCall
    state.serial = call.outerSerial
    resume(frame)
    state.setOutputs(results)
    commit()
  }

  /// Everything that the results of a call depend on.
  private mutating func signature() -> [Int32] {
    var signature: [Int32] = [Int32(state.inputCount)]
    for index in 0..<state.inputCount {
      let slot = state.slot(index)
      signature += [
        Int32(slot.kind.rawValue) << 8 | Int32(slot.element.rawValue), Int32(slot.rank ?? -1),
      ]
      if slot.isContainer { signature.append(slot.detail) }
      signature += (state.shape(index) ?? []).map(\.code)
      let integers = slot.isTensor ? state.integers(index) : nil
      signature.append(Int32(integers?.count ?? -1))
      signature += (integers ?? []).map(\.code)
    }
    for attribute in graph.attributes[state.attributeRun.range] {
      signature.append(attribute.name.position)
      signature += Self.signature(of: state.resolved(attribute.value))
    }
    return signature
  }

  private static func signature(of value: AttributeValue?) -> [Int32] {
    guard let value else { return [-1] }
    let kind = Int32(value.kind.rawValue)
    switch value {
    case .int(let number):
      return [kind, Int32(truncatingIfNeeded: number), Int32(truncatingIfNeeded: number >> 32)]
    case .float(let number): return [kind, Int32(bitPattern: number.bitPattern)]
    case .string(let name): return [kind, name.position]
    case .tensor(let tensor): return [kind, tensor.position]
    case .graph(let scope): return [kind, scope.position]
    case .type(let type): return [kind, type.position]
    case .floats(let run), .ints(let run), .strings(let run), .tensors(let run), .graphs(let run):
      return [kind, run.start, run.count]
    case .sparseTensor(let values, let indices): return [kind, values.position, indices.position]
    case .sparseTensors, .types, .longList, .reference, .undefined: return [kind]
    }
  }
}

extension NodeInference {
  /// What is known of an input, with its integers in the pool.
  mutating func slotWithIntegers(_ index: Int) -> TypeSlot {
    var slot = slot(index)
    guard slot.isTensor, slot.detail < 0, let integers = integers(index),
      integerCount(of: slot) == integers.count
    else { return slot }
    slot.detail = Int32(pool.count)
    pool += integers
    return slot
  }

  mutating func setOutputs(_ slots: [TypeSlot]) {
    for (output, slot) in slots.enumerated() where slot.kind != .unknown { setType(output, slot) }
  }

  /// The results of an earlier call with data-dependent extents of their own.
  mutating func refreshed(_ slots: [TypeSlot]) -> [TypeSlot] {
    var fresh: [Dim: Dim] = [:]
    return slots.map { slot in
      guard slot.isTensor, let shape = shape(of: slot) else { return slot }
      let isDependent = shape.map { !dims.dependence(of: $0).nodes.isEmpty }
      guard isDependent.contains(true) else { return slot }
      var result = TypeSlot.tensor(slot.element)
      var renewed: [Dim] = []
      for (dim, isDependent) in zip(shape, isDependent) {
        guard isDependent else {
          renewed.append(dim)
          continue
        }
        let replacement = fresh[dim] ?? dataDependent()
        fresh[dim] = replacement
        renewed.append(replacement)
      }
      if let run = store(renewed) { result.setShape(run) }
      return result
    }
  }
}
