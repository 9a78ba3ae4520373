import Bytes
import Compatibility

extension ReportFormat {
  /// Everything, an object a line.
  static let jsonLines = ReportFormat(
    "jsonl", for: .programs, "one JSON object a line, for streams"
  ) { report, _, sink in
    try JSONLinesReport.write(report, to: sink)
  }
}

/// The report as JSON Lines: the run, then each model, each target and each finding on a line.
///
/// Every line says by `record` what it is, and repeats the names of model and target. The members are
/// those of the JSON report (`report-line.schema.json`).
enum JSONLinesReport {
  static let schema = "regauge/report-line/1"

  static func write(_ report: Report, to sink: ReportFormat.Sink) throws {
    try sink(line("run") { json in json.writeRun(report) }.span)
    for finding in report.findings { try sink(line(finding, "", "").span) }
    for model in report.models { try sink(lines(of: model).span) }
    for fixed in report.fixed {
      let line = line("fixed") { json in
        json.key("finding")
        json.write(fixed)
      }
      try sink(line.span)
    }
  }

  private static func lines(of model: ModelReport) -> [UInt8] {
    var lines = line("model") { json in
      json.writeContent(model)
      if let cost = model.cost { json.write(cost) }
      if let effort = model.effort { json.write(effort) }
      if let values = model.values { json.write(values) }
    }
    for finding in model.structure { lines += line(finding, model.path, "") }
    for target in model.targets {
      lines += line("target") { json in
        json.text("model", model.path)
        json.writeVerdict(target)
        json.list("notes", target.notes) { json, note in json.text(note) }
      }
      for finding in target.findings { lines += line(finding, model.path, target.target) }
    }
    return lines
  }

  private static func line(_ finding: Finding, _ model: String, _ target: String) -> [UInt8] {
    line("finding") { json in
      json.text("model", model)
      json.text("target", target)
      json.writeMembers(of: finding, on: target)
    }
  }

  private static func line(_ record: String, _ write: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter(indentation: 0)
    json.object { json in
      json.text("schema", schema)
      json.text("record", record)
      write(&json)
    }
    return json.bytes + [0x0A]
  }
}
