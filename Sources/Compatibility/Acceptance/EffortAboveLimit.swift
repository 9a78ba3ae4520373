/// The estimate of a port is above what the user allows.
public enum EffortAboveLimit {
  /// The rule.
  public static let rule = Rule(
    id: "RG303", name: "effort-above-limit", severity: .error,
    summary: "The port takes more person-days than --fail-on-effort allows.",
    rationale: "The project has set a limit, or no estimate can be made to hold against it.",
    help: "See where the days go with --explain-effort, and what would shorten it with --what-if.")
}
