import ModelGraph

/// How often each graph, subgraph and function body of a model runs when the model runs once.
///
/// Of the branches of a conditional the one with most work counts. Loops whose number of iterations
/// is open count as one iteration and are listed.
struct ScopeRuns {
  /// Runs by scope; 0 for what never runs.
  private(set) var counts: [Int64]
  /// Loops and scans whose number of iterations is open.
  private(set) var openLoops: [NodeReference] = []

  private let graph: ModelGraph
  private let annotations: Annotations

  init(
    _ graph: ModelGraph, _ annotations: Annotations, _ nesting: ScopeNesting, flops: [Int64]
  ) {
    self.graph = graph
    self.annotations = annotations
    counts = Array(repeating: 0, count: graph.scopes.count)
    spread(nesting, totals(nesting, flops))
  }

  /// Work of each scope with all that it holds and calls, one run.
  private func totals(_ nesting: ScopeNesting, _ flops: [Int64]) -> [Int64] {
    var totals: [Int64] = graph.scopes.map { scope in
      scope.nodes.range.reduce(0) { $0.plusClamping(flops[$1]) }
    }
    for scope in nesting.fromOutside.reversed() {
      for use in nesting.uses[scope.index] {
        let inner = totals[use.scope.index].timesClamping(iterations(of: use.node) ?? 1)
        totals[scope.index] = totals[scope.index].plusClamping(inner)
      }
    }
    return totals
  }

  private mutating func spread(_ nesting: ScopeNesting, _ totals: [Int64]) {
    if !counts.isEmpty { counts[0] = 1 }
    for scope in nesting.fromOutside where counts[scope.index] > 0 {
      let uses = nesting.uses[scope.index]
      let dearest = dearestBranches(uses, totals)
      for use in uses {
        if let branch = dearest[use.node], branch != use.scope { continue }
        let repeats = iterations(of: use.node)
        if repeats == nil { openLoops.append(use.node) }
        let runs = counts[scope.index].timesClamping(repeats ?? 1)
        counts[use.scope.index] = counts[use.scope.index].plusClamping(runs)
      }
    }
  }

  /// The branch with most work of each conditional.
  private func dearestBranches(
    _ uses: [ScopeNesting.Use], _ totals: [Int64]
  ) -> [NodeReference: ScopeReference] {
    var dearest: [NodeReference: ScopeReference] = [:]
    for use in uses where isConditional(use.node) {
      if let best = dearest[use.node], totals[best.index] >= totals[use.scope.index] { continue }
      dearest[use.node] = use.scope
    }
    return dearest
  }

  private func isConditional(_ node: NodeReference) -> Bool {
    let operation = graph.operation(of: graph.nodes[node.index])
    return operation.domain == "ai.onnx" && operation.name == "If"
  }

  /// How often a node runs what it holds; nil when that is open.
  private func iterations(of reference: NodeReference) -> Int64? {
    let node = graph.nodes[reference.index]
    let operation = graph.operation(of: node)
    guard operation.domain == "ai.onnx" else { return 1 }
    switch operation.name {
    case "Loop":
      let count = annotations.constantIntegers(of: graph.input(0, of: node))
      return count.flatMap { $0.count == 1 ? max($0[0], 0) : nil }
    case "Scan": return isBatched(node) ? batchedScanLength(node) : scanLength(node)
    case "SequenceMap": return nil
    default: return 1
    }
  }

  /// Whether a scan is that of opset 8, which has a batch and no axes to choose.
  private func isBatched(_ node: Node) -> Bool {
    let version = graph.opsetImports(in: node.scope).first { $0.domain == "ai.onnx" }?.version
    return (version ?? 1) < 9
  }

  /// Steps of a scan over inputs of the form [batch, steps, …], one run each for every sample.
  private func batchedScanLength(_ node: Node) -> Int64? {
    guard case .int(let scans) = graph.attribute("num_scan_inputs", of: node), scans > 0,
      scans < Int64(node.inputCount)
    else { return nil }
    let first = graph.input(Int(node.inputCount) - Int(scans), of: node)
    guard let batch = annotations.extent(0, of: first), let steps = annotations.extent(1, of: first)
    else { return nil }
    return batch.timesClamping(steps)
  }

  private func scanLength(_ node: Node) -> Int64? {
    guard case .int(let scans) = graph.attribute("num_scan_inputs", of: node), scans > 0,
      scans <= Int64(node.inputCount)
    else { return nil }
    let first = Int(node.inputCount) - Int(scans)
    var axis: Int64 = 0
    if case .ints(let run) = graph.attribute("scan_input_axes", of: node), run.count > 0 {
      axis = graph.integerPool[Int(run.start)]
    }
    guard axis.magnitude <= UInt64(NodeInference.highestRank) else { return nil }
    return annotations.extent(Int(axis), of: graph.input(first, of: node))
  }
}
