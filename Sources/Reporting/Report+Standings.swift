public import Compatibility

extension Report {
  /// The report with the standing of every finding decided anew.
  ///
  /// `decide` is given the model's path, the target's name (empty for a finding about the model
  /// itself) and the finding.
  public func deciding(
    _ decide: (_ model: String, _ target: String, Finding) -> Standing
  ) -> Report {
    replacing(models: models.map { $0.deciding(decide) })
  }

  /// The report with more findings about the run, and findings of a baseline that are gone.
  public func adding(findings: [Finding], fixed: [FixedFinding]) -> Report {
    var copy = self
    copy.findings += findings
    copy.fixed += fixed
    return copy
  }

  /// The report with one more finding about each target that `finding` gives one for.
  public func adding(findingOnTarget finding: (TargetReport) -> Finding?) -> Report {
    replacing(
      models: models.map { model in
        let targets = model.targets.map { target in
          finding(target).map { target.replacing(findings: [$0] + target.findings) } ?? target
        }
        return model.replacing(structure: model.structure, targets: targets)
      })
  }

  /// The report without the findings of one rule about targets.
  private func without(_ rule: Rule) -> Report {
    replacing(
      models: models.map { model in
        let targets = model.targets.map { target in
          target.replacing(findings: target.findings.filter { $0.rule != rule })
        }
        return model.replacing(structure: model.structure, targets: targets)
      })
  }

  /// The report of the same run with other models.
  public func replacing(models: [ModelReport]) -> Report {
    var copy = self
    copy.models = models
    return copy
  }

  /// The report without what runs cost.
  public var withoutCosts: Report { replacing(models: models.map(\.withoutCost)) }

  /// The report without what porting costs.
  public var withoutEfforts: Report { replacing(models: models.map(\.withoutEffort)) }

  /// The report with the time of the run.
  public func stamped(_ timestamp: String?) -> Report {
    var copy = self
    copy.timestamp = timestamp
    return copy
  }

  /// The report as a part of a divided run.
  public func marked(_ shard: Shard?) -> Report {
    var copy = self
    copy.shard = shard
    return copy
  }

  /// The report before any gate was applied to it.
  public var ungated: Report {
    var copy = deciding { _, _, _ in Standing() }.without(EffortAboveLimit.rule)
    copy.findings = []
    copy.fixed = []
    return copy
  }
}

extension ModelReport {
  fileprivate func deciding(_ decide: (String, String, Finding) -> Standing) -> ModelReport {
    func decided(_ findings: [Finding], _ target: String) -> [Finding] {
      findings.map { finding in
        var finding = finding
        finding.standing = decide(path, target, finding)
        return finding
      }
    }
    return replacing(
      structure: decided(structure, ""),
      targets: targets.map { $0.replacing(findings: decided($0.findings, $0.target)) })
  }
}
