import ModelGraph
public import ModelReading

/// Files that a model points to.
public enum ExternalDataFile {
  static let rule = Rule(
    id: "RG011", name: "external-data", severity: .warning,
    summary: "A file with the model's weights is missing, too short, or at an unsafe path.",
    rationale:
      "The graph can be judged without weights, but no toolchain converts it without them.",
    help: "Copy the file beside the model; paths must stay inside the model's folder.")

  /// Findings for the problems that the reader found with external data.
  public static func findings(for problems: [ExternalDataProblem]) -> [Finding] {
    problems.map { problem in
      Finding(
        rule: rule, severity: problem.kind == .unsafe ? .error : .warning,
        reason: "external data \"\(problem.location)\": \(problem.reason)",
        count: problem.tensorCount)
    }
  }
}
