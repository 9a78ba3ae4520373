import Compatibility

extension ReportFormat {
  /// A comment on a merge request.
  static let markdown = ReportFormat("markdown", for: .people, "a comment for a merge request") {
    report, options in
    Array(MarkdownReport.text(report, showsSuppressed: options.style.showsSuppressed).utf8)
  }
}

/// The report as a comment on a merge request, in GitHub's Markdown.
///
/// Stays below the 65,536 characters that GitHub takes: what fails comes first, everything else is
/// collapsed, and what has no room is counted.
enum MarkdownReport {
  /// Bytes of the whole comment.
  private static let room = 65_000
  /// Rows of one table.
  private static let mostRows = 40

  static func text(_ report: Report, showsSuppressed: Bool = false) -> String {
    var page = MarkdownPage(room: room)
    page.line("## Regauge: \(headline(of: report))")
    page.line("")
    writeTable(report, to: &page)
    let entries = report.entries.filter { $0.isShown(showsSuppressed) }
    let failing = entries.filter { $0.loudness == .error }
    let rest = entries.filter { $0.loudness != .error }
    let footer = Self.footer(of: report)
    page.reserve(footer.utf8.count + 400)
    page.write(failing.map(item), title: "What fails", isCollapsed: false)
    page.write(rest.map(item), title: "Other findings", isCollapsed: true)
    page.write(report.fixed.map(item), title: "Fixed since the baseline", isCollapsed: true)
    return page.text + "\n" + footer
  }

  private static func headline(of report: Report) -> String {
    let broken = report.models.count { $0.failure != nil || $0.isInvalid }
    let failing = report.targetFindings.count(where: \.standing.isFailing)
    var parts: [String] = []
    if broken > 0 { parts.append("\(broken.counted("model")) unreadable or invalid") }
    if failing > 0 { parts.append("\(failing.counted("failing finding"))") }
    let size = "\(report.models.count.counted("model")) checked"
    return parts.isEmpty ? "nothing fails, \(size)" : "\(parts.joined(separator: ", ")), \(size)"
  }

  /// Writes a row for each model on each target; of many only those that fail are in sight.
  private static func writeTable(_ report: Report, to page: inout MarkdownPage) {
    let hasEffort = report.models.contains { $0.targets.contains { $0.effort != nil } }
    let rows = report.models.flatMap { Self.rows(of: $0, hasEffort: hasEffort) }
    let isLong = rows.count > mostRows
    write(isLong ? rows.filter(\.isFailing) : rows, hasEffort: hasEffort, to: &page)
    let rest = isLong ? rows.filter { !$0.isFailing } : []
    guard !rest.isEmpty else { return }
    page.line("<details><summary>Other results (\(rest.count.grouped))</summary>\n")
    write(rest, hasEffort: hasEffort, to: &page)
    page.line("</details>\n")
  }

  private static func write(
    _ rows: [(text: String, isFailing: Bool)], hasEffort: Bool, to page: inout MarkdownPage
  ) {
    guard !rows.isEmpty else { return }
    let columns = hasEffort ? ["person-days (P50–P90)"] : []
    page.line(row(["model", "target", "verdict", "nodes"] + columns))
    page.line(row(Array(repeating: "---", count: 4 + columns.count)))
    var written = 0
    // Half of the page is for the findings.
    for row in rows.prefix(mostRows) where page.hasRoom(for: row.text, beside: room / 2) {
      page.line(row.text)
      written += 1
    }
    let rest = Array(repeating: "", count: 3 + columns.count)
    if rows.count > written { page.line(row(["and \(rows.count - written) rows more"] + rest)) }
    page.line("")
  }

