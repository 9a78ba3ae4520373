import Capabilities
import Compatibility

extension PageWriter {
  /// Writes what each stack makes of the model, the best first.
  mutating func writeStacks(_ comparison: Comparison) {
    writeLegend()
    writeRanking(comparison.stacks, caption: say(.stacksCaption))
    let hasEffort = comparison.stacks.contains { EffortSummary($0.target.effort) != nil }
    element("p", ["class": "note"], text: say(hasEffort ? .rankingByEffort : .rankingExplained))
    guard comparison.targets.count > comparison.stacks.count else { return }
    element("details") { page in
      page.element(
        "summary", text: page.say(.allTargets, ["count": comparison.targets.count.grouped]))
      page.writeRanking(
        comparison.targets,
        caption: page.say(.allTargets, ["count": comparison.targets.count.grouped]))
    }
  }

  private mutating func writeLegend() {
    element("ul", ["class": "legend", "aria-label": say(.legend)]) { page in
      for verdict in Verdict.allCases {
        page.element("li") { page in
          page.badge(verdict)
          page.html.write(text: " \(page.say(verdict.meaning))")
        }
      }
    }
  }

  private mutating func writeRanking(_ rows: [Comparison.Row], caption: String) {
    let mostDays = rows.compactMap { EffortSummary($0.target.effort)?.days.upperBound }.max()
    var columns: [PageText] = [.rank, .stack, .verdict, .shares]
    if mostDays != nil { columns += [.grade, .personDays] }
    columns += [.opset, .types, .memoryFit, .evidence]
    table("ranking", caption: caption, columns: columns) { page in
      for row in rows { page.write(row, mostDays: mostDays) }
    }
  }

  private mutating func write(_ row: Comparison.Row, mostDays: Double?) {
    let target = row.target
    element("tr", ["role": "row"]) { page in
      page.cell(.rank, number: true, text: row.rank.map(String.init) ?? "–")
      page.rowHeading { page in
        page.html.write(text: target.title)
        page.element("code", text: target.target)
      }
      page.cell(.verdict) { $0.badge(target.verdict) }
      page.cell(.shares) { $0.writeShares(row) }
      if let mostDays {
        page.cell(.grade) { $0.writeGrade(of: target) }
        page.cell(.personDays) { page in
          guard let effort = EffortSummary(target.effort) else { return page.html.write(text: "–") }
          page.write(effort, most: mostDays)
        }
      }
      page.cell(.opset, text: page.opsetText(target))
      page.cell(.types, text: page.typesText(target))
      page.cell(.memoryFit, text: page.memoryText(target))
      page.cell(.evidence) { $0.writeEvidence(target) }
    }
    html.newLine()
  }

  /// Writes letter and size, and how much to rely on them.
  private mutating func writeGrade(of target: TargetReport) {
    guard let summary = EffortSummary(target.effort) else { return html.write(text: "–") }
    html.write(text: summary.grade)
    element(
      "small", text: say(.confidenceOf, ["confidence": say(summary.confidence.text)]))
  }

  /// Writes a bar of the verdicts' shares of nodes, and the shares in numbers.
  private mutating func writeShares(_ row: Comparison.Row) {
    let shares = Verdict.allCases.map { ($0, row.nodeShare($0)) }.filter { $0.1 > 0 }
    shareBar(shares.map { ("p-\($0.0.rawValue)", $0.1) })
    let words = shares.map { verdict, share in
      let work = row.flopShare(verdict)
      let ofWork = work.map { " (\(say(.ofFlops, ["share": percent($0)])))" } ?? ""
      return "\(percent(share)) \(say(verdict.shortText))\(ofWork)"
    }
    element("small", text: words.joined(separator: " · "))
  }

