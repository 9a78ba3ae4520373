/// An entry of the ignore file is out of date.
public enum AcceptanceExpired {
  static let rule = Rule(
    id: "RG301", name: "acceptance-expired", severity: .warning,
    summary: "An entry of the ignore file has expired.",
    rationale: "Findings were accepted for a time, and the time is over.",
    help: "Repair what was accepted, or decide anew and change the day.")

  /// The finding for one entry.
  public static func finding(_ reason: String) -> Finding { Finding(rule: rule, reason: reason) }
}
