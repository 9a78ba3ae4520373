/// What moving a model to a target takes, as headlines give it.
public struct EffortSummary: Sendable, Hashable {
  /// The grade, in one word or letter.
  public let grade: String
  /// Person-days, from what it takes if all goes well to what it takes if much goes wrong.
  public let days: ClosedRange<Double>
  /// Person-days to plan with.
  public let likelyDays: Double

  /// Makes a summary.
  public init(grade: String, days: ClosedRange<Double>, likelyDays: Double) {
    self.grade = grade
    self.days = days
    self.likelyDays = likelyDays
  }
}
