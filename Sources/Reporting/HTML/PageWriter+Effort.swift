import Porting

extension PageWriter {
  /// Writes what each stack costs by the best route and by hand, as bars and in numbers; `showsAll`
  /// adds every front door.
  mutating func writeEffort(
    _ comparison: Comparison, together: SetEstimate?, every showsAll: Bool
  ) {
    element("p", text: say(.effortExplained))
    let kinds = EffortRow.kinds(in: comparison.targets.compactMap(EffortRow.init))
    element("ul", ["class": "legend kinds", "aria-label": say(.legend)]) { page in
      for kind in kinds { page.writeKey(kind) }
    }
    writeEffort(of: comparison.stacks)
    if let together { write(together) }
    guard showsAll, comparison.targets.count > comparison.stacks.count, hasRoom else { return }
    element("details") { page in
      page.element(
        "summary", text: page.say(.allTargets, ["count": comparison.targets.count.grouped]))
      page.writeEffort(of: comparison.targets)
    }
  }

  /// Writes what several targets cost together.
  private mutating func write(_ effort: SetEstimate) {
    func days(_ hours: Double) -> String { Self.days(hours / effort.hoursPerDay) }
    element("p") { page in
      page.element("strong", text: page.say(.together))
      page.html.write(
        text: " "
          + page.say(
            .togetherCosts,
            [
              "targets": effort.targets.joined(separator: ", "),
              "low": days(effort.best.range.p50), "high": days(effort.best.range.p90),
              "strategy": page.say.phrase(effort.strategy) ?? effort.strategy,
              "handLow": days(effort.byHand.range.p50), "handHigh": days(effort.byHand.range.p90),
              "ratio": Self.days(effort.ratio), "apart": days(effort.apart),
            ]))
    }
  }

  private mutating func writeKey(_ kind: WorkKind) {
    element("li") { page in
      page.html.element(
        "svg", ["class": "key", "viewBox": "0 0 10 10", "aria-hidden": "true"]
      ) { html in
        html.element(
          "rect", ["class": "k-\(kind.rawValue)", "width": "10", "height": "10"], text: "")
      }
      page.html.write(text: page.say(kind.text))
    }
  }

  private mutating func writeEffort(of rows: [Comparison.Row]) {
    let known = rows.compactMap(EffortRow.init)
    let axis = EffortAxis(most: known.map(\.most).max() ?? 0)
    if !known.isEmpty {
      element("figure", ["class": "efforts"]) { page in
        page.element("figcaption", text: page.say(.effortCaption))
        page.writeAxis(axis)
        for row in known { page.write(row, axis) }
      }
      writeNumbers(of: known)
    }
    for row in rows {
      guard let reason = row.target.effort?.reason else { continue }
      element("p", ["class": "note"]) { page in
        page.element("code", text: row.target.target)
        page.html.write(text: ": \(page.say(.noEstimate)) ")
        page.write(phrase: reason)
      }
    }
  }

  // MARK: Bars

  private mutating func writeAxis(_ axis: EffortAxis) {
    element("div", ["class": "effort-bars", "aria-hidden": "true"]) { page in
      page.element("span", text: page.say(.personDays))
      page.html.element("svg", ["class": "axis", "focusable": "false"]) { html in
        for tick in axis.ticks {
          html.element(
            "line",
            [
              "class": "tick", "x1": axis.place(tick), "x2": axis.place(tick), "y1": "14",
              "y2": "20",
            ],
            text: "")
          html.element(
            "text",
            [
              "x": axis.place(tick), "y": "11",
              "text-anchor": tick == 0 ? "start" : tick == axis.end ? "end" : "middle",
            ], text: Self.days(tick))
        }
      }
    }
  }

  private mutating func write(_ row: EffortRow, _ axis: EffortAxis) {
    let estimate = row.estimate
    element("div", ["class": "effort"]) { page in
      page.element("p", ["class": "effort-head"]) { page in
        page.element("code", text: estimate.target)
        page.html.write(text: " \(page.headline(of: estimate))")
      }
      page.write(row, .bestRoute, estimate.best, axis)
      if let byHand = estimate.byHand { page.write(row, .byHand, byHand, axis) }
    }
    html.newLine()
  }

