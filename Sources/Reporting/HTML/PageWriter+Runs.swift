import Compatibility
import ModelGraph

extension PageWriter {
  /// Runs listed in words for one target.
  private static let listedRuns = 60
  /// The width of a picture in its own units.
  private static let pictureWidth = 10_000.0

  /// Writes for each stack the graph in execution order: what runs where.
  mutating func writeRuns(_ comparison: Comparison) {
    element("p", text: say(.partitionsExplained))
    element("ul", ["class": "legend", "aria-label": say(.legend)]) { page in
      for side in GraphRun.Side.allCases {
        page.element("li") { page in
          page.html.element(
            "svg", ["class": "key", "viewBox": "0 0 10 10", "aria-hidden": "true"]
          ) { html in
            html.element(
              "rect", side.block(from: 0, width: 10, height: 10), text: "")
          }
          page.html.write(text: page.say(side.text))
        }
      }
    }
    element("div", ["class": "zoomed"]) { page in
      page.writeZoom()
      for row in comparison.stacks {
        guard let runs = row.target.profile?.runs, !runs.isEmpty else { continue }
        page.write(runs, of: row)
      }
    }
  }

  private mutating func writeZoom() {
    element("div", ["class": "filters", "hidden": ""]) { page in
      page.element("label") { page in
        page.element("span", text: page.say(.zoom))
        page.html.void(
          "input",
          ["type": "range", "min": "1", "max": "20", "value": "1", "data-zoom": ""])
      }
    }
  }

  private mutating func write(_ runs: [GraphRun], of row: Comparison.Row) {
    let target = row.target.target
    element("figure", ["class": "runs"]) { page in
      page.element("figcaption") { page in
        page.element("code", text: target)
        page.html.write(text: " \(page.summary(of: runs, refused: row.target))")
      }
      page.scrolling(page.say(.graphOf, ["target": target])) { $0.writePicture(runs) }
      guard runs.count > 1 else { return }
      page.element("details") { page in
        page.element("summary", text: page.say(.runsInWords, ["count": runs.count.grouped]))
        page.writeList(runs, of: target)
      }
    }
    html.newLine()
  }

  private func summary(of runs: [GraphRun], refused target: TargetReport) -> String {
    let counts = runs.reduce(into: [:]) { $0.merge($1.counts, uniquingKeysWith: +) }
    let parts = GraphRun.Side.allCases.compactMap { side in
      counts[side].map { "\($0.grouped) \(say(side.text))" }
    }
    let crossings = target.fallback.map {
      " · " + say(.crossings, ["count": $0.crossings.grouped])
    }
    let refusal = target.profile?.refusesModel == true ? " · \(say(.modelRefused))" : ""
    return parts.joined(separator: " · ") + (crossings ?? "") + refusal
  }

  /// Draws runs as wide as they have nodes; the worse, the taller, so that colour is not needed.
  private mutating func writePicture(_ runs: [GraphRun]) {
    let nodes = Double(max(runs.reduce(0) { $0 + $1.nodeCount }, 1))
    html.element(
      "svg",
      [
        "class": "graph", "viewBox": "0 0 10000 100", "preserveAspectRatio": "none",
        "aria-hidden": "true", "focusable": "false",
      ]
    ) { html in
      // The smallest part that can be seen; wide runs give way for it.
      let least = min(20, Self.pictureWidth / Double(runs.count))
      let room = Self.pictureWidth - least * Double(runs.count)
      var start = 0.0
      for run in runs {
        let width = least + room * Double(run.nodeCount) / nodes
        var bottom = 100.0
        for side in GraphRun.Side.allCases {
          guard let count = run.counts[side] else { continue }
          let share = Double(count) / Double(max(run.nodeCount, 1))
          let height = max(12, side.height * share)
          html.element(
            "rect",
            side.block(
              from: Int(start), width: max(1, Int(start + width) - Int(start)),
              height: Int(height), bottom: Int(bottom)), text: "")
          bottom -= height
        }
        start += width
      }
    }
  }

  private mutating func writeList(_ runs: [GraphRun], of target: String) {
    // The runs that matter are told first when not all can be.
    let order = runs.indices.sorted { left, right in
      (runs[right].side, left) < (runs[left].side, right)
    }
    let chosen = Set(order.prefix(Self.listedRuns))
    table(
      "plain", caption: say(.graphOf, ["target": target]),
      columns: [.position, .nodes, .fate, .operators, .flops]
    ) { page in
      for index in runs.indices where chosen.contains(index) {
        let run = runs[index]
        page.element("tr", ["role": "row"]) { page in
          page.cell(.position, number: true, text: run.first.grouped)
          page.cell(.nodes, number: true, text: run.nodeCount.grouped)
          page.cell(.fate, text: page.fate(of: run))
          page.cell(.operators, text: run.operators.text)
          page.cell(.flops, number: true, text: "\(run.flops.scaled)FLOP")
        }
      }
    }
    if runs.count > chosen.count {
      element(
        "p", ["class": "note"],
        text: say(.moreRuns, ["count": (runs.count - chosen.count).grouped]))
    }
  }

  private func fate(of run: GraphRun) -> String {
    if run.counts.count == 1 { return say(run.side.text) }
    return GraphRun.Side.allCases.compactMap { side in
      run.counts[side].map { "\($0.grouped) \(say(side.text))" }
    }.joined(separator: ", ")
  }
}

extension [(operation: OperatorIdentity, count: Int)] {
  /// Such as `Conv ×3, Relu`.
  fileprivate var text: String {
    map { entry in
      let name = entry.operation.shortName.visible(limit: 80)
      return entry.count > 1 ? "\(name) ×\(entry.count.grouped)" : name
    }.joined(separator: ", ")
  }
}

extension GraphRun.Side {
  /// The word for it.
  fileprivate var text: PageText {
    switch self {
    case .native: .sideNative
    case .host: .sideHost
    case .unknown: .sideUnknown
    case .blocked: .sideBlocked
    }
  }

  /// How tall a run is drawn, of 100.
  fileprivate var height: Double {
    switch self {
    case .native: 50
    case .host: 70
    case .unknown: 85
    case .blocked: 100
    }
  }

  /// A rectangle that stands on `bottom`.
  fileprivate func block(
    from start: Int, width: Int, height: Int, bottom: Int = 10
  ) -> HTMLBuilder.Attributes {
    [
      "class": "p-\(kind)", "x": "\(start)", "y": "\(max(0, bottom - height))",
      "width": "\(width)", "height": "\(height)",
    ]
  }

  /// The verdict whose colour it has.
  private var kind: String {
    switch self {
    case .native: Verdict.supported.rawValue
    case .host: Verdict.fallback.rawValue
    case .unknown: Verdict.unknown.rawValue
    case .blocked: Verdict.unsupported.rawValue
    }
  }
}
