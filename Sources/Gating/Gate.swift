public import Compatibility
public import Reporting

/// Verdicts at or above which a finding fails a run.
public enum Threshold: String, CaseIterable, Sendable {
  case unsupported
  case silent
  case unknown
  case fallback
  case conditional
  case never

  /// Whether a verdict is at or above the threshold.
  public func isReached(by verdict: Verdict) -> Bool {
    switch self {
    case .never: false
    case .unsupported: verdict >= .unsupported
    case .silent: verdict >= .silent
    case .unknown: verdict >= .unknown
    case .fallback: verdict >= .fallback
    case .conditional: verdict >= .conditional
    }
  }
}

/// A threshold, and the targets it holds for.
public struct ThresholdRule: Sendable, Hashable {
  /// A stack, a target or a pattern of targets; nil for all.
  public let target: String?
  /// The threshold there.
  public let threshold: Threshold

  /// Makes a rule.
  public init(target: String? = nil, threshold: Threshold) {
    self.target = target
    self.threshold = threshold
  }

  /// Whether it speaks of a target: of it, of its stack or of its door.
  func covers(_ name: String) -> Bool {
    guard let target else { return true }
    let pattern = Pattern(target)
    return pattern.matches(name) || Pattern("\(target)/*").matches(name)
      || Pattern("\(target):*").matches(name)
  }
}

/// What decides whether a run passes.
public struct Gate: Sendable {
  /// Thresholds; of those that hold for a target, the one that names it at most length counts.
  public var thresholds: [ThresholdRule]
  /// Failing findings that are put up with.
  public var mostFindings: Int
  /// What was known before.
  public var baseline: Baseline?
  /// What was accepted.
  public var ignores: IgnoreFile?
  /// The day of the run, as `2026-11-24`.
  public var today: String
  /// The person-days that a port may take; nil allows any.
  public var effortLimit: EffortLimit?

  /// Makes a gate; without arguments unsupported nodes fail.
  public init(
    thresholds: [ThresholdRule] = [], mostFindings: Int = 0, baseline: Baseline? = nil,
    ignores: IgnoreFile? = nil, today: String = ""
  ) {
    self.thresholds = thresholds
    self.mostFindings = mostFindings
    self.baseline = baseline
    self.ignores = ignores
    self.today = today
  }

  /// The threshold for a target.
  public func threshold(for target: String) -> Threshold {
    var best: (length: Int, threshold: Threshold) = (-1, .unsupported)
    for rule in thresholds where rule.covers(target) {
      let length = rule.target?.utf8.count ?? 0
      if length >= best.length { best = (length, rule.threshold) }
    }
    return best.threshold
  }

  /// Decides about every finding of a report, and adds what is to be said of the decisions.
  public func applied(to report: consuming Report) -> Report {
    if let limit = effortLimit { report = report.adding(findingOnTarget: limit.finding) }
    let known = baseline?.comparison(with: report)
    var uses = IgnoreUses(ignores, today: today)
    let decided = report.deciding { model, target, finding in
      let suppression = uses.suppression(of: finding, model: model, target: target)
      let novelty = known?.novelty(of: finding, model: model, target: target)
      let isReached =
        finding.verdict.map { threshold(for: target).isReached(by: $0) }
        ?? (finding.rule == EffortAboveLimit.rule)
      return Standing(
        isFailing: isReached && suppression == nil && novelty != .unchanged, novelty: novelty,
        suppression: suppression)
    }
    return decided.adding(findings: uses.findings(), fixed: known?.fixed() ?? [])
  }

  /// Whether a report that the gate was applied to passes.
  public func isPassed(by report: Report) -> Bool {
    let failing = report.models.reduce(0) { sum, model in
      sum + model.targets.reduce(0) { $0 + $1.findings.count(where: \.standing.isFailing) }
    }
    return failing <= mostFindings && !report.models.contains(where: hasUnexplainedVerdict)
  }

  /// Whether a target's verdict fails though no finding says why; no run passes on a gap like that.
  private func hasUnexplainedVerdict(_ model: ModelReport) -> Bool {
    model.targets.contains { target in
      let threshold = threshold(for: target.target)
      guard threshold.isReached(by: target.verdict) else { return false }
      return !target.findings.contains { $0.verdict.map(threshold.isReached) ?? false }
    }
  }
}