  private static func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }

  private static func rows(
    of model: ModelReport, hasEffort: Bool
  ) -> [(text: String, isFailing: Bool)] {
    let name = ReportEntry.name(of: model.path).markdownCode
    let noEffort = hasEffort ? [""] : []
    if model.failure != nil { return [(row([name, "", "**not readable**", ""] + noEffort), true)] }
    let invalid =
      model.isInvalid ? [(row([name, "", "**invalid**", ""] + noEffort), true)] : []
    return invalid
      + model.targets.map { target in
        let share = target.verdict == .supported ? 0 : target.counts[target.verdict] ?? 0
        let all = target.nodeCount.counted("node")
        let nodes = share == 0 ? all : "\(share.grouped) of \(all)"
        let cells = [
          name, target.target.visible().markdownCode, target.verdict.rawValue, nodes,
        ]
        return (
          row(cells + (hasEffort ? [target.effortCell] : [])),
          target.findings.contains(where: \.standing.isFailing)
        )
      }
  }

  private static func item(_ entry: ReportEntry) -> String {
    let finding = entry.finding
    var text = "- **\(finding.label)**"
    if !entry.subject.isEmpty { text += " \(entry.subject.markdownCode)" }
    if finding.count > 1 { text += " ×\(finding.count.grouped)" }
    let places = [entry.target.visible(), entry.path.isEmpty ? "" : entry.file]
    let known = places.filter { !$0.isEmpty }.map(\.markdownCode)
    if !known.isEmpty { text += " on \(known.joined(separator: ", "))" }
    text += ": \(finding.reason.visible(limit: 1000).markdownText) (\(finding.rule.id))"
    if let node = finding.nodes.first {
      text += ", at \(node.label.visible().markdownCode) (\(node.position))"
    }
    text += finding.standing.remark.markdownText
    return text + "<br>\(finding.help.visible(limit: 500).markdownText)"
  }

  private static func item(_ fixed: FixedFinding) -> String {
    let places = [fixed.operation, fixed.target, ReportEntry.name(of: fixed.model)]
    let known = places.filter { !$0.isEmpty }.map { $0.visible().markdownCode }
    return "- \(known.joined(separator: ", ")): \(fixed.reason.visible(limit: 500).markdownText)"
  }

  private static func footer(of report: Report) -> String {
    "<sub>Regauge \(report.toolVersion.visible(limit: 100).markdownText), "
      + "rules \(report.rulesDigest.visible(limit: 64).markdownText)</sub>\n"
  }
}

extension TargetReport {
  /// What the port takes, as a cell of the table.
  fileprivate var effortCell: String {
    let now = effortFigures?.short ?? "no estimate"
    guard let before = effortBefore, before.short != now else { return now }
    return "\(now) (before: \(before.short))"
  }
}

/// A page that stops taking lines when it is full.
private struct MarkdownPage {
  private(set) var text = ""
  private var room: Int

  init(room: Int) { self.room = room }

  /// Keeps room for what comes at the end.
  mutating func reserve(_ bytes: Int) { room -= bytes }

  mutating func line(_ line: String) {
    text += "\(line)\n"
    room -= line.utf8.count + 1
  }

  /// Whether a line fits and leaves so many bytes.
  func hasRoom(for line: String, beside reserved: Int) -> Bool {
    line.utf8.count + reserved < room
  }

  /// Writes as many items as there is room for, and how many there are more.
  mutating func write(_ items: [String], title: String, isCollapsed: Bool) {
    guard !items.isEmpty else { return }
    let heading = "\(title) (\(items.count.grouped))"
    line(isCollapsed ? "<details><summary>\(heading)</summary>\n" : "### \(heading)\n")
    // Two sections more may follow, each with its frame.
    var written = 0
    for item in items {
      guard hasRoom(for: item, beside: 300) else { break }
      line(item)
      written += 1
    }
    if written < items.count {
      line("- … and \((items.count - written).grouped) more; the JSON report has them all")
    }
    line(isCollapsed ? "\n</details>\n" : "")
  }
}

extension String {
  /// The text as a code span, which nothing inside of it can end, in a table as well.
  var markdownCode: String {
    var longest = 0
    var run = 0
    for scalar in unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    // A span strips one space at both ends, if there is one at both.
    let gap = longest > 0 || first == " " || isEmpty ? " " : ""
    return fence + gap + replacing("|", "\\|") + gap + fence
  }

  /// The text so that Markdown shows it as it is and links nothing.
  fileprivate var markdownText: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "!", "|", "~", "$":
        result += "\\\(scalar)"
      case "@", "#": result += "\(scalar)<!-- -->"
      case ":": result += "&#58;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
