import Compatibility

extension TextPage {
  /// Says what was judged by, and what to do next.
  mutating func writeEnd(of report: Report) {
    writeGate(of: report)
    let step = nextStep(after: report)
    let isJudged = report.models.contains { !$0.targets.isEmpty }
    guard isJudged || step != nil else { return }
    line()
    if isJudged { writeRules(of: report) }
    if let step { paragraph(first: 0, rest: 6, "Next: ", TextPiece(step, nil)) }
  }

  /// Writes what is to be said of accepted findings, and what is fixed since the baseline.
  private mutating func writeGate(of report: Report) {
    let standings = report.targetFindings.map(\.standing)
    let isCompared = standings.contains { $0.novelty != nil || $0.suppression != nil }
    guard isCompared || !report.findings.isEmpty || !report.fixed.isEmpty else { return }
    line()
    writeGate(standings, fixed: report.fixed.count)
    write(report.findings)
    let shown = style.isVerbose ? 1000 : 10
    for fixed in report.fixed.prefix(shown) {
      let name = ModelReport.name(of: fixed.model)
      let place = fixed.target.isEmpty ? name : "\(name), \(fixed.target)"
      paragraph(
        first: 2, rest: 4, TextPiece("fixed", .green), " \(fixed.operation): ",
        TextPiece(fixed.reason, nil), " (\(place))")
    }
    if report.fixed.count > shown {
      paragraph(first: 2, rest: 4, "… \((report.fixed.count - shown).grouped) more fixed")
    }
  }

  private mutating func writeGate(_ standings: [Standing], fixed: Int) {
    let failing = standings.count(where: \.isFailing)
    let accepted = standings.count { $0.suppression != nil }
    let known = standings.count(where: \.isSettled) - accepted
    let verdict =
      failing == 0
      ? "nothing fails" : "\(failing.counted("finding")) \(failing == 1 ? "fails" : "fail")"
    paragraph(
      first: 0, rest: 2, "Gate: ", TextPiece(verdict, failing == 0 ? .green : .red),
      "; \(known.grouped) known, \(accepted.grouped) accepted, \(fixed.grouped) fixed")
  }

  mutating func writeRules(of report: Report) {
    let digest = style.isVerbose ? report.rulesDigest[...] : report.rulesDigest.prefix(12)
    paragraph(first: 0, rest: 7, "Rules: \(report.rulesOrigin), ", "\("sha256 \(digest)".unbroken)")
  }

  /// What to do next; nothing where the reasons why models could not be read say it.
  private func nextStep(after report: Report) -> String? {
    let models = report.models.filter { $0.summary != nil }
    guard let first = models.first else { return nil }
    if let invalid = models.first(where: \.isInvalid) {
      return "repair \(invalid.displayName), or export it again; the errors above say where."
    }
    let pairs = models.lazy.flatMap { model in
      model.targets.lazy.map { (model: model, target: $0) }
    }
    guard let worst = pairs.max(by: { $0.target.verdict < $1.target.verdict }) else {
      return "regauge check \(first.commandWord) judges it by every stack."
    }
    guard worst.target.verdict != .supported else {
      guard models.count == report.models.count else { return nil }
      return "run it. All nodes are taken, by what is known; accuracy and speed are not judged."
    }
    guard !style.isVerbose else {
      return "change what the help lines name and check again; -o junit=FILE reports to CI."
    }
    let command = "regauge check \(worst.model.commandWord) -t \(worst.target.target.shellWord) -v"
    return "\(command) shows all findings, what helps, and where it is known from."
  }
}

extension ModelReport {
  /// The path as a word of a command line.
  fileprivate var commandWord: String {
    path == "-" || path.visible(limit: 200) != path ? "MODEL" : path.shellWord
  }
}

extension String {
  /// The text between quotes where a shell would take it apart.
  fileprivate var shellWord: String {
    let isPlain = utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "+"),
        UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "@"), 0x80...:
        true
      default: false
      }
    }
    return isPlain ? self : "'" + map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }
}
