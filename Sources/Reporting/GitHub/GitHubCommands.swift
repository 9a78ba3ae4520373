import Bytes
import Compatibility

extension ReportFormat {
  /// Workflow commands that GitHub shows as annotations.
  static let github = ReportFormat("github", for: .systems, "annotations of a GitHub workflow") {
    report, _, sink in
    try GitHubCommands.write(report, to: sink)
  }
}

/// Workflow commands of GitHub Actions, one a line: `::error file=…,line=…,title=…::text`.
///
/// GitHub shows ten annotations of a kind for a step, so the worst come first.
enum GitHubCommands {
  static func write(_ report: Report, to sink: ReportFormat.Sink) throws {
    for severity in Severity.allCases.sorted(by: >) {
      for entry in report.entries where entry.loudness == severity {
        let line = Array("\(line(entry, severity))\n".utf8)
        try sink(line.span)
      }
    }
  }

  private static func line(_ entry: ReportEntry, _ severity: Severity) -> String {
    let command =
      switch severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    var properties: [String] = []
    if !entry.path.isEmpty, entry.path != "-" { properties.append("file=\(escaped(entry.file))") }
    if let line = entry.position?.line, let column = entry.position?.column {
      properties += ["line=\(line)", "col=\(column)"]
    }
    properties.append("title=\(escaped("\(entry.finding.rule.id) \(entry.finding.rule.name)"))")
    let text =
      "\(entry.message) [\(entry.finding.rule.id)]\n\(entry.finding.help.visible(limit: 1000))"
    return "::\(command) \(properties.joined(separator: ","))::\(escapedMessage(text))"
  }

  private static func escapedMessage(_ text: String) -> String {
    text.replacing("%", "%25").replacing("\r", "%0D").replacing("\n", "%0A")
  }

  private static func escaped(_ property: String) -> String {
    escapedMessage(property).replacing(":", "%3A").replacing(",", "%2C")
  }
}

extension String {
  /// The text with every occurrence of a character replaced.
  func replacing(_ character: Unicode.Scalar, _ replacement: String) -> String {
    guard unicodeScalars.contains(character) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar == character { result += replacement } else { result.unicodeScalars.append(scalar) }
    }
    return result
  }
}