  /// The grade, the range and what it would be by hand, in one line.
  private func headline(of estimate: Estimate) -> String {
    var parts = ["\(estimate.grade.rawValue)\(estimate.size)"]
    let range = rangeText(estimate, estimate.best)
    parts.append(
      estimate.blocked.isEmpty
        ? say(.rangeWithWeeks, range) : say(.atLeastRange, range))
    if let byHand = estimate.byHand, let ratio = estimate.ratio {
      parts.append(
        say(
          .byHandRange,
          [
            "low": Self.days(estimate.days(byHand.range.p50)),
            "high": Self.days(estimate.days(byHand.range.p90)), "ratio": Self.days(ratio),
          ]))
    }
    if !estimate.blocked.isEmpty {
      let names = Set(estimate.blocked.map { estimate.gaps[$0].operatorName ?? "–" }).sorted()
      let rest = names.count > 6 ? " …" : ""
      parts.append(
        say(.noRouteFor, ["operators": names.prefix(6).joined(separator: ", ") + rest]))
    }
    return parts.joined(separator: " · ")
  }

  private func rangeText(
    _ estimate: Estimate, _ costing: Costing
  ) -> KeyValuePairs<String, String> {
    let range = costing.range
    return [
      "low": Self.days(estimate.days(range.p50)), "high": Self.days(estimate.days(range.p90)),
      "lowWeeks": Self.days(estimate.weeks(range.p50)),
      "highWeeks": Self.days(estimate.weeks(range.p90)),
    ]
  }

  private mutating func write(
    _ row: EffortRow, _ name: PageText, _ costing: Costing, _ axis: EffortAxis
  ) {
    let parts = row.parts(of: costing)
    let words = parts.map { "\(say($0.kind.text)) \(Self.days($0.days))" }
    let range = rangeText(row.estimate, costing)
    element("div", ["class": "effort-bars"]) { page in
      page.element("span", ["aria-hidden": "true"], text: page.say(name))
      page.html.element(
        "svg",
        [
          "class": "effort-bar", "role": "img", "focusable": "false",
          "aria-label":
            "\(row.estimate.target), \(page.say(name)): \(page.say(.rangeWithWeeks, range)): "
            + words.joined(separator: ", "),
        ]
      ) { html in
        for tick in axis.ticks {
          html.element(
            "line",
            [
              "class": "grid", "x1": axis.place(tick), "x2": axis.place(tick), "y1": "0",
              "y2": "22",
            ],
            text: "")
        }
        var start = 0.0
        for part in parts {
          html.element(
            "rect",
            [
              "class": "k-\(part.kind.rawValue)", "x": axis.place(start),
              "width": axis.place(part.days), "y": "4", "height": "14",
            ], text: "")
          start += part.days
        }
        row.writeWhisker(of: costing, axis, to: &html)
      }
    }
  }

  // MARK: Numbers

  /// Writes the numbers of the bars as a table.
  private mutating func writeNumbers(of rows: [EffortRow]) {
    let kinds = EffortRow.kinds(in: rows)
    let columns: [PageText] =
      [.target, .route, .grade, .median, .ninetieth, .expectedDays] + kinds.map(\.text)
    element("details", ["open": ""]) { page in
      page.element("summary", text: page.say(.effortNumbers))
      page.table("plain numbers", caption: page.say(.effortNumbers), columns: columns) { page in
        for row in rows {
          page.writeNumbers(of: row, .bestRoute, row.estimate.best, kinds)
          if let byHand = row.estimate.byHand { page.writeNumbers(of: row, .byHand, byHand, kinds) }
        }
      }
    }
  }

