public import Inference
public import ModelGraph

/// Nodes of the main graph that follow each other in execution order and share a fate.
///
/// A model with very many runs is condensed: some neighbours are then told as one run of mixed fate.
public struct GraphRun: Sendable {
  /// Where a node runs, from best to worst.
  public enum Side: String, Sendable, CaseIterable, Comparable {
    /// On the accelerator, maybe under conditions.
    case native
    /// On the host CPU.
    case host
    /// Nobody knows.
    case unknown
    /// Nowhere, or it computes something else.
    case blocked

    /// The side of a verdict.
    public init(_ verdict: Verdict) {
      switch verdict {
      case .supported, .conditional: self = .native
      case .fallback: self = .host
      case .unknown: self = .unknown
      case .silent, .unsupported: self = .blocked
      }
    }

    /// Better ones come first.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// Place of the first node in execution order, from 1.
  public let first: Int
  /// Number of nodes on each side; more than one side only where runs were condensed.
  public let counts: [Side: Int]
  /// Floating-point operations of one run of the model, as far as they are known.
  public let flops: Int64
  /// The most frequent operators on the worst side, with the number of their nodes.
  public let operators: [(operation: OperatorIdentity, count: Int)]

  /// Number of nodes.
  public var nodeCount: Int { counts.values.reduce(0, +) }

  /// The worst side of any node.
  public var side: Side { counts.keys.max() ?? .native }

  /// At most this many operators are named.
  static let namedOperators = 3

  /// Makes a run of its parts.
  public init(
    first: Int, counts: [Side: Int], flops: Int64,
    operators: [(operation: OperatorIdentity, count: Int)]
  ) {
    self.first = first
    self.counts = counts
    self.flops = flops
    self.operators = operators
  }
}

extension Judgement {
  /// The main graph as runs in execution order, condensed to at most `limit`.
  ///
  /// A control-flow node shares the worst fate of the nodes that it holds; nodes in cycles, which
  /// have no place in the order, are left out. Linear in the number of nodes.
  public func graphRuns(
    _ graph: ModelGraph, _ annotations: Annotations, _ work: RunWork, limit: Int = 200
  ) -> [GraphRun] {
    let sides = sides(in: graph)
    let range = graph.main?.nodes.range ?? 0..<0
    let sorted = annotations.order.sorted(ScopeReference(0)).map { $0.map(\.index) }
    var pieces: [RunPiece] = []
    for (place, node) in (sorted ?? Array(range)).enumerated() {
      guard let side = sides[node] else { continue }
      if pieces.last?.side != side { pieces.append(RunPiece(side: side, first: place + 1)) }
      let flops = work.flops(of: NodeReference(node), in: graph)
      pieces[pieces.count - 1].add(graph.nodes[node].operation.index, flops)
    }
    // Neighbours go together by tens, hundreds …, so that no picture has more parts than it can show.
    let size = max(1, (pieces.count + max(limit, 1) - 1) / max(limit, 1))
    return stride(from: 0, to: pieces.count, by: size).map { start in
      GraphRun(pieces[start..<min(start + size, pieces.count)], in: graph)
    }
  }

  /// The side of each node of the main graph; nil for nodes that are not judged.
  private func sides(in graph: ModelGraph) -> [GraphRun.Side?] {
    var sides = nodeVerdicts.map { $0.map(GraphRun.Side.init) }
    guard graph.scopes.count > 1 else { return sides }
    let outermost = OutermostNodes(graph)
    for index in sides.indices {
      guard let side = sides[index], outermost[index] != index else { continue }
      let holder = outermost[index]
      sides[holder] = max(sides[holder] ?? side, side)
    }
    return sides
  }
}

/// A run under construction.
private struct RunPiece {
  let side: GraphRun.Side
  let first: Int
  private(set) var count = 0
  private(set) var flops: Int64 = 0
  /// Number of nodes by the index of their operator.
  private(set) var operators: [Int: Int] = [:]

  init(side: GraphRun.Side, first: Int) {
    self.side = side
    self.first = first
  }

  mutating func add(_ operation: Int, _ work: Int64) {
    count += 1
    flops = flops.plusClamping(work)
    operators[operation, default: 0] += 1
  }
}

extension GraphRun {
  fileprivate init(_ pieces: ArraySlice<RunPiece>, in graph: ModelGraph) {
    let worst = pieces.map(\.side).max() ?? .native
    let named = pieces.filter { $0.side == worst }.reduce(into: [Int: Int]()) {
      $0.merge($1.operators, uniquingKeysWith: +)
    }
    let frequent = named.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    self.init(
      first: pieces.first?.first ?? 1,
      counts: pieces.reduce(into: [:]) { $0[$1.side, default: 0] += $1.count },
      flops: pieces.reduce(0) { $0.plusClamping($1.flops) },
      operators: frequent.prefix(Self.namedOperators).map { (graph.operators[$0.key], $0.value) })
  }
}
