import Bytes
import Compatibility
import ModelGraph

/// One finding with the model and the target it belongs to, as forms of a line a finding need it.
struct ReportEntry {
  /// Path of the model; empty for a finding about the run.
  let path: String
  /// Name of the target; empty for a finding about the model or the run.
  let target: String
  let finding: Finding

  /// The place in the file, of the finding or of its first node.
  var position: SourcePosition? { finding.nodes.first?.position ?? finding.position }

  /// The path as messages and annotations give it.
  var file: String { Self.name(of: path) }

  var fingerprint: String { finding.fingerprint(on: target) }

  /// The operator with the version of its definition, without the default domain.
  var subject: String {
    guard let operation = finding.operation else { return "" }
    return operation.shortName.visible() + (finding.sinceVersion.map { "@\($0)" } ?? "")
  }

  /// What it states, in one line: `ascend-cann/atc: unsupported Conv@11 ×2: reason`.
  var message: String {
    let place = target.isEmpty ? "" : "\(target.visible()): "
    var parts = [finding.label]
    if !subject.isEmpty { parts.append(subject) }
    if finding.count > 1 { parts.append("×\(finding.count.grouped)") }
    return "\(place)\(parts.joined(separator: " ")): \(finding.reason.visible(limit: 1000))"
  }

  /// Whether it is shown to people, who see accepted and known findings only if they ask.
  func isShown(_ showsSuppressed: Bool) -> Bool { showsSuppressed || !finding.standing.isSettled }

  /// How loudly a CI system should speak of it; nil when it should not.
  var loudness: Severity? {
    let standing = finding.standing
    if standing.isSettled { return nil }
    if standing.isFailing { return .error }
    if finding.verdict == nil { return finding.severity }
    return min(finding.severity, .warning)
  }
}

extension Report {
  /// Every finding in the order of the report; a file that could not be read is one too.
  ///
  /// They are made as they are asked for: there are hundreds of thousands in large collections.
  var entries: some Sequence<ReportEntry> {
    let ofRun = findings.map { ReportEntry(path: "", target: "", finding: $0) }
    return (0...models.count).lazy.flatMap { $0 == 0 ? ofRun : models[$0 - 1].entries }
  }
}

extension ModelReport {
  fileprivate var entries: [ReportEntry] {
    var entries: [ReportEntry] = []
    if let failure {
      let finding = UnreadableModel.finding(failure.reason, at: failure.position)
      entries.append(ReportEntry(path: path, target: "", finding: finding))
    }
    entries += structure.map { ReportEntry(path: path, target: "", finding: $0) }
    for target in targets {
      entries += target.findings.map {
        ReportEntry(path: path, target: target.target, finding: $0)
      }
    }
    return entries
  }
}

extension String {
  /// A path without `./` at its start, so that both spellings are one file.
  package var withoutLeadingDot: String {
    hasPrefix("./") && count > 2 ? String(dropFirst(2)) : self
  }
}
