public import Porting

/// A porting plan for people.
public enum PlanMarkdown {
  /// Writes plans as Markdown, each under its own heading.
  public static func text(_ plans: [PortingPlan]) -> String {
    plans.map(text).joined(separator: "\n")
  }

  private static func text(_ plan: PortingPlan) -> String {
    let estimate = plan.estimate
    var text = "# Porting plan: \(plan.model.cell) to \(estimate.target.cell)\n\n"
    text += "Grade \(estimate.grade.rawValue)\(estimate.size): \(estimate.gradeMeaning). "
    text += "\(estimate.text(estimate.best.range)). "
    text += "Confidence \(estimate.confidence.rawValue); "
    text +=
      "\(Int((estimate.best.judgementShare * 100).rounded())) % of the hours rest on judgement.\n\n"
    if let byHand = estimate.byHand, let ratio = estimate.ratio {
      text += "Native kernels by hand instead: \(estimate.text(byHand.range)), "
      text += "\(decimal(ratio)) times as much.\n\n"
    }
    for reservation in estimate.reservations { text += "- \(reservation.cell)\n" }
    if !estimate.reservations.isEmpty { text += "\n" }
    text += "With \(estimate.people == 1 ? "one person" : "\(estimate.people) people"): "
    text +=
      "\(PersonDays(estimate.days(plan.duration))) working days expected; the longest chain of "
    text += "tasks takes \(PersonDays(estimate.days(plan.criticalHours))) (marked \\*).\n\n"
    var part: RouteRules.Part?
    for step in plan.steps {
      if step.term.part != part {
        part = step.term.part
        text +=
          "\(part == plan.steps.first?.term.part ? "" : "\n")## \(step.term.part.rawValue)\n\n"
        text += "| task | what | hours expected (P10–P90) | who, day | after | done when |\n"
        text += "|---|---|---|---|---|---|\n"
      }
      text += row(step, estimate)
    }
    return text
  }

  private static func row(_ step: PortingPlan.Step, _ estimate: Estimate) -> String {
    let range = step.term.range
    let hours = "\(decimal(range.mean)) (\(decimal(range.p10))–\(decimal(range.p90)))"
    let first = PersonDays(estimate.days(step.start))
    let waits =
      step.dependencies.count > 4
      ? "\(step.dependencies[0])–\(step.dependencies[step.dependencies.count - 1])"
      : step.dependencies.joined(separator: ", ")
    let flops = step.flops.map { "; unlocks \($0.grouped) FLOPs" } ?? ""
    let route = step.term.route.map { " (\($0))" } ?? ""
    return "| \(step.id)\(step.isCritical ? "\\*" : "") "
      + "| \(step.term.title)\(route): \(step.term.subject.cell)\(flops) "
      + "| \(hours) | \(step.person), day \(first) | \(waits) "
      + "| \(step.acceptance.cell) |\n"
  }
}

extension String {
  /// The text within a table's cell.
  fileprivate var cell: String {
    visible().split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
