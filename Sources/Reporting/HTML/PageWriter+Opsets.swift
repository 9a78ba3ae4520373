import Compatibility
import ModelGraph

extension PageWriter {
  /// Writes the opsets in which each target takes the model.
  mutating func writeOpsets(_ comparison: Comparison) {
    let zones = comparison.targets.compactMap { row in
      row.target.profile?.opsets.map { (row.target.target, $0) }
    }
    element("p", text: say(.opsetsExplained))
    if zones.count > 1, let shared = comparison.opset { write(shared) }
    let last = zones.flatMap { [$0.1.current] + $0.1.opsets }.max() ?? 1
    table(
      "plain", caption: say(.opsets),
      columns: [.target, .opsetsTaken, .advice, .opsetBlockers]
    ) { page in
      for (target, zone) in zones { page.write(zone, of: target, last: last) }
    }
  }

  private mutating func write(_ shared: SharedOpset) {
    guard let opset = shared.opset else {
      element("p", ["class": "answer"], text: say(.noSharedOpset))
      return
    }
    var text = say(
      .sharedOpset, ["opset": "\(opset)", "targets": shared.served.joined(separator: ", ")])
    if !shared.others.isEmpty {
      text += " " + say(.notServed, ["targets": shared.others.joined(separator: ", ")])
    }
    element("p", text: text)
  }

  private mutating func write(_ zone: OpsetZone, of target: String, last: Int64) {
    element("tr", ["role": "row"]) { page in
      page.rowHeading { $0.element("code", text: target) }
      page.cell(.opsetsTaken) { page in
        page.writeStrip(zone, last: last)
        page.element("small", text: zone.opsets.isEmpty ? page.say(.opsetNone) : zone.opsets.ranges)
      }
      page.cell(.advice, text: page.advice(zone))
      page.cell(.opsetBlockers, text: page.blockers(zone))
    }
    html.newLine()
  }

  /// Draws a box for each opset from 1 on; the model's own has a frame.
  private mutating func writeStrip(_ zone: OpsetZone, last: Int64) {
    // The newest opset is small today, but a model can claim any.
    let count = Int(min(max(last, 1), 60))
    let taken = Set(zone.opsets)
    html.element(
      "svg",
      [
        "class": "strip", "viewBox": "0 0 \(count * 10) 14", "aria-hidden": "true",
        "focusable": "false",
      ]
    ) { html in
      for opset in 1...count {
        let isTaken = taken.contains(Int64(opset))
        let isCurrent = zone.current == Int64(opset)
        html.element(
          "rect",
          [
            "class": (isTaken ? "p-supported" : "p-none") + (isCurrent ? " current" : ""),
            "x": "\(opset * 10 - 9)", "y": "2", "width": "8", "height": "10",
          ], text: "")
      }
    }
  }

  private func advice(_ zone: OpsetZone) -> String {
    guard let to = zone.recommended else { return say(.opsetNone) }
    if to == zone.current { return say(.keepOpset, ["opset": "\(to)"]) }
    let convert = say(.convertOpset, ["from": "\(zone.current)", "to": "\(to)"])
    guard !zone.missingAdapters.isEmpty else { return "\(convert) \(say(.everyStep))" }
    let steps = zone.missingAdapters.prefix(3).map { "\($0.operation) \($0.from) → \($0.to)" }
    let rest = zone.missingAdapters.count > 3 ? " …" : ""
    return convert + " " + say(.missingSteps, ["steps": steps.joined(separator: ", ") + rest])
  }

  private func blockers(_ zone: OpsetZone) -> String {
    let parts: [(PageText, [OperatorIdentity])] = [
      (.neverTaken, zone.never), (.lowerEnd, zone.lowerEnd), (.upperEnd, zone.upperEnd),
    ]
    let texts = parts.filter { !$0.1.isEmpty }.map { key, operators in
      say(key, ["operators": operators.names])
    }
    return texts.isEmpty ? "–" : texts.joined(separator: "; ")
  }

  // MARK: Kernels

  /// Writes how much of the model one set of portable kernels serves.
  mutating func write(_ kernels: SharedKernels, _ model: ModelReport) {
    element(
      "p", text: say(.kernelsExplained, ["targets": kernels.targets.joined(separator: ", ")]))
    let all = Double(model.cost?.flops ?? 0)
    let totals = SharedKernels.Service.allCases.map { ($0, kernels.total(of: $0)) }
      .filter { $0.1.operators > 0 }
    if all > 0 {
      shareBar(totals.map { ("p-\($0.0.kind)", Double($0.1.flops) / all) }.filter { $0.1 > 0 })
    }
    table(
      "plain", caption: say(.kernels), columns: [.service, .operators, .nodes, .flops, .names]
    ) { page in
      for (service, total) in totals {
        page.element("tr", ["role": "row"]) { page in
          page.rowHeading { page in
            page.element(
              "span", ["class": "badge v-\(service.kind)"], text: page.say(service.text))
          }
          page.cell(.operators, number: true, text: total.operators.grouped)
          page.cell(.nodes, number: true, text: total.nodes.grouped)
          page.cell(
            .flops, number: true, text: all > 0 ? page.percent(Double(total.flops) / all) : "–")
          page.cell(
            .names, text: kernels.operators.filter { $0.service == service }.map(\.operation).names)
        }
      }
    }
  }
}

extension SharedKernels.Service {
  /// The word for it.
  fileprivate var text: PageText {
    switch self {
    case .shared: .serviceShared
    case .chipSpecific: .serviceChipSpecific
    case .fallback: .serviceFallback
    case .unknown: .serviceUnknown
    case .blocked: .serviceBlocked
    }
  }

  /// The verdict whose colour it has.
  fileprivate var kind: String {
    switch self {
    case .shared: Verdict.supported.rawValue
    case .chipSpecific: Verdict.conditional.rawValue
    case .fallback: Verdict.fallback.rawValue
    case .unknown: Verdict.unknown.rawValue
    case .blocked: Verdict.unsupported.rawValue
    }
  }
}

extension [OperatorIdentity] {
  /// The first dozen names.
  fileprivate var names: String {
    prefix(12).map { $0.shortName.visible(limit: 80) }.joined(separator: ", ")
      + (count > 12 ? " … +\(count - 12)" : "")
  }
}
