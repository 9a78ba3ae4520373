public import Porting

/// What became of an estimate from one report to the next.
public struct EffortDifference: Sendable {
  /// Whether both say the same.
  public let isNone: Bool
  /// Grade and person-days before, now and their difference, in one line.
  public let text: String

  /// Compares two outcomes; nil when neither report asked for estimates.
  public init?(_ before: EstimateOutcome?, _ now: EstimateOutcome?) {
    switch (EffortFigures(before), EffortFigures(now)) {
    case (let before?, let now?):
      isNone = before == now
      text = isNone ? "\(now.text), as before" : Self.text(before, now)
    case (nil, let figures?):
      isNone = false
      text = "\(figures.text); \(Self.absence(of: before, "before"))"
    case (let figures?, nil):
      isNone = false
      text = "\(Self.absence(of: now, "now")); before: \(figures.text)"
    case (nil, nil):
      guard let reason = (now ?? before)?.reason else { return nil }
      isNone = before?.reason == now?.reason
      text = "no estimate, because \(reason)"
    }
  }

  private static func absence(of outcome: EstimateOutcome?, _ when: String) -> String {
    "no estimate \(when)" + (outcome?.reason.map { ", because \($0)" } ?? "")
  }

  /// `B2 → A2; P50 5.9 → 6.1 (+0.2), …`: numbers that are compared one by one.
  private static func text(_ before: EffortFigures, _ now: EffortFigures) -> String {
    let grade =
      before.gradeAndSize == now.gradeAndSize
      ? now.gradeAndSize : "\(before.gradeAndSize) → \(now.gradeAndSize)"
    let days = zip(before.quantiles, now.quantiles).map { old, new in
      "\(new.key.uppercased()) \(old.value) → \(new.value) (\(new.value.change(from: old.value)))"
    }
    return "\(grade); \(days.joined(separator: ", ")) person-days\(remark(before, now))"
  }

  /// Sums that leave work out cannot be compared without a word.
  private static func remark(_ before: EffortFigures, _ now: EffortFigures) -> String {
    switch (before.isComplete, now.isComplete) {
    case (true, true): ""
    case (false, true): "; before, no route was known for some of the work"
    case (true, false): "; now no route is known for some of the work"
    case (false, false): "; no route is known for some of the work"
    }
  }
}
