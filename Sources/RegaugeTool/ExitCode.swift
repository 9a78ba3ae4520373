import Reporting

/// The exit codes of the tool; of several the largest wins.
enum ExitCode {
  /// Nothing at or above the threshold was found.
  static let clean: Int32 = 0
  /// Findings at or above the threshold.
  static let findings: Int32 = 1
  /// The command line is wrong, or an output cannot be written.
  static let usage: Int32 = 2
  /// A model or saved report cannot be read, or is no valid graph.
  static let unreadableModel: Int32 = 3
  /// A rule file or manifest is invalid.
  static let invalidManifest: Int32 = 4
  /// Regauge itself failed.
  static let internalError: Int32 = 5

  /// The exit code that the models of a report give, whatever was found in them.
  static func ofModels(in report: Report) -> Int32 {
    report.models.contains { $0.failure != nil || $0.isInvalid } ? unreadableModel : clean
  }

  static let explanation = """
    Exit codes:
      0  nothing at or above --fail-on
      1  findings at or above --fail-on
      2  the command line is wrong, or an output cannot be written
      3  a model or saved report cannot be read, or is no valid graph
      4  a manifest or rule file is invalid
      5  internal error
    Of several the largest is returned; one bad file does not stop the others.
    """
}
