import CommandLineKit
import ModelReading
import Reporting

/// The listings of nodes that SARIF for GitHub points to.
enum ListingFiles {
  /// Writes a listing beside every binary model that results speak of, if someone asked for SARIF
  /// with the profile `github`.
  ///
  /// - Throws: `OutputFailure` when a listing cannot be written.
  static func write(
    for report: Report, _ choices: [OutputChoice], _ arguments: Arguments
  ) throws {
    guard try arguments[ReportingOptions.sarifProfile] == .github,
      choices.contains(where: { $0.form.name == "sarif" })
    else { return }
    for model in report.models where model.path != "-" {
      guard model.summary?.format == ModelFormat.protobuf.rawValue,
        let graph = try? ModelReader.read(path: model.path).graph
      else { continue }
      try OutputFile.write(NodeListing.text(of: graph), to: NodeListing.path(for: model.path))
    }
  }
}
