import Bytes
import Compatibility

extension ReportFormat {
  /// One line a finding, for `grep` and editors.
  static let concise = ReportFormat(
    "concise", for: .people, "one line a finding, for grep and editors"
  ) {
    report, options, sink in
    try ConciseReport.write(report, showsSuppressed: options.style.showsSuppressed, to: sink)
  }
}

/// One line a finding: `path:line:column: target: verdict operator: reason [rule]`.
///
/// In binary files a place is a byte, written `path:@120`. A model without findings on a target has
/// a line, too, so that an empty report never stands for a good one, and so has an estimate.
enum ConciseReport {
  static func write(
    _ report: Report, showsSuppressed: Bool = false, to sink: ReportFormat.Sink
  ) throws {
    func write(_ lines: [String]) throws {
      try sink(Array(lines.map { "\($0)\n" }.joined().utf8).span)
    }
    for entry in report.entries where entry.isShown(showsSuppressed) {
      try write([line(entry)])
    }
    for model in report.models {
      var lines: [String] = []
      let path = ReportEntry.name(of: model.path)
      for target in model.targets {
        let lead = "\(path): \(target.target.visible())"
        if target.findings.isEmpty { lines.append("\(lead): \(target.verdict.rawValue)") }
        if let effort = target.effortText {
          lines.append("\(lead): effort: \(effort.visible(limit: 1000))")
        }
      }
      try write(lines)
    }
    for fixed in report.fixed {
      let place = [ReportEntry.name(of: fixed.model), fixed.target.visible()]
      let subject = [fixed.operation, fixed.reason].filter { !$0.isEmpty }.joined(separator: ": ")
      let lead = place.filter { !$0.isEmpty }.joined(separator: ": ")
      try write(["\(lead): fixed \(subject.visible(limit: 1000)) [\(fixed.rule)]"])
    }
  }

  private static func line(_ entry: ReportEntry) -> String {
    var place = entry.path.isEmpty ? "" : entry.file
    if let position = entry.position, !place.isEmpty {
      if let line = position.line, let column = position.column {
        place += ":\(line):\(column)"
      } else if let offset = position.byteOffset {
        place += ":@\(offset)"
      }
    }
    let lead = place.isEmpty ? "" : "\(place): "
    return "\(lead)\(entry.message) [\(entry.finding.rule.id)]\(entry.finding.standing.remark)"
  }
}

extension ReportEntry {
  /// A model's path as a line gives it.
  static func name(of path: String) -> String {
    ModelReport.name(of: path.withoutLeadingDot)
  }
}

extension Standing {
  /// What ignore file and baseline say of a finding, in brackets after a space; empty without them.
  var remark: String {
    if let suppression {
      return " (accepted: \(suppression.reason.visible(limit: 300)))"
    }
    return switch novelty {
    case .new: " (new)"
    case .updated: " (more than known)"
    case .unchanged: " (known)"
    case nil: ""
    }
  }
}