  /// Writes parts of a whole as a bar; every part that is there can be seen.
  mutating func shareBar(_ parts: [(kind: String, share: Double)]) {
    let whole = 1000.0
    let sizes = parts.map { max(8, ($0.share * whole).rounded()) }
    let scale = whole / max(sizes.reduce(0, +), 1)
    html.element("svg", Self.barAttributes) { html in
      var start = 0.0
      for (part, size) in zip(parts, sizes) {
        let end = start + size * scale
        html.element(
          "rect",
          [
            "class": part.kind, "x": "\(Int(start))", "y": "0", "height": "10",
            "width": "\(max(1, Int(end) - Int(start)))",
          ], text: "")
        start = end
      }
    }
  }

  static let barAttributes: HTMLBuilder.Attributes = [
    "class": "bar", "viewBox": "0 0 1000 10", "preserveAspectRatio": "none",
    "aria-hidden": "true", "focusable": "false",
  ]

  /// Writes person-days with the range they may take, on one scale for all stacks.
  private mutating func write(_ effort: EffortSummary, most: Double) {
    func place(_ days: Double) -> Int { Int((days / max(most, 0.1) * 1000).rounded()) }
    let range = effort.days
    html.element("svg", Self.barAttributes) { html in
      html.element(
        "rect",
        [
          "class": "p-range", "x": "\(place(range.lowerBound))", "y": "3", "height": "4",
          "width": "\(max(4, place(range.upperBound) - place(range.lowerBound)))",
        ], text: "")
      html.element(
        "rect",
        [
          "class": "p-likely", "x": "\(max(0, place(effort.likelyDays) - 5))", "y": "0",
          "height": "10", "width": "10",
        ], text: "")
    }
    element(
      "small",
      text: say(
        .daysWithRange,
        [
          "likely": Self.days(effort.likelyDays), "low": Self.days(range.lowerBound),
          "high": Self.days(range.upperBound),
        ]))
  }

  /// Days as all forms write them.
  static func days(_ days: Double) -> String { PersonDays(days).description }

  // MARK: Words for cells

  private func opsetText(_ target: TargetReport) -> String {
    guard let profile = target.profile else { return "–" }
    guard let zone = profile.opsets else { return say(.opsetAny) }
    if zone.opsets.contains(zone.current), !profile.refusesModel {
      return say(.opsetTaken, ["opset": "\(zone.current)"])
    }
    guard let to = zone.recommended, to != zone.current else { return say(.opsetNone) }
    return say(.opsetConvert, ["opset": "\(to)"])
  }

  private func typesText(_ target: TargetReport) -> String {
    guard let types = target.profile?.refusedTypes else { return "–" }
    return types.isEmpty
      ? say(.typesTaken) : say(.typesRefused, ["types": types.joined(separator: ", ")])
  }

  private func memoryText(_ target: TargetReport) -> String {
    let devices = target.profile?.devices.filter { $0.memory != nil } ?? []
    guard !devices.isEmpty else { return say(.memoryUnknown) }
    let fitting = devices.count { $0.fits == true }
    let maybe = devices.count { $0.fits == nil }
    let key: PageText = fitting + maybe == 0 ? .fitsNone : maybe > 0 ? .mayFit : .fitsSome
    return say(key, ["count": "\(fitting + maybe)", "all": "\(devices.count)"])
  }

  /// Writes how sure the verdicts are and how old the oldest of their evidence is.
  private mutating func writeEvidence(_ target: TargetReport) {
    let parts = Confidence.allCases.compactMap { confidence -> String? in
      guard let count = target.confidences[confidence], count > 0 else { return nil }
      let share = Double(count) / Double(max(target.nodeCount, 1))
      return "\(percent(share)) \(say(confidence.text))"
    }
    html.write(text: parts.isEmpty ? say(.noEvidence) : parts.joined(separator: ", "))
    let oldest = target.profile?.operators.compactMap(\.grounds.oldest).min()
    guard let oldest else { return }
    element("small") { page in
      page.html.write(text: page.say(.oldest) + " ")
      page.time(oldest.description)
    }
  }
}

extension Confidence {
  /// The word for it.
  var text: PageText {
    switch self {
    case .high: .highConfidence
    case .medium: .mediumConfidence
    case .low: .lowConfidence
    }
  }
}
