import Porting

/// What moving a model to a target takes, as headlines give it.
struct EffortSummary: Sendable, Hashable {
  /// Letter and size.
  let grade: String
  /// Person-days, from the 50th to the 90th percentile.
  let days: ClosedRange<Double>
  /// Person-days to plan with, the 80th percentile.
  let likelyDays: Double

  /// How much to rely on it.
  let confidence: Estimate.Confidence

  /// Sums up an estimate; nil for a target without a way through.
  init?(_ outcome: EstimateOutcome?) {
    guard let estimate = outcome?.estimate, estimate.blocked.isEmpty else { return nil }
    grade = "\(estimate.grade.rawValue)\(estimate.size)"
    confidence = estimate.confidence
    let range = estimate.best.range
    let (low, high) = (estimate.days(range.p50), estimate.days(range.p90))
    days = low...max(low, high)
    likelyDays = estimate.days(range.p80)
  }
}
