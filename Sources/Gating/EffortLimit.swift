import Compatibility
import Porting
import Reporting

/// The person-days that a port may take before the run fails.
public struct EffortLimit: Sendable, Hashable {
  /// How sure the days must be to suffice.
  public enum Quantile: String, Sendable, CaseIterable {
    case p50
    case p80
    case p90
  }

  /// Person-days.
  public let days: Double
  /// Which estimate of them counts.
  public let quantile: Quantile

  /// Reads `DAYS` or `DAYS@p80`, such as `10` or `7.5@p90`; P80 counts unless it is said otherwise.
  public init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count <= 2, let days = parts.first.flatMap({ Double($0) }), days.isFinite, days >= 0
    else { return nil }
    guard let quantile = parts.count == 1 ? .p80 : Quantile(rawValue: String(parts[1])) else {
      return nil
    }
    self.days = days
    self.quantile = quantile
  }

  /// What fails about a target: that it takes more, or that nothing can be said of it.
  func finding(on target: TargetReport) -> Finding? {
    guard let outcome = target.effort else { return nil }
    let limit = "at most \(PersonDays(days)) (\(quantile.rawValue.uppercased()))"
    guard let estimate = outcome.estimate else {
      return Finding(
        rule: EffortAboveLimit.rule,
        reason: "there is no estimate, because \(outcome.reason ?? "nothing is known")")
    }
    let range = estimate.best.range
    let hours =
      switch quantile {
      case .p50: range.p50
      case .p80: range.p80
      case .p90: range.p90
      }
    let taken = estimate.days(hours)
    guard estimate.blocked.isEmpty else {
      return Finding(
        rule: EffortAboveLimit.rule,
        reason: "the port has no way through for some operators; \(limit) person-days are allowed")
    }
    guard taken > days else { return nil }
    let isHardly = PersonDays(taken).description == PersonDays(days).description
    return Finding(
      rule: EffortAboveLimit.rule,
      reason: "the port takes \(isHardly ? "a little more than " : "")\(PersonDays(taken)) "
        + "person-days; \(limit) are allowed")
  }
}
