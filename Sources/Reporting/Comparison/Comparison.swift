public import Compatibility
import Porting

/// The targets of one model, ranked.
///
/// Of two targets the better one has, compared in this order: something known at all; where efforts
/// were estimated, a way through and the fewer person-days expected; the smaller share of the work
/// that is blocked, then silent, unknown, on the host CPU, conditional, each by FLOPs and then by
/// nodes; the name that comes first.
public struct Comparison: Sendable {
  /// One target with its place.
  public struct Row: Sendable {
    /// The target, with its profile.
    public let target: TargetReport
    /// The stack's name.
    public let stack: String
    /// From 1; nil where nothing is known of any node.
    public internal(set) var rank: Int?
    /// What the rank is made of: smaller numbers are better, the heaviest come first.
    let key: [Double]
  }

  /// Every target, the best first.
  public let targets: [Row]
  /// The best target of every stack, the best first.
  public let stacks: [Row]
  /// One opset for several stacks; nil without front doors that take ONNX.
  public let opset: SharedOpset?
  /// One set of kernels for several stacks; nil without portable front doors.
  public let kernels: SharedKernels?

  /// Ranks the targets of a model; nil for a model that was not judged.
  public init?(of model: ModelReport) {
    guard model.summary != nil, !model.targets.isEmpty else { return nil }
    let rows = model.targets.map { Row($0) }
    targets = Self.ranked(rows)
    var seen: Set<String> = []
    stacks = Self.ranked(targets.filter { seen.insert($0.stack).inserted })
    opset = SharedOpset(targets)
    kernels = SharedKernels(targets, model)
  }

  private static func ranked(_ rows: [Row]) -> [Row] {
    let sorted = rows.sorted { left, right in
      left.key == right.key
        ? left.target.target < right.target.target
        : left.key.lexicographicallyPrecedes(right.key)
    }
    return sorted.enumerated().map { index, row in
      var row = row
      row.rank = row.isKnown ? index + 1 : nil
      return row
    }
  }
}

extension Comparison.Row {
  /// Verdicts by their weight in the order of targets, the heaviest first.
  public static let order: [Verdict] = [.unsupported, .silent, .unknown, .fallback, .conditional]

  init(_ target: TargetReport) {
    self.target = target
    stack = String(target.target.prefix { $0 != "/" })
    rank = nil
    let isKnown = Self.isKnown(target)
    var key: [Double] = [isKnown ? 0 : 1]
    if let effort = target.effort {
      let estimate = effort.estimate
      key.append(estimate.map { $0.blocked.isEmpty ? 0 : 1 } ?? 1)
      key.append(estimate?.best.range.mean ?? .infinity)
    }
    for verdict in Self.order {
      key.append(Self.flopShare(verdict, target) ?? 0)
      key.append(Self.nodeShare(verdict, target))
    }
    self.key = key
  }

  /// Whether anything is known of any node.
  public var isKnown: Bool { Self.isKnown(target) }

  /// The share of nodes with a verdict, from 0 to 1; a refused model is blocked as a whole.
  public func nodeShare(_ verdict: Verdict) -> Double { Self.nodeShare(verdict, target) }

  /// The share of FLOPs with a verdict, from 0 to 1; nil when no work is known.
  public func flopShare(_ verdict: Verdict) -> Double? { Self.flopShare(verdict, target) }

  private static func isKnown(_ target: TargetReport) -> Bool {
    target.nodeCount == 0 || target.counts[.unknown] != target.nodeCount
  }

  private static func nodeShare(_ verdict: Verdict, _ target: TargetReport) -> Double {
    if target.profile?.refusesModel == true { return verdict == .unsupported ? 1 : 0 }
    guard target.nodeCount > 0 else { return verdict == .supported ? 1 : 0 }
    return Double(target.counts[verdict] ?? 0) / Double(target.nodeCount)
  }

  private static func flopShare(_ verdict: Verdict, _ target: TargetReport) -> Double? {
    guard let profile = target.profile else { return nil }
    let all = profile.flops.values.reduce(0) { $0 + Double($1) }
    guard all > 0 else { return nil }
    if profile.refusesModel { return verdict == .unsupported ? 1 : 0 }
    return Double(profile.flops[verdict] ?? 0) / all
  }
}
