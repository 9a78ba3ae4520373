import Bytes
import Compatibility
import ModelGraph
import Porting

extension ReportFormat {
  /// A table of all findings, for spreadsheets.
  static let csv = ReportFormat(
    "csv", for: .programs, "a table of models, targets and findings (RFC 4180)"
  ) {
    report, _, sink in
    try CSVReport.write(report, to: sink)
  }
}

/// The report as one table by RFC 4180: a row for each model, each target and each finding.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
enum CSVReport {
  private static let columns = [
    "record", "model", "target", "verdict", "severity", "rule", "name", "operator", "since_version",
    "element_types", "count", "scope", "node", "position", "reason", "help", "evidence", "standing",
    "fingerprint", "grade", "p50_days", "p80_days", "p90_days", "grade_before", "p50_days_before",
    "p80_days_before", "p90_days_before",
  ]

  static func write(_ report: Report, to sink: ReportFormat.Sink) throws {
    var table = CSVTableWriter(columns: columns)
    for finding in report.findings {
      table.write(row(ReportEntry(path: "", target: "", finding: finding)))
    }
    for model in report.models {
      write(model, to: &table)
      try table.handOver(to: sink)
    }
    for fixed in report.fixed {
      table.write([
        "record": "fixed", "model": fixed.model, "target": fixed.target, "rule": fixed.rule,
        "operator": fixed.operation, "reason": fixed.reason, "standing": "absent",
        "fingerprint": fixed.fingerprint,
      ])
    }
    try table.handOver(to: sink)
  }

  private static func write(_ model: ModelReport, to table: inout CSVTableWriter) {
    table.write([
      "record": "model", "model": model.path,
      "severity": model.failure != nil || model.isInvalid ? "error" : "",
      "count": model.summary.map { String($0.nodeCount) } ?? "",
      "position": model.failure?.position?.description ?? "",
      "reason": model.failure?.reason ?? "",
    ])
    for finding in model.structure {
      table.write(row(ReportEntry(path: model.path, target: "", finding: finding)))
    }
    for target in model.targets {
      table.write(row(target, of: model))
      for finding in target.findings {
        table.write(
          row(ReportEntry(path: model.path, target: target.target, finding: finding)))
      }
    }
  }

  private static func row(_ target: TargetReport, of model: ModelReport) -> [String: String] {
    var cells = [
      "record": "target", "model": model.path, "target": target.target,
      "verdict": target.verdict.rawValue, "count": String(target.nodeCount), "name": target.title,
    ]
    let figures = target.effortFigures
    if let reason = target.effort?.reason {
      cells["reason"] = "no estimate, because \(reason)"
    } else if figures?.isComplete == false {
      cells["reason"] = "no route is known for some of the work; the person-days are a least"
    }
    for (suffix, figures) in [("", figures), ("_before", target.effortBefore)] {
      guard let figures else { continue }
      cells["grade\(suffix)"] = figures.gradeAndSize
      for (name, days) in figures.quantiles {
        cells["\(name)_days\(suffix)"] = days.description
      }
    }
    return cells
  }

  private static func row(_ entry: ReportEntry) -> [String: String] {
    let finding = entry.finding
    let node = finding.nodes.first
    return [
      "record": "finding", "model": entry.path, "target": entry.target,
      "verdict": finding.verdict?.rawValue ?? "", "severity": finding.severity.rawValue,
      "rule": finding.rule.id, "name": finding.rule.name,
      "operator": finding.operation?.description ?? "",
      "since_version": finding.sinceVersion.map(String.init) ?? "",
      "element_types": finding.elementTypes ?? "", "count": String(finding.count),
      "scope": node?.scope ?? "", "node": node?.label ?? "",
      "position": entry.position?.description ?? "", "reason": finding.reason,
      "help": finding.help, "evidence": finding.evidence.map(\.oneLine).joined(separator: "; "),
      "standing": finding.standing.word, "fingerprint": entry.fingerprint,
    ]
  }
}

extension Standing {
  /// The standing in one word.
  var word: String {
    if suppression != nil { return "accepted" }
    if novelty == .unchanged { return "unchanged" }
    return isFailing ? "failing" : "open"
  }
}

/// Writes rows whose cells are given by the names of their columns.
private struct CSVTableWriter {
  private var bytes: [UInt8] = []
  private let columns: [String]

  init(columns: [String]) {
    self.columns = columns
    line(columns)
  }

  /// Hands over the rows since the last time.
  mutating func handOver(to sink: ReportFormat.Sink) throws {
    try sink(bytes.span)
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func write(_ cells: [String: String]) { line(columns.map { cells[$0] ?? "" }) }

  private mutating func line(_ cells: [String]) {
    let texts = cells.map { quoted($0.visible(limit: Finding.longestText)) }
    bytes.append(contentsOf: texts.joined(separator: ",").utf8)
    bytes.append(contentsOf: [0x0D, 0x0A])
  }

  /// The cell between quotes where the form needs it.
  private func quoted(_ text: String) -> String {
    let isFormula = text.unicodeScalars.first.map { "=+-@".unicodeScalars.contains($0) } ?? false
    let text = isFormula ? "'\(text)" : text
    guard text.utf8.contains(where: { "\",".utf8.contains($0) }) || text.hasPrefix(" ") else {
      return text
    }
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"\(parts.joined(separator: "\"\""))\""
  }
}
