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

  /// Writes all sections about one model; `prefix` keeps the names of places apart.
  mutating func write(_ model: ModelReport, _ comparison: Comparison?, prefix: String) {
    guard model.summary != nil else { return }
    if let comparison {
      section("\(prefix)stacks", .stacks) { $0.writeStacks(comparison) }
      let rows = comparison.shownTargets
      let isEstimated = comparison.targets.contains { $0.target.effort?.estimate != nil }
      if isEstimated { section("\(prefix)effort", .effort) { $0.writeEffort(comparison) } }
      if rows.contains(where: { $0.target.profile?.operators.isEmpty == false }) {
        section("\(prefix)matrix", .matrix) { $0.writeMatrix(comparison, model) }
      }
      if rows.contains(where: { $0.target.profile?.runs.isEmpty == false }) {
        section("\(prefix)graph", .partitions) { $0.writeRuns(comparison) }
      }
    }
    if let cost = model.cost {
      section("\(prefix)cost", .cost) { $0.write(cost) }
    }
    if let comparison {
      if comparison.stacks.contains(where: { $0.target.profile?.devices.isEmpty == false }) {
        section("\(prefix)memory", .memory) { $0.writeDevices(comparison) }
      }
      if comparison.targets.contains(where: { $0.target.profile?.opsets != nil }) {
        section("\(prefix)opsets", .opsets) { $0.writeOpsets(comparison) }
      }
      if let kernels = comparison.kernels {
        section("\(prefix)kernels", .kernels) { $0.write(kernels, model) }
      }
    }
    if let comparison {
      if comparison.targets.contains(where: { $0.target.plan != nil }) {
        section("\(prefix)plan", .plan) { $0.writePlans(comparison, prefix: prefix) }
      }
      if comparison.targets.contains(where: { $0.target.effort?.estimate != nil }) {
        section("\(prefix)ledger", .ledger) { $0.writeLedgers(comparison) }
      }
    }
    section("\(prefix)findings", .findings) { $0.writeFindings(model, comparison) }
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
