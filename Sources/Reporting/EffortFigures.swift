public import Porting

/// The figures of an estimate that every form gives: letter, size and person-days.
public struct EffortFigures: Sendable, Hashable {
  /// The letter.
  public let grade: Grade
  /// 1 to 5.
  public let size: Int
  /// Person-days that suffice in half of all cases.
  public let p50: PersonDays
  /// Person-days that suffice in four cases of five.
  public let p80: PersonDays
  /// Person-days that suffice in nine cases of ten.
  public let p90: PersonDays
  /// Whether a route is known for all of the work; if not, the days are a least.
  public let isComplete: Bool

  /// Makes figures.
  public init(
    grade: Grade, size: Int, p50: PersonDays, p80: PersonDays, p90: PersonDays, isComplete: Bool
  ) {
    self.grade = grade
    self.size = size
    self.p50 = p50
    self.p80 = p80
    self.p90 = p90
    self.isComplete = isComplete
  }

  /// The figures of an estimate; nil where none could be made.
  public init?(_ outcome: EstimateOutcome?) {
    guard let estimate = outcome?.estimate else { return nil }
    let range = estimate.best.range
    self.init(
      grade: estimate.grade, size: estimate.size, p50: PersonDays(estimate.days(range.p50)),
      p80: PersonDays(estimate.days(range.p80)), p90: PersonDays(estimate.days(range.p90)),
      isComplete: estimate.blocked.isEmpty)
  }

  /// Letter and size, such as `B2`.
  public var gradeAndSize: String { "\(grade.rawValue)\(size)" }

  /// The person-days at each percentile, by its name.
  public var quantiles: KeyValuePairs<String, PersonDays> { ["p50": p50, "p80": p80, "p90": p90] }

  /// The range in few words, such as `B2, 5.9–8.6` or `D3, at least 15–21.8`.
  public var short: String {
    "\(gradeAndSize), \(isComplete ? "" : "at least ")\(PersonDays.range(p50, p90))"
  }

  /// The range, such as `B2, 5.9–8.6 person-days (P50–P90)`.
  public var text: String { "\(short) person-days (P50–P90)" }
}

extension TargetReport {
  /// The figures of the estimate; nil without one.
  public var effortFigures: EffortFigures? { EffortFigures(effort) }

  /// What is known of the effort, in one clause; nil when nobody asked for it.
  ///
  /// In a comparison of reports it says what it was before.
  var effortText: String? {
    let before =
      effortBefore.map { earlier in
        earlier == effortFigures ? ", as before" : "; before: \(earlier.text)"
      } ?? ""
    if let figures = effortFigures { return figures.text + before }
    return effort?.reason.map { "no estimate, because \($0)\(before)" }
  }
}

extension Report {
  /// The report with what the ports were estimated to cost in an earlier one, which pairs by the
  /// paths of models and the names of targets.
  public func comparingEffort(with earlier: Report) -> Report {
    let before = Dictionary(earlier.models.map { ($0.path.withoutLeadingDot, $0) }) { first, _ in
      first
    }
    return replacing(
      models: models.map { model in
        guard let old = before[model.path.withoutLeadingDot] else { return model }
        let targets = model.targets.map { target in
          var target = target
          target.effortBefore =
            old.targets.first { $0.target == target.target }?.effortFigures
          return target
        }
        return model.replacing(structure: model.structure, targets: targets)
      })
  }
}
