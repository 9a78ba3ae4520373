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
    Report(
      toolVersion: toolVersion, rulesOrigin: rulesOrigin, rulesDigest: rulesDigest,
      timestamp: timestamp, findings: self.findings + findings, fixed: self.fixed + fixed,
      models: models)
  }

  /// The report of the same run with other models.
  public func replacing(models: [ModelReport]) -> Report {
    Report(
      toolVersion: toolVersion, rulesOrigin: rulesOrigin, rulesDigest: rulesDigest,
      timestamp: timestamp, findings: findings, fixed: fixed, models: models)
  }

  /// The report with the time of the run.
  public func stamped(_ timestamp: String?) -> Report {
    Report(
      toolVersion: toolVersion, rulesOrigin: rulesOrigin, rulesDigest: rulesDigest,
      timestamp: timestamp, findings: findings, fixed: fixed, models: models)
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
