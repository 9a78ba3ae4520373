import Bytes
import Compatibility

extension ReportFormat {
  /// Logging commands that Azure Pipelines shows as issues.
  static let azure = ReportFormat("azure", for: .systems, "issues of an Azure pipeline") {
    report, _, sink in
    try AzureCommands.write(report, to: sink)
  }
}

/// Logging commands of Azure Pipelines, one a line: `##vso[task.logissue type=error;…]text`.
///
/// The commands know errors and warnings only, so notes are left out.
enum AzureCommands {
  static func write(_ report: Report, to sink: ReportFormat.Sink) throws {
    for entry in report.entries {
      guard let severity = entry.loudness, severity > .note else { continue }
      let line = Array(line(entry, severity).utf8)
      try sink(line.span)
    }
  }

  private static func line(_ entry: ReportEntry, _ severity: Severity) -> String {
    var properties = ["type=\(severity == .error ? "error" : "warning")"]
    if !entry.path.isEmpty, entry.path != "-" {
      properties.append("sourcepath=\(escaped(entry.file))")
    }
    if let line = entry.position?.line, let column = entry.position?.column {
      properties += ["linenumber=\(line)", "columnnumber=\(column)"]
    }
    properties.append("code=\(entry.finding.rule.id)")
    let text = "\(entry.message) [\(entry.finding.rule.id)]"
    return "##vso[task.logissue \(properties.joined(separator: ";"))]\(escaped(text))\n"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("%", "%AZP25").replacing("\r", "%0D").replacing("\n", "%0A")
      .replacing(";", "%3B").replacing("]", "%5D")
  }
}
