public import Porting

/// A porting plan for issue trackers: one row a task, with a header (RFC 4180).
public enum PlanCSV {
  private static let header = [
    "Key", "Summary", "Description", "Type", "Labels", "Model", "Target", "Optimistic hours",
    "Estimate hours", "Pessimistic hours", "Expected hours", "P10 hours", "P90 hours", "Depends on",
    "Assignee", "Start day",
    "Critical",
  ]

  /// Writes plans as one table.
  public static func text(_ plans: [PortingPlan]) -> String {
    let rows = plans.flatMap { plan in plan.steps.map { row($0, plan) } }
    return ([header] + rows).map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func row(_ step: PortingPlan.Step, _ plan: PortingPlan) -> [String] {
    let term = step.term
    let hours = term.total
    let range = term.range
    let description =
      "\(term.title) (\(term.task)): \(term.subject). Done when \(step.acceptance). "
      + "Hours rest on: \(term.basis)."
    return [
      step.id, "\(term.title): \(term.subject)", description, "Task",
      [term.part.rawValue, term.route ?? ""].filter { !$0.isEmpty }.joined(separator: " "),
      plan.model, plan.estimate.target, decimal(hours.optimistic), decimal(hours.likely),
      decimal(hours.pessimistic), decimal(hours.mean), decimal(range.p10), decimal(range.p90),
      step.dependencies.joined(separator: " "),
      "person \(step.person)", PersonDays(plan.estimate.days(step.start)).description,
      step.isCritical ? "yes" : "no",
    ]
  }

  /// Quoted where needed; a spreadsheet must not take a text for a formula.
  private static func field(_ text: String) -> String {
    var text = text.visible(limit: 2000)
    if let first = text.first, "=+@".contains(first) { text = "'" + text }
    guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
