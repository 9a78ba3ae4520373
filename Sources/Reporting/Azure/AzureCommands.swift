import Bytes
import Compatibility

extension ReportFormat {
  /// Logging commands that Azure Pipelines shows as issues.
  static let azure = ReportFormat("azure", for: .systems, "issues of an Azure pipeline") {
    report, _ in
    Array(AzureCommands.text(report).utf8)
  }
}

/// Logging commands of Azure Pipelines, one a line: `##vso[task.logissue type=error;…]text`.
///
/// The commands know errors and warnings only, so notes are left out.
enum AzureCommands {
  static func text(_ report: Report) -> String {
    report.entries.compactMap { entry in
      guard let severity = entry.loudness, severity > .note else { return nil }
      return line(entry, severity)
    }.joined()
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
