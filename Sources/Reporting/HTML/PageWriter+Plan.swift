import Porting

extension PageWriter {
  /// Tasks of one plan that are listed.
  private static let mostSteps = 200
  /// Tasks that one task waits for and that are named one by one.
  private static let namedDependencies = 4

  /// Writes for each target the tasks in their order, the best target's at once.
  mutating func writePlans(_ rows: [Comparison.Row], prefix: String) {
    element("p", text: say(.planExplained))
    for (index, row) in rows.enumerated() {
      guard let plan = row.target.plan else { continue }
      guard hasRoom else { return element("p", ["class": "note"], text: say(.pageFull)) }
      html.newLine()
      element("details", ["class": "target", "open": index == 0 ? "" : nil]) { page in
        page.element("summary") { page in
          page.element("code", text: row.target.target)
          page.html.write(text: " \(page.headline(of: plan))")
        }
        page.write(plan, prefix: "\(prefix)plan\(index)-")
      }
    }
  }

  private func headline(of plan: PortingPlan) -> String {
    let estimate = plan.estimate
    return say(
      .planHeadline,
      [
        "tasks": plan.steps.count.grouped, "days": Self.days(estimate.days(plan.duration)),
        "people": "\(estimate.people)", "chain": Self.days(estimate.days(plan.criticalHours)),
      ])
  }

  private mutating func write(_ plan: PortingPlan, prefix: String) {
    let chain = plan.steps.filter(\.isCritical).map(\.id)
    element("p", ["class": "note"]) { page in
      page.html.write(text: page.say(.criticalPath) + " ")
      for (place, id) in chain.prefix(Self.mostSteps).enumerated() {
        if place > 0 { page.html.write(text: " → ") }
        page.writeLink(to: id, prefix)
      }
    }
    table(
      "plain plan", caption: say(.planOf, ["target": plan.estimate.target]),
      columns: [.task, .workToDo, .hours, .waitsFor, .doneWhen, .workingDays]
    ) { page in
      for step in plan.steps.prefix(Self.mostSteps) where page.hasRoom {
        page.write(step, plan, prefix)
      }
    }
    if plan.steps.count > Self.mostSteps {
      element("p", ["class": "note"], text: say(.moreTasks, ["target": plan.estimate.target]))
    }
  }

  private mutating func writeLink(to id: String, _ prefix: String) {
    element("a", ["href": "#\(prefix)\(id)"], text: id)
  }

  private mutating func write(_ step: PortingPlan.Step, _ plan: PortingPlan, _ prefix: String) {
    let hours = step.term.total
    element("tr", ["role": "row", "id": "\(prefix)\(step.id)"]) { page in
      page.rowHeading { page in
        page.html.write(text: step.id)
        if step.isCritical { page.element("small", text: page.say(.critical)) }
      }
      page.cell(.workToDo) { page in
        page.write(phrase: step.term.title)
        page.writeSubject(of: step.term)
        if let flops = step.flops {
          page.element("small", text: page.say(.unlocks, ["flops": "\(flops.scaled)FLOP"]))
        }
      }
      page.cell(.hours, number: true) { page in
        page.html.write(
          text: [hours.optimistic, hours.likely, hours.pessimistic].map { decimal($0) }
            .joined(separator: " / "))
        page.element("small", text: page.interval(of: step.term))
      }
      page.cell(.waitsFor) { page in
        // One element, so that cards keep it in one line.
        page.element("span") { $0.writeDependencies(of: step, prefix) }
      }
      page.cell(.doneWhen, text: step.criterion.map(page.text) ?? "–")
      page.cell(.workingDays) { $0.writeBar(of: step, plan) }
    }
    html.newLine()
  }

  private mutating func writeDependencies(of step: PortingPlan.Step, _ prefix: String) {
    guard let first = step.dependencies.first, let last = step.dependencies.last else {
      return html.write(text: "–")
    }
    if step.dependencies.count > Self.namedDependencies {
      writeLink(to: first, prefix)
      html.write(text: "–")
      return writeLink(to: last, prefix)
    }
    for (place, id) in step.dependencies.enumerated() {
      if place > 0 { html.write(text: ", ") }
      writeLink(to: id, prefix)
    }
  }

  /// Draws when the work is done, on the scale of the whole plan.
  private mutating func writeBar(of step: PortingPlan.Step, _ plan: PortingPlan) {
    let whole = max(plan.steps.map(\.end).max() ?? 0, 0.01)
    html.element(
      "svg",
      [
        "class": "bar gantt", "viewBox": "0 0 1000 10", "preserveAspectRatio": "none",
        "aria-hidden": "true", "focusable": "false",
      ]
    ) { html in
      let start = min(step.start / whole * 1000, 990)
      html.element("rect", ["class": "p-none", "width": "1000", "y": "4", "height": "2"], text: "")
      html.element(
        "rect",
        [
          "class": step.isCritical ? "p-likely" : "p-range", "x": "\(Int(start))", "height": "10",
          "width": "\(max(10, Int((step.end / whole * 1000).rounded()) - Int(start)))",
        ], text: "")
    }
    let (first, last) = (plan.estimate.days(step.start), plan.estimate.days(step.end))
    let span = say(.daySpan, ["start": Self.days(first), "end": Self.days(last)])
    let person =
      plan.estimate.people > 1 ? " · \(say(.person, ["number": "\(step.person)"]))" : ""
    element("small", text: span + person)
  }

  /// What shows that a task is done, in the page's language.
  private func text(_ acceptance: Acceptance) -> String {
    switch acceptance {
    case .smallestModelRuns: say(.acceptSmallestModel)
    case .findingsAreGone: say(.acceptFindingsGone)
    case .equalsPackage(nil): say(.acceptPackageExactly)
    case .equalsPackage(let tolerance?):
      say(.acceptPackageWithin, ["tolerance": "\(tolerance)"])
    case .operatorsEqualReference: say(.acceptOperators)
    case .metricHolds: say(.acceptMetric)
    case .speedIsReached: say(.acceptSpeed)
    }
  }

  // MARK: Texts of terms

  /// Writes what a term is for, and the route that asks for it.
  mutating func writeSubject(of term: Term) {
    element("small") { page in
      page.html.write(text: page.say.phrase(term.subject) ?? term.subject)
      if let route = term.route { page.html.write(text: " · \(page.say(.route)): \(route)") }
    }
  }

  /// Writes a text of the rules in the page's language, or as English where it has none.
  mutating func write(phrase english: String) {
    if let text = say.phrase(english) {
      html.write(text: text)
    } else {
      element("span", ["lang": "en"], text: english)
    }
  }
}
