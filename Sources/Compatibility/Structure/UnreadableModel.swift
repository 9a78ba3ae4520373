public import Bytes

/// The file could not be read as a model.
public enum UnreadableModel {
  static let rule = Rule(
    id: "RG000", name: "model-unreadable", severity: .error,
    summary: "The file is missing, damaged, or no ONNX model.",
    rationale: "Nothing is known of a model that cannot be read.",
    help: "Check the path, or export the model again.")

  /// The finding that stands for the file in reports of a line a finding.
  public static func finding(_ reason: String, at position: SourcePosition?) -> Finding {
    Finding(rule: rule, reason: reason, position: position)
  }
}
