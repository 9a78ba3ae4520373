/// What a run makes of a finding: whether it fails, what a baseline says of it, who accepted it.
public struct Standing: Sendable, Hashable {
  /// How a finding compares with a baseline; named as SARIF names it.
  public enum Novelty: String, Sendable, CaseIterable {
    /// The baseline does not have it.
    case new
    /// The baseline has it, for fewer nodes.
    case updated
    /// The baseline has it.
    case unchanged
  }

  /// Whether it makes the run fail.
  public let isFailing: Bool
  /// How it compares with the baseline; nil without one.
  public let novelty: Novelty?
  /// Who accepted it and why; nil when nobody did.
  public let suppression: Suppression?

  /// Makes a standing; without arguments that of a finding that nothing was compared with.
  public init(
    isFailing: Bool = false, novelty: Novelty? = nil, suppression: Suppression? = nil
  ) {
    self.isFailing = isFailing
    self.novelty = novelty
    self.suppression = suppression
  }

  /// Whether it needs no attention: someone accepted it, or the baseline has it.
  public var isSettled: Bool { suppression != nil || novelty == .unchanged }
}

/// A decision to live with a finding.
public struct Suppression: Sendable, Hashable {
  /// Why it is accepted.
  public let reason: String
  /// Who answers for it.
  public let owner: String?
  /// The last day on which it holds, as `2026-12-31`.
  public let expires: String?

  /// Makes a suppression.
  public init(reason: String, owner: String? = nil, expires: String? = nil) {
    self.reason = reason
    self.owner = owner
    self.expires = expires
  }
}
