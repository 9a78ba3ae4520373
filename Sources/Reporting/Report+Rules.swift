import Compatibility

extension Report {
  /// The rules that findings refer to, by identifier.
  var rules: [Rule] {
    var seen: Set<Rule> = []
    var rules: [Rule] = []
    func collect(_ findings: [Finding]) {
      for finding in findings where seen.insert(finding.rule).inserted {
        rules.append(finding.rule)
      }
    }
    collect(findings)
    for model in models {
      collect(model.structure)
      for target in model.targets { collect(target.findings) }
    }
    return rules.sorted { $0.id < $1.id }
  }
}
