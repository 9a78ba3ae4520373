/// What porting a model to a target costs.
public struct Estimate: Sendable {
  /// How much to rely on it.
  public enum Confidence: String, Sendable, CaseIterable {
    case high
    case medium
    case low
  }

  /// What an assumption would change.
  public struct WhatIf: Sendable {
    /// The assumption, as options give it.
    public let assumption: String
    /// The range in person-hours if it holds; nil when there is none.
    public let range: EffortRange?
    /// Why it changes nothing or cannot be told; nil when it does.
    public let remark: String?
  }

  /// The target.
  public let target: String
  /// What is left to do.
  public let gaps: [Gap]
  /// The cheapest way.
  public let best: Costing
  /// Writing a native kernel for everything that can be one; nil when nothing can.
  public let byHand: Costing?
  /// Positions in `gaps` of what has no way among the routes allowed.
  public let blocked: [Int]
  /// The letter.
  public let grade: Grade
  /// What the letter means.
  public let gradeMeaning: String
  /// 1 to 5.
  public let size: Int
  /// How much to rely on the range.
  public let confidence: Confidence
  /// Why the confidence is not higher, and what readers should know.
  public let reservations: [String]
  /// How far the evidence supports that Triton shortens the port, in one sentence.
  public let tritonEvidence: String
  /// Whether no other choice of routes is cheaper.
  public let isExact: Bool
  /// Hours below which no choice of routes can be, when not all were tried.
  public let bound: Double?
  /// What would shorten it.
  public let whatIfs: [WhatIf]
  /// Hours of a person-day.
  public let hoursPerDay: Double
  /// Working days of a week.
  public let daysPerWeek: Double
  /// People at a time.
  public let people: Int

  /// By hand over best, by expected hours; nil when there is nothing to be written by hand.
  public var ratio: Double? {
    byHand.map { $0.range.mean / max(best.range.mean, 0.001) }
  }

  /// The same, of operators and toolchains for them alone.
  public var operatorRatio: Double? {
    byHand.flatMap { best.operatorHours > 0 ? $0.operatorHours / best.operatorHours : nil }
  }

  /// Person-days of so many person-hours.
  public func days(_ hours: Double) -> Double { hours / hoursPerDay }

  /// Calendar weeks of so many person-hours, if the people never wait.
  public func weeks(_ hours: Double) -> Double {
    days(hours) / daysPerWeek / Double(max(1, people))
  }
}

/// An estimate, or why there is none.
public enum EstimateOutcome: Sendable {
  /// What it costs.
  case estimate(Estimate)
  /// Why nothing can be said.
  case none(because: String)

  /// The estimate, if there is one.
  public var estimate: Estimate? {
    if case .estimate(let estimate) = self { estimate } else { nil }
  }

  /// Why there is none.
  public var reason: String? {
    if case .none(let reason) = self { reason } else { nil }
  }
}

/// What porting a model to several targets costs together.
public struct SetEstimate: Sendable {
  /// The targets that an estimate was made of.
  public let targets: [String]
  /// The cheapest way found for all of them together.
  public let best: Costing
  /// What that way is, in words: `each its own`, or what is done otherwise.
  public let strategy: String
  /// Writing native kernels for each.
  public let byHand: Costing
  /// The sum of the cheapest ways when each is ported for itself.
  public let apart: Double
  /// Whether no other choice of routes is cheaper.
  public let isExact: Bool
  /// Hours below which no choice of routes can be, when not all were tried.
  public let bound: Double?
  /// Hours of a person-day.
  public let hoursPerDay: Double

  /// By hand over best, by expected hours.
  public var ratio: Double { byHand.range.mean / max(best.range.mean, 0.001) }
}
