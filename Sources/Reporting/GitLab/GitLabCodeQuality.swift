import Bytes
import Compatibility

extension ReportFormat {
  /// GitLab's code quality report.
  static let gitlab = ReportFormat("gitlab", for: .systems, "a code quality report of GitLab") {
    report, _, sink in
    try GitLabCodeQuality.write(report, to: sink)
  }
}

/// The Code Quality report that GitLab shows in merge requests, a JSON array.
enum GitLabCodeQuality {
  static func write(_ report: Report, to sink: ReportFormat.Sink) throws {
    var json = JSONWriter()
    var uses: [String: Int] = [:]
    try json.array { json in
      for entry in report.entries {
        guard let severity = entry.loudness else { continue }
        json.write(entry, severity, fingerprint: unique(entry, &uses))
        try json.handOver(to: sink)
      }
    }
    try json.handOver(to: sink)
    try sink([0x0A].span)
  }

  /// A fingerprint that no other entry has: GitLab drops all but one of those.
  private static func unique(_ entry: ReportEntry, _ uses: inout [String: Int]) -> String {
    var hash = SHA256()
    let own = "\(entry.path.withoutLeadingDot)\n\(entry.fingerprint)"
    uses[own, default: 0] += 1
    hash.update("\(own)\n\(uses[own] ?? 1)")
    return String(hash.hexadecimalDigest().prefix(32))
  }
}

extension JSONWriter {
  fileprivate mutating func write(
    _ entry: ReportEntry, _ severity: Severity, fingerprint: String
  ) {
    object { json in
      // The name of the check is not shown, so the text repeats it.
      json.member("description", "\(entry.message) [\(entry.finding.rule.id)]")
      json.member("check_name", entry.finding.rule.name)
      json.member("fingerprint", fingerprint)
      json.member("severity", severity.gitlabName)
      json.key("location")
      json.object { json in
        json.member("path", entry.path.isEmpty ? "." : entry.file)
        json.key("lines")
        json.object { $0.member("begin", max(entry.position?.line ?? 1, 1)) }
      }
    }
  }
}

extension Severity {
  fileprivate var gitlabName: String {
    switch self {
    case .note: "info"
    case .warning: "minor"
    case .error: "critical"
    }
  }
}
