public import Capabilities
import Compatibility

extension TargetReport {
  /// The report with a mark on all evidence that is older than a limit.
  ///
  /// - Parameters:
  ///   - limit: The greatest age.
  ///   - dates: Number of nodes by the oldest evidence that their verdicts rest on.
  /// - Returns: The report with marks.
  public func marked(by limit: EvidenceLimit, dates: [EvidenceDate: Int]) -> TargetReport {
    var report = self
    report.outdatedNodes = dates.reduce(0) { sum, entry in
      limit.excessiveAge(of: entry.key) == nil ? sum : sum + entry.value
    }
    for index in report.findings.indices {
      for place in report.findings[index].evidence.indices {
        let date = EvidenceDate(report.findings[index].evidence[place].date)
        report.findings[index].evidence[place].excessiveAge = date.flatMap(limit.excessiveAge)
      }
    }
    return report
  }
}

extension ModelReport {
  /// The same without marks of age, which change from day to day, and without estimates, which
  /// hang on options.
  public var judgementAlone: ModelReport {
    var alone = replacing(
      structure: structure,
      targets: targets.map { target in
        var copy = target
        copy.outdatedNodes = nil
        copy.effort = nil
        copy.effortBefore = nil
        return copy.replacing(
          findings: target.findings.map { finding in
            var finding = finding
            for place in finding.evidence.indices { finding.evidence[place].excessiveAge = nil }
            return finding
          })
      })
    alone.effort = nil
    return alone
  }
}
