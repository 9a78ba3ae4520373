/// One line of an estimate's ledger: a task, how often, at which share of its hours.
public struct Term: Sendable, Hashable {
  /// When it is done.
  public let part: RouteRules.Part
  /// What it is for: operators, or the model.
  public internal(set) var subject: String
  /// The route that asks for it; nil for what every port needs.
  public let route: String?
  /// The task.
  public let task: String
  /// What is done.
  public let title: String
  /// The class whose hours count, where they differ by class.
  public let operatorClass: String?
  /// The hours of the task the first time.
  public let hours: ThreePointHours
  /// Standard deviation of the logarithm of the hours, as sums take it; nil for PERT's, (P − O) / 6.
  public let spread: Double?
  /// How often it is expected.
  public var count: Double
  /// The share of the hours that is paid, for what is reused or known.
  public let factor: Double
  /// Why the factor is not 1, in a few words; empty when it is 1.
  public let factorReason: String
  /// The project's own hours over those of the evidence.
  public let calibration: Double
  /// What the hours rest on.
  public let basis: String
  /// Whether they rest on histories.
  public let isMeasured: Bool

  /// The hours of the line: hours × count × factor × calibration.
  public var total: ThreePointHours { hours.scaled(by: count * factor * calibration) }

  /// How long the line alone may take.
  public var range: EffortRange { total.range(spread: spread) }
}

/// What a way through a port costs.
public struct Costing: Sendable {
  /// The ledger, in the order of the work.
  public let terms: [Term]
  /// The range in person-hours.
  public let range: EffortRange
  /// The way chosen for each of the target's gaps; nil where there is none.
  public let choices: [String?]

  /// Share of the expected hours that rests on judgement; overhead is left out, as it is a share of
  /// the rest.
  public var judgementShare: Double {
    let counted = terms.filter { $0.part != .overhead }
    let all = counted.reduce(0) { $0 + $1.total.mean }
    let judged = counted.filter { !$0.isMeasured }.reduce(0) { $0 + $1.total.mean }
    return all > 0 ? judged / all : 0
  }

  /// Expected hours of operators and of toolchains for them: what the choice of routes decides.
  public var operatorHours: Double {
    terms.filter { $0.part == .operators || $0.part == .conversion || $0.route != nil }
      .reduce(0) { $0 + $1.total.mean }
  }

  /// Sums up a ledger, with the overhead at its end.
  init(_ terms: [Term], choices: [String?], _ effort: EffortRules) {
    let share = effort.parameter("project_overhead_share")
    let sum = terms.reduce(ThreePointHours(0, 0, 0)) { $0 + $1.total }
    // A share of all the rest is as uncertain as that would be without anything to balance it.
    let rest = EffortRange(of: terms.map(\.range), correlation: 1)
    let overhead = Term(
      part: .overhead, subject: "the project", route: nil, task: "OH",
      title: "Coordination and reporting", operatorClass: nil, hours: sum,
      spread: terms.contains { $0.spread != nil } ? rest.spread : nil, count: share, factor: 1,
      factorReason: "", calibration: 1,
      basis: effort.parameters.first { $0.name == "project_overhead_share" }?.basis ?? "",
      isMeasured: false)
    self.terms = terms.isEmpty ? [] : terms + [overhead]
    self.choices = choices
    range = EffortRange(
      of: self.terms.map(\.range), correlation: effort.correlation)
  }
}
