/// An entry of the ignore file accepts nothing.
public enum AcceptanceUnused {
  static let rule = Rule(
    id: "RG302", name: "acceptance-unused", severity: .warning,
    summary: "An entry of the ignore file matches no finding.",
    rationale: "It may hide a finding to come, and tells a reader of one that is gone.",
    help: "Remove the entry, or correct its patterns.")

  /// The finding for one entry.
  public static func finding(_ reason: String) -> Finding { Finding(rule: rule, reason: reason) }
}
