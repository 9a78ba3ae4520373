import Capabilities
import Compatibility
import ModelGraph

extension PageWriter {
  /// Operators listed with their costs.
  private static let costedOperators = 30

  /// Writes what a run costs, by operator.
  mutating func write(_ cost: CostSummary) {
    element("dl", ["class": "figures"]) { page in
      page.figure(.weights, cost.weightBytes.bytesText)
      page.figure(.work, "\(cost.flops.scaled)FLOP")
      page.figure(.activations, cost.peakActivationBytes.bytesText)
      page.figure(.traffic, cost.bytesMoved.bytesText)
      for tokens in cost.tokenCosts {
        page.figure(
          tokens.newTokens == 1 ? .perToken : .perPrompt,
          page.say(
            .tokenWork,
            [
              "new": tokens.newTokens.grouped, "past": tokens.pastTokens.grouped,
              "flops": "\(tokens.flops.scaled)FLOP",
              "cache": tokens.cacheBytes?.bytesText ?? "–",
            ]))
      }
    }
    writeOpenCosts(cost)
    let shown = cost.operators.filter { $0.flops > 0 || $0.openNodes > 0 }
    guard !shown.isEmpty else { return }
    table(
      "plain", caption: say(.costCaption),
      columns: [.operatorName, .nodes, .flops, .share, .openWork]
    ) { page in
      for entry in shown.prefix(Self.costedOperators) { page.write(entry, of: cost.flops) }
    }
    if shown.count > Self.costedOperators {
      element(
        "p", ["class": "note"],
        text: say(.moreOperators, ["count": (shown.count - Self.costedOperators).grouped]))
    }
  }

  private mutating func figure(_ name: PageText, _ value: String) {
    element("div") { page in
      page.element("dt", text: page.say(name))
      page.element("dd", text: value)
    }
  }

  private mutating func writeOpenCosts(_ cost: CostSummary) {
    guard cost.openNodes > 0 || cost.unsizedValues > 0 || cost.openLoops > 0 else { return }
    element(
      "p", ["class": "note"],
      text: say(
        .openCosts,
        [
          "nodes": cost.openNodes.grouped, "values": cost.unsizedValues.grouped,
          "loops": cost.openLoops.grouped,
        ]))
  }

  private mutating func write(_ entry: CostSummary.OperatorShare, of all: Int64) {
    let share = all > 0 ? min(1, Double(entry.flops) / Double(all)) : 0
    element("tr", ["role": "row"]) { page in
      page.rowHeading { $0.html.write(text: entry.operation.shortName) }
      page.cell(.nodes, number: true, text: entry.nodes.grouped)
      page.cell(.flops, number: true, text: "\(entry.flops.scaled)FLOP")
      page.cell(.share) { page in
        page.html.element("svg", Self.barAttributes) { html in
          html.element(
            "rect",
            [
              "class": "p-likely", "x": "0", "y": "0", "height": "10",
              "width": "\(share > 0 ? max(4, Int(share * 1000)) : 0)",
            ], text: "")
        }
        page.element("small", text: page.percent(share))
      }
      page.cell(.openWork, number: true, text: entry.openNodes > 0 ? entry.openNodes.grouped : "–")
    }
    html.newLine()
  }

  // MARK: Memory

  /// Chips listed at most.
  private static let mostDevices = 120
  /// More chips than this stand in a table that is opened on demand.
  private static let openDevices = 12

  /// Writes whether the model fits the chips of each stack, and how fast they could be at best.
  mutating func writeDevices(_ comparison: Comparison) {
    element("p", text: say(.memoryExplained))
    let fits = comparison.stacks.flatMap { row in
      (row.target.profile?.devices ?? []).map { (row.stack, $0) }
    }
    let known = fits.filter { $0.1.memory != nil }
    if known.count > Self.openDevices {
      element("details") { page in
        page.element("summary", text: page.say(.allDevices, ["count": known.count.grouped]))
        page.write(known)
      }
    } else if !known.isEmpty {
      write(known)
    }
    guard known.count < fits.count else { return }
    let unknown = fits.filter { $0.1.memory == nil }.map { "\($0.0):\($0.1.device.name)" }
    element(
      "p", ["class": "note"],
      text: say(.memoryNotKnown, ["devices": unknown.prefix(40).joined(separator: ", ")]))
  }

  private mutating func write(_ known: [(String, DeviceFit)]) {
    table(
      "plain", caption: say(.memory),
      columns: [.stack, .device, .memorySize, .fit, .devicesForWeights, .leastTime, .evidence]
    ) { page in
      for (stack, fit) in known.prefix(Self.mostDevices) { page.write(fit, of: stack) }
    }
  }

  private mutating func write(_ fit: DeviceFit, of stack: String) {
    element("tr", ["role": "row"]) { page in
      page.rowHeading { $0.html.write(text: stack) }
      page.cell(.device, text: fit.device.name)
      page.cell(.memorySize, number: true, text: fit.memory?.gibibytes ?? "–")
      page.cell(.fit) { page in
        let verdict: Verdict =
          fit.fits == true ? .supported : fit.fits == false ? .unsupported : .unknown
        let word: PageText =
          fit.fits == true ? .fits : fit.fits == false ? .tooBig : .maybeFits
        page.element(
          "span", ["class": "badge v-\(verdict.rawValue)"], text: page.say(word))
      }
      page.cell(
        .devicesForWeights, number: true, text: fit.devicesForWeights.map { $0.grouped } ?? "–")
      page.cell(.leastTime, text: fit.leastTime.map { page.text(of: $0) } ?? "–")
      page.cell(.evidence) { page in
        guard let source = fit.memory?.source else { return page.html.write(text: "–") }
        // One element, so that cards keep it in one line.
        page.element("span") { page in
          page.html.write(text: page.say(source.confidence.text))
          guard let date = source.date else { return }
          page.html.write(text: " · ")
          page.time(date)
        }
      }
    }
    html.newLine()
  }

  private func text(of time: DeviceFit.LeastTime) -> String {
    let bound: PageText =
      switch time.bound {
      case .memory, .memoryAlone: .boundByMemory
      case .arithmetic, .arithmeticAlone: .boundByArithmetic
      }
    // Below what is worth telling, the bound says nothing.
    guard time.seconds >= 1e-9 else { return "–" }
    return "≥ \(time.seconds.durationText) (\(say(bound)))"
  }
}

extension DeviceFit.Figure {
  /// The memory in GiB with at most one decimal.
  fileprivate var gibibytes: String {
    let tenths = Int((min(max(value, 0), 1e18) / 0x1p30 * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) GiB" : "\(tenths / 10).\(tenths % 10) GiB"
  }
}

extension Double {
  /// Seconds with three digits and the unit that suits them.
  fileprivate var durationText: String {
    let units = [("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)]
    let (name, size) = units.first { self >= $0.1 } ?? ("ns", 1e-9)
    let count = Swift.min(self / size, 1e15)
    let hundredths = Int((count * 100).rounded())
    let fraction = hundredths % 100
    if count >= 100 { return "\(hundredths / 100) \(name)" }
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) \(name)"
  }
}
