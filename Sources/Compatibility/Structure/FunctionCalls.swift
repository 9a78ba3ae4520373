import Bytes
import ModelGraph

/// Which functions call which, and how large they become when inlined.
struct FunctionCalls {
  /// Functions that take part in a recursion, by position.
  let inCycles: [Int]
  /// Nodes of the model after all calls are inlined; `Int.max` on overflow or recursion.
  let expandedNodeCount: Int

  init(_ graph: ModelGraph) {
    guard !graph.functions.isEmpty else {
      inCycles = []
      expandedNodeCount = graph.nodes.count
      return
    }
    let positions = Dictionary(
      graph.functions.enumerated().map { ($1.identity, $0) },
      uniquingKeysWith: { first, _ in first })
    let called = graph.operators.map { positions[$0] }
    var calls = Array(repeating: [Int](), count: graph.functions.count)
    var ownNodes = Array(repeating: 0, count: graph.functions.count)
    var mainCalls: [Int] = []
    var mainNodes = 0
    let environments = graph.environments
    for node in graph.nodes {
      let callee = called[node.operation.index]
      let function = environments[node.scope.index] - 1
      if function >= 0 {
        ownNodes[function] += 1
        if let callee { calls[function].append(callee) }
      } else {
        mainNodes += 1
        if let callee { mainCalls.append(callee) }
      }
    }
    let order = Self.calleesFirst(calls)
    inCycles = Self.cyclic(calls, without: order)
    guard inCycles.isEmpty else {
      expandedNodeCount = Int.max
      return
    }
    var sizes = ownNodes
    for function in order {
      sizes[function] = Self.size(ownNodes[function], calls[function], sizes)
    }
    expandedNodeCount = Self.size(mainNodes, mainCalls, sizes)
  }

  /// Functions in an order where callees come before callers; those in cycles are left out.
  private static func calleesFirst(_ calls: [[Int]]) -> [Int] {
    var callers = Array(repeating: [Int](), count: calls.count)
    var waiting = calls.map { Set($0).count }
    for (caller, callees) in calls.enumerated() {
      for callee in Set(callees) { callers[callee].append(caller) }
    }
    var order = calls.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      for caller in callers[order[next]] {
        waiting[caller] -= 1
        if waiting[caller] == 0 { order.append(caller) }
      }
      next += 1
    }
    return order
  }

  /// Functions that are left when callees and callers of no cycle are taken away, in order.
  private static func cyclic(_ calls: [[Int]], without order: [Int]) -> [Int] {
    guard order.count < calls.count else { return [] }
    var isLeft = Array(repeating: true, count: calls.count)
    for function in order { isLeft[function] = false }
    var callerCounts = Array(repeating: 0, count: calls.count)
    for caller in calls.indices where isLeft[caller] {
      for callee in Set(calls[caller]) { callerCounts[callee] += 1 }
    }
    var waiting = calls.indices.filter { isLeft[$0] && callerCounts[$0] == 0 }
    while let caller = waiting.popLast() {
      isLeft[caller] = false
      for callee in Set(calls[caller]) where isLeft[callee] {
        callerCounts[callee] -= 1
        if callerCounts[callee] == 0 { waiting.append(callee) }
      }
    }
    return calls.indices.filter { isLeft[$0] }
  }

  private static func size(_ own: Int, _ callees: [Int], _ sizes: [Int]) -> Int {
    callees.reduce(own) { total, callee in
      let (sum, overflow) = total.addingReportingOverflow(sizes[callee])
      return overflow ? Int.max : sum
    }
  }
}