  private mutating func writeNumbers(
    of row: EffortRow, _ name: PageText, _ costing: Costing, _ kinds: [WorkKind]
  ) {
    let estimate = row.estimate
    let days = Dictionary(
      row.parts(of: costing).map { ($0.kind, $0.days) }, uniquingKeysWith: +)
    element("tr", ["role": "row"]) { page in
      page.rowHeading { $0.html.write(text: estimate.target) }
      page.cell(.route, text: page.say(name))
      page.cell(
        .grade,
        text: name == .bestRoute ? "\(estimate.grade.rawValue)\(estimate.size)" : "–")
      page.cell(.median, number: true, text: Self.days(estimate.days(costing.range.p50)))
      page.cell(.ninetieth, number: true, text: Self.days(estimate.days(costing.range.p90)))
      page.cell(.expectedDays, number: true, text: Self.days(estimate.days(costing.range.mean)))
      for kind in kinds {
        page.cell(kind.text, number: true, text: days[kind].map(Self.days) ?? "–")
      }
    }
    html.newLine()
  }
}

/// A target of the chart.
private struct EffortRow {
  let estimate: Estimate

  init?(_ row: Comparison.Row) {
    guard let estimate = row.target.effort?.estimate else { return nil }
    self.estimate = estimate
  }

  /// Person-days of each sort of work.
  func parts(of costing: Costing) -> [(kind: WorkKind, days: Double)] {
    costing.hoursByKind.map { ($0.kind, estimate.days($0.hours)) }
  }

  /// The most person-days that are drawn.
  var most: Double {
    [estimate.best, estimate.byHand].compactMap { $0?.range }.map { range in
      estimate.days(max(range.mean, range.p90))
    }.max() ?? 0
  }

  /// The sorts of work that any of the rows has.
  static func kinds(in rows: [EffortRow]) -> [WorkKind] {
    let found = Set(
      rows.flatMap { [$0.estimate.best, $0.estimate.byHand] }.compactMap(\.self)
        .flatMap { $0.hoursByKind.map(\.kind) })
    return WorkKind.allCases.filter(found.contains)
  }

  /// Draws the range from the 50th to the 90th percentile over a bar.
  func writeWhisker(of costing: Costing, _ axis: EffortAxis, to html: inout HTMLBuilder) {
    let ends = [costing.range.p50, costing.range.p90].map { axis.place(estimate.days($0)) }
    // Drawn twice, so that it stands out from what lies below.
    for kind in ["whisker-edge", "whisker"] {
      for line in [
        (ends[0], ends[1], "11", "11"), (ends[0], ends[0], "6", "16"),
        (ends[1], ends[1], "6", "16"),
      ] {
        html.element(
          "line", ["class": kind, "x1": line.0, "x2": line.1, "y1": line.2, "y2": line.3], text: "")
      }
    }
  }
}

/// The scale of the chart, in person-days.
private struct EffortAxis {
  /// Places with a number, from 0 to the end.
  let ticks: [Double]

  var end: Double { ticks.last ?? 1 }

  /// An axis with about five ticks at round numbers.
  init(most: Double) {
    let most = min(max(most, 1), 1e9)
    var step = 1.0
    let sizes = [2.0, 2.5, 2.0]
    var place = 0
    while step * 5 < most {
      step *= sizes[place % sizes.count]
      place += 1
    }
    ticks = (0...Int((most / step).rounded(.up))).map { Double($0) * step }
  }

  /// A number of person-days as a share of the width.
  func place(_ days: Double) -> String {
    let hundredths = Int((min(max(days / end, 0), 1) * 10_000).rounded())
    return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)%"
  }
}

extension WorkKind {
  /// The words for it.
  var text: PageText {
    switch self {
    case .bringUp: .kindBringUp
    case .conversion: .kindConversion
    case .rewrites: .kindRewrites
    case .importer: .kindImporter
    case .kernels: .kindKernels
    case .accuracy: .kindAccuracy
    case .validation: .kindValidation
    case .performance: .kindPerformance
    case .overhead: .kindOverhead
    }
  }
}
