/// What becomes of a node, or of a whole model, on a front door; from best to worst.
public enum Verdict: String, Sendable, CaseIterable, Comparable {
  /// The toolchain takes it as it stands.
  case supported
  /// It depends on something the file does not tell.
  case conditional
  /// It runs on the host CPU instead of the accelerator.
  case fallback
  /// There is no evidence either way.
  case unknown
  /// It is accepted, but an attribute in use is ignored: results are wrong.
  case silent
  /// The toolchain refuses it.
  case unsupported

  /// Place in the order, 0 for the best.
  public var rank: Int {
    switch self {
    case .supported: 0
    case .conditional: 1
    case .fallback: 2
    case .unknown: 3
    case .silent: 4
    case .unsupported: 5
    }
  }

  /// Better verdicts come first.
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  /// The severity of a finding with this verdict.
  public var severity: Severity {
    switch self {
    case .supported: .note
    case .conditional, .fallback, .unknown: .warning
    case .silent, .unsupported: .error
    }
  }
}
