import Bytes
import Compatibility

extension ReportFormat {
  /// Everything, for programs.
  static let json = ReportFormat(
    "json", for: .programs, "everything, for programs (schema: report.schema.json)"
  ) {
    report, _, sink in
    try JSONReport.write(report, to: sink)
  }
}

/// The report as JSON, by the schema `regauge/report/1`.
///
/// Everything found is in it, but for texts and numbers of findings that no sound model gives.
public enum JSONReport {
  /// Identifier of the schema that the text follows.
  public static let schema = "regauge/report/1"

  /// The report in memory.
  public static func text(_ report: Report) -> [UInt8] {
    var bytes: [UInt8] = []
    write(report) { piece in bytes.append(contentsOf: piece) }
    return bytes
  }

  /// Writes the report, a model at a time.
  static func write<Failure: Error>(
    _ report: Report, to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var json = JSONWriter()
    try json.object { (json) throws(Failure) in
      json.text("schema", schema)
      json.writeRun(report)
      json.list("findings", report.findings) { json, finding in json.write(finding, on: "") }
      if !report.fixed.isEmpty {
        json.list("fixed", report.fixed) { json, fixed in json.write(fixed) }
      }
      json.key("models")
      try json.array { (json) throws(Failure) in
        for model in report.models {
          json.write(model)
          try json.handOver(to: sink)
        }
      }
    }
    try json.handOver(to: sink)
    try sink([0x0A].span)
  }
}
