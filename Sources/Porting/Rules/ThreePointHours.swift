/// Hours of one task: at best, most likely, at worst.
public struct ThreePointHours: Sendable, Hashable {
  /// Hours when everything goes well.
  public let optimistic: Double
  /// Hours to be expected.
  public let likely: Double
  /// Hours when much goes wrong.
  public let pessimistic: Double

  /// Makes hours.
  public init(_ optimistic: Double, _ likely: Double, _ pessimistic: Double) {
    self.optimistic = optimistic
    self.likely = likely
    self.pessimistic = pessimistic
  }

  /// The PERT mean, (O + 4M + P) / 6.
  public var mean: Double { (optimistic + 4 * likely + pessimistic) / 6 }

  /// The PERT standard deviation, (P − O) / 6.
  public var deviation: Double { (pessimistic - optimistic) / 6 }

  /// The range about the PERT mean: with a standard deviation of the logarithm, else with PERT's own.
  public func range(spread: Double?) -> EffortRange {
    guard let spread else { return EffortRange(mean: mean, deviation: deviation) }
    return EffortRange(mean: mean, spread: spread)
  }

  /// The hours times a factor.
  public func scaled(by factor: Double) -> ThreePointHours {
    ThreePointHours(optimistic * factor, likely * factor, pessimistic * factor)
  }

  /// The sum of two tasks' hours, end by end.
  public static func + (left: Self, right: Self) -> Self {
    Self(
      left.optimistic + right.optimistic, left.likely + right.likely,
      left.pessimistic + right.pessimistic)
  }
}
