public import Compatibility

extension Report {
  /// The report with the standing of every finding decided anew.
  ///
  /// `decide` is given the model's path, the target's name (empty for a finding about the model
  /// itself) and the finding. A report that nobody else holds is changed in its place, since those of
  /// large collections take much of the memory.
  public consuming func deciding(
    _ decide: (_ model: String, _ target: String, Finding) -> Standing
  ) -> Report {
    var copy = self
    for index in copy.models.indices { copy.models[index].decide(decide) }
    return copy
  }

  /// The report with more findings about the run, and findings of a baseline that are gone.
  public consuming func adding(findings: [Finding], fixed: [FixedFinding]) -> Report {
    var copy = self
    copy.findings += findings
    copy.fixed += fixed
    return copy
  }

  /// The report with one more finding about each target that `finding` gives one for.
  public consuming func adding(findingOnTarget finding: (TargetReport) -> Finding?) -> Report {
    var copy = self
    for model in copy.models.indices {
      for target in copy.models[model].targets.indices {
        guard let more = finding(copy.models[model].targets[target]) else { continue }
        copy.models[model].targets[target].findings.insert(more, at: 0)
      }
    }
    return copy
  }

  /// The report of the same run with other models.
  public consuming func replacing(models: [ModelReport]) -> Report {
    var copy = self
    copy.models = models
    return copy
  }

  /// The report without what runs cost.
  public var withoutCosts: Report { replacing(models: models.map(\.withoutCost)) }

  /// The report without what porting costs.
  public var withoutEfforts: Report {
    var copy = replacing(models: models.map(\.withoutEffort))
    copy.ruleFiles.removeAll(where: \.isOfEstimates)
    return copy
  }

  /// The report with the time of the run.
  public consuming func stamped(_ timestamp: String?) -> Report {
    var copy = self
    copy.timestamp = timestamp
    return copy
  }

  /// The report as a part of a divided run.
  public consuming func marked(_ shard: Shard?) -> Report {
    var copy = self
    copy.shard = shard
    return copy
  }

  /// The report before any gate was applied to it and before it was compared with another.
  public var ungated: Report {
    var copy = deciding { _, _, _ in Standing() }
    for index in copy.models.indices { copy.models[index].dropComparisons() }
    copy.findings = []
    copy.fixed = []
    return copy
  }
}

extension ModelReport {
  fileprivate mutating func decide(_ decide: (String, String, Finding) -> Standing) {
    for index in structure.indices {
      structure[index].standing = decide(path, "", structure[index])
    }
    for place in targets.indices {
      let target = targets[place].target
      for index in targets[place].findings.indices {
        let standing = decide(path, target, targets[place].findings[index])
        targets[place].findings[index].standing = standing
      }
    }
  }

  /// Drops what gates and comparisons added to its targets.
  fileprivate mutating func dropComparisons() {
    for place in targets.indices {
      targets[place].findings.removeAll { $0.rule == EffortAboveLimit.rule }
      if targets[place].effortBefore != nil { targets[place].effortBefore = nil }
    }
  }
}
