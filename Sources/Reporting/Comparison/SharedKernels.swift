import Capabilities
import Compatibility
import Inference
public import ModelGraph

/// How much of a model one set of portable kernels serves on several chips.
public struct SharedKernels: Sendable {
  /// What a chip takes beyond the one source, or what is in the way; from best to worst.
  public enum Service: String, Sendable, CaseIterable, Comparable {
    /// The same kernel source runs on all of them, or no kernel is needed.
    case shared
    /// Some chip runs it by a kernel that its vendor wrote or adapted, or by the vendor's library.
    case chipSpecific
    /// Some chip leaves it to the host CPU.
    case fallback
    /// Of some chip it is not known.
    case unknown
    /// Some chip does not take it, or computes something else.
    case blocked

    /// Better ones come first.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// One operator on all the chips.
  public struct Operator: Sendable {
    /// The operator.
    public let operation: OperatorIdentity
    /// The worst of the chips.
    public let service: Service
    /// The targets that make it so; empty when it is shared.
    public let because: [String]
    /// Number of its nodes.
    public let nodes: Int
    /// Their floating-point operations, as far as they are known.
    public let flops: Int64
  }

  /// The targets that were compared.
  public let targets: [String]
  /// The operators, worst first, then the dearest.
  public let operators: [Operator]

  /// Compares the portable front doors among some targets; nil without at least two.
  init?(_ rows: [Comparison.Row], _ model: ModelReport) {
    let portable = rows.filter { $0.target.profile?.isPortable == true }
      .sorted { $0.target.target < $1.target.target }
    guard portable.count > 1, let first = portable.first?.target.profile else { return nil }
    targets = portable.map(\.target.target)
    let shares = Dictionary(
      (model.cost?.operators ?? []).map { ($0.operation, $0.flops) }, uniquingKeysWith: +)
    let found = first.operators.map { operation in
      let services = portable.map { row in
        (row.target.target, Service(row.target.profile, operation.operation))
      }
      let worst = services.map(\.1).max() ?? .unknown
      return Operator(
        operation: operation.operation, service: worst,
        because: worst == .shared ? [] : services.filter { $0.1 == worst }.map(\.0),
        nodes: operation.counts.values.reduce(0, +), flops: shares[operation.operation] ?? 0)
    }
    operators = found.sorted { left, right in
      if left.service != right.service { return left.service > right.service }
      if left.flops != right.flops { return left.flops > right.flops }
      return left.operation.description < right.operation.description
    }
  }

  /// Number of nodes, and their FLOPs, of the operators with a service.
  public func total(of service: Service) -> (operators: Int, nodes: Int, flops: Int64) {
    let chosen = operators.filter { $0.service == service }
    return (
      chosen.count, chosen.reduce(0) { $0 + $1.nodes },
      chosen.reduce(0) { $0.plusClamping($1.flops) }
    )
  }
}

extension SharedKernels.Service {
  /// What one chip makes of an operator.
  fileprivate init(_ profile: TargetProfile?, _ operation: OperatorIdentity) {
    guard let judged = profile?.operators.first(where: { $0.operation == operation }) else {
      self = .unknown
      return
    }
    switch judged.verdict {
    case .supported, .conditional:
      self = judged.grounds.kernels.isSubset(of: [.generic]) ? .shared : .chipSpecific
    case .fallback: self = .fallback
    case .unknown: self = .unknown
    case .silent, .unsupported: self = .blocked
    }
  }
}
