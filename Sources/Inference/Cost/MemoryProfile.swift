import ModelGraph

/// How much memory the values between the nodes take while a model runs.
///
/// Values are freed after their last use; weights do not count. Operators that only change the shape
/// share the memory of their input.
public struct MemoryProfile: Sendable, Hashable {
  /// The most bytes that live at once.
  public let peakBytes: Int64
  /// Bytes of the graph's inputs.
  public let inputBytes: Int64
  /// Bytes of the graph's outputs.
  public let outputBytes: Int64
  /// Values whose size is open; they count as nothing.
  public let unsizedValues: Int
}

/// Follows values from their making to their last use.
struct Liveness {
  private let graph: ModelGraph
  private let annotations: Annotations
  private let nesting: ScopeNesting
  private let order: NodeOrder
  /// The value whose memory each value uses.
  private var root: [Int32]
  /// Position in its scope's order of the last node that uses a value; −1 for none.
  private var lastUse: [Int32]
  /// Position of each node in its scope's order.
  private var position: [Int32]
  /// Which of the model's operators put out constants.
  private let isConstant: [Bool]
  private var unsized = 0

  /// Shape-changing operators of the standard set, whose output is the input seen differently.
  private static let views: Set<String> = [
    "Flatten", "Identity", "Reshape", "Squeeze", "Unsqueeze",
  ]

  init(_ graph: ModelGraph, _ annotations: Annotations, _ nesting: ScopeNesting) {
    self.graph = graph
    self.annotations = annotations
    self.nesting = nesting
    order = annotations.order
    isConstant = graph.operators.map { $0.domain == "ai.onnx" && $0.name == "Constant" }
    root = graph.values.indices.map { Int32($0) }
    lastUse = Array(repeating: -1, count: graph.values.count)
    position = Array(repeating: 0, count: graph.nodes.count)
    let isView = graph.operators.map { $0.domain == "ai.onnx" && Self.views.contains($0.name) }
    for (index, scope) in graph.scopes.enumerated() {
      for place in 0..<Int(scope.nodes.count) {
        let node = order.node(at: place, of: ScopeReference(index), nodes: scope.nodes)
        position[node.index] = Int32(place)
        if isView[graph.nodes[node.index].operation.index] { shareMemory(of: node) }
      }
    }
    noteUses()
  }

  /// The peak of the main graph, with the peaks of what its nodes run.
  mutating func profile() -> MemoryProfile {
    var peaks: [Int64] = Array(repeating: 0, count: graph.scopes.count)
    for scope in nesting.fromOutside.reversed() {
      var inner: [NodeReference: Int64] = [:]
      for use in nesting.uses[scope.index] {
        inner[use.node] = max(inner[use.node] ?? 0, peaks[use.scope.index])
      }
      peaks[scope.index] = peak(of: scope, inner)
    }
    return MemoryProfile(
      peakBytes: peaks.first ?? 0,
      inputBytes: bytes(of: graph.main?.inputs ?? []),
      outputBytes: bytes(of: graph.main?.outputs ?? []), unsizedValues: unsized)
  }

  private func isWeight(_ value: ValueReference) -> Bool {
    let entry = graph.values[value.index]
    switch entry.origin {
    case .initializer, .inputWithDefault: return true
    case .node: return isConstant[graph.nodes[entry.producer.index].operation.index]
    case .input, .undefined: return false
    }
  }

  private mutating func shareMemory(of reference: NodeReference) {
    let node = graph.nodes[reference.index]
    let input = graph.input(0, of: node)
    let output = graph.output(0, of: node)
    guard !input.isNone, !output.isNone, !isWeight(input) else { return }
    root[output.index] = root[input.index]
  }

  private mutating func noteUses() {
    for (index, node) in graph.nodes.enumerated() {
      for input in graph.inputs(of: node) where !input.isNone {
        use(input, by: position[index], in: node.scope)
      }
    }
    for (index, scope) in graph.scopes.enumerated() {
      for output in scope.outputs where !output.isNone {
        use(output, by: .max, in: ScopeReference(index))
      }
    }
  }

  /// Notes a use, at the holder's place when a subgraph uses a value of an outer scope.
  private mutating func use(_ value: ValueReference, by place: Int32, in scope: ScopeReference) {
    let owner = Int(root[value.index])
    let home = graph.values[owner].scope
    var current = scope
    var place = place
    while current != home {
      let entry = graph.scopes[current.index]
      guard case .subgraph(let holder, _, _) = entry.kind, !entry.parent.isNone else { return }
      place = position[holder.index]
      current = entry.parent
    }
    lastUse[owner] = max(lastUse[owner], place)
  }

  /// The most bytes that live at once in one run of a scope; `inner` is what its nodes run need.
  private mutating func peak(
    of scope: ScopeReference, _ inner: [NodeReference: Int64]
  ) -> Int64 {
    let entry = graph.scopes[scope.index]
    var endings = Endings(places: Int(entry.nodes.count))
    var live = bytes(of: entry.inputs)
    for input in entry.inputs where !input.isNone { endings.add(input, at: lastUse[input.index]) }
    var most = live
    for place in 0..<Int(entry.nodes.count) {
      let reference = order.node(at: place, of: scope, nodes: entry.nodes)
      for output in graph.outputs(of: graph.nodes[reference.index]) where !output.isNone {
        guard root[output.index] == output.position, !isWeight(output) else { continue }
        live = live.plusClamping(sizedBytes(of: output))
        // What nobody uses ends where it begins.
        endings.add(output, at: max(lastUse[output.index], Int32(place)))
      }
      most = max(most, live.plusClamping(inner[reference] ?? 0))
      for value in endings.values(at: place) { live -= min(live, bytes(of: value)) }
    }
    return most
  }

  private mutating func sizedBytes(of value: ValueReference) -> Int64 {
    guard let bytes = annotations.byteCount(of: value) else {
      unsized += 1
      return 0
    }
    return bytes
  }

  private func bytes(of value: ValueReference) -> Int64 {
    isWeight(value) ? 0 : annotations.byteCount(of: value) ?? 0
  }

  private func bytes(of values: [ValueReference]) -> Int64 {
    values.reduce(0) { $0.plusClamping($1.isNone ? 0 : bytes(of: $1)) }
  }
}

/// Values by the place of their last use, as chains.
private struct Endings {
  private var first: [Int32]
  private var chain: [(value: ValueReference, next: Int32)] = []

  init(places: Int) { first = Array(repeating: -1, count: places) }

  /// Notes where a value ends; places outside mean that it stays.
  mutating func add(_ value: ValueReference, at place: Int32) {
    guard place >= 0, Int(place) < first.count else { return }
    chain.append((value, first[Int(place)]))
    first[Int(place)] = Int32(chain.count - 1)
  }

  func values(at place: Int) -> [ValueReference] {
    var values: [ValueReference] = []
    var next = first[place]
    while next >= 0 {
      values.append(chain[Int(next)].value)
      next = chain[Int(next)].next
    }
    return values
  }
}
