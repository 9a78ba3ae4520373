import Bytes
import Compatibility

extension ReportFormat {
  /// Everything, for programs.
  static let json = ReportFormat(
    "json", for: .programs, "everything, for programs (schema: report.schema.json)"
  ) {
    report, _ in
    JSONReport.text(report)
  }
}

/// The report as JSON, by the schema `regauge/report/1`.
///
/// Everything found is in it, but for texts and numbers of findings that no sound model gives.
public enum JSONReport {
  /// Identifier of the schema that the text follows.
  public static let schema = "regauge/report/1"

  /// Writes the report.
  public static func text(_ report: Report) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.text("schema", schema)
      json.writeRun(report)
      json.list("findings", report.findings) { json, finding in json.write(finding, on: "") }
      if !report.fixed.isEmpty {
        json.list("fixed", report.fixed) { json, fixed in json.write(fixed) }
      }
      json.key("models")
      json.array { json in
        for model in report.models { json.write(model) }
      }
    }
    return json.bytes + [0x0A]
  }
}
