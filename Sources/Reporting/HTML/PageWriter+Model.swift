import Compatibility
import ModelGraph
import Porting

extension PageWriter {
  /// Writes the answer and what is in the model, below its name.
  mutating func writeSummary(of model: ModelReport, _ comparison: Comparison?) {
    if let failure = model.failure {
      element("p", ["class": "answer"]) { page in
        page.element("strong", text: page.say(.unreadable))
        let place = failure.position.map { " (\($0))" } ?? ""
        page.html.write(text: ": \(failure.reason)\(place)")
      }
      return
    }
    guard let summary = model.summary else { return }
    if let best = comparison?.stacks.first {
      let target = best.target
      let rest = say(target.verdict.answer(throughPyTorch: target.isThroughPyTorch))
      let answer =
        if !best.isKnown {
          say(.nothingKnown)
        } else if let effort = EffortSummary(target.effort) {
          say(
            .cheapestStack,
            [
              "target": target.target, "headline": rest,
              "low": Self.days(effort.days.lowerBound), "high": Self.days(effort.days.upperBound),
            ])
        } else {
          say(.bestStack, ["target": target.target, "headline": rest])
        }
      element("p", ["class": "answer"], text: answer)
    }
    if model.isInvalid {
      element("p", ["class": "invalid"], text: say(.invalidModel))
    }
    element("p", ["class": "facts"], text: facts(of: model, summary))
  }

  private func facts(of model: ModelReport, _ summary: ModelSummary) -> String {
    let opsets = summary.opsets.prefix(8).map { "\($0.domain) \($0.version)" }
    var facts = [
      say(.nodeCount, ["count": summary.nodeCount.grouped]),
      say(.operatorCount, ["count": summary.operators.count.grouped]),
      say(.parameterCount, ["count": summary.parameterCount.scaled.trimmed]),
    ]
    if let cost = model.cost {
      let text = cost.openNodes > 0 ? PageText.workAtLeast : .workOfRun
      facts.append(say(text, ["flops": "\(cost.flops.scaled)FLOP"]))
    }
    facts.append("opset \(opsets.joined(separator: ", "))")
    return facts.joined(separator: " · ")
  }

  /// Writes all sections about one model, after links to them; `prefix` keeps the names of places
  /// apart.
  mutating func write(_ model: ModelReport, _ comparison: Comparison?, prefix: String) {
    guard model.summary != nil else { return }
    let sections = sections(of: model, comparison, prefix: prefix)
    element("nav", ["aria-label": "\(say(.contents)) – \(model.displayName)"]) { page in
      page.element("ul") { page in
        for section in sections {
          page.element("li") { page in
            page.element("a", ["href": "#\(prefix)\(section.id)"], text: page.say(section.title))
          }
        }
      }
    }
    for section in sections { self.section("\(prefix)\(section.id)", section.title, section.write) }
  }

  /// Stacks of each of several models whose plans and ledgers are told.
  private static let mostPlans = 3

  /// A part of what is told of a model.
  private struct Section {
    let id: String
    let title: PageText
    let write: (inout PageWriter) -> Void
  }

  /// What there is to tell of a model, in the order of the page.
  private func sections(
    of model: ModelReport, _ comparison: Comparison?, prefix: String
  ) -> [Section] {
    var sections: [Section] = []
    func add(_ id: String, _ title: PageText, _ write: @escaping (inout PageWriter) -> Void) {
      sections.append(Section(id: id, title: title, write: write))
    }
    let targets = comparison?.targets.map(\.target) ?? []
    // Of several models there is room for the tasks of the best stacks alone.
    let isAlone = prefix.isEmpty
    let isEstimated = targets.contains { $0.effort?.estimate != nil }
    if let comparison {
      add("stacks", .stacks) { $0.writeStacks(comparison) }
      if isEstimated {
        add("effort", .effort) {
          $0.writeEffort(comparison, together: model.effort, every: isAlone)
        }
      }
      let rows = comparison.shownTargets
      if rows.contains(where: { $0.target.profile?.operators.isEmpty == false }) {
        add("matrix", .matrix) { $0.writeMatrix(comparison, model) }
      }
      if rows.contains(where: { $0.target.profile?.runs.isEmpty == false }) {
        add("graph", .partitions) { $0.writeRuns(comparison) }
      }
    }
    if let cost = model.cost { add("cost", .cost) { $0.write(cost) } }
    if let comparison {
      if comparison.stacks.contains(where: { $0.target.profile?.devices.isEmpty == false }) {
        add("memory", .memory) { $0.writeDevices(comparison) }
      }
      if targets.contains(where: { $0.profile?.opsets != nil }) {
        add("opsets", .opsets) { $0.writeOpsets(comparison) }
      }
      if let kernels = comparison.kernels {
        add("kernels", .kernels) { $0.write(kernels, model) }
      }
      let shown = isAlone ? comparison.targets : Array(comparison.stacks.prefix(Self.mostPlans))
      if shown.contains(where: { $0.target.plan != nil }) {
        add("plan", .plan) { $0.writePlans(shown, prefix: prefix) }
      }
      if shown.contains(where: { $0.target.effort?.estimate != nil }) {
        add("ledger", .ledger) { $0.writeLedgers(shown) }
      }
    }
    add("findings", .findings) { $0.writeFindings(model, comparison) }
    return sections
  }

  /// A fraction of 1 in percent.
  func percent(_ share: Double) -> String { "\(Share(share))" }
}

extension Comparison {
  /// The targets with a column of their own: all when they are few, else the best of each stack.
  var shownTargets: [Row] { targets.count > 12 ? stacks : targets }
}

extension String {
  /// The text without the spaces at its end.
  var trimmed: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
