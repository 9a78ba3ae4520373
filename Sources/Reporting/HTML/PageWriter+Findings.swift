import Bytes
import Capabilities
import Compatibility
import ModelGraph

extension PageWriter {
  /// Findings of one target that are told in full.
  static let mostFindings = 200
  private static let namedNodes = 3
  private static let mostCitations = 3

  /// Writes what was found out about the model itself and then about each target.
  mutating func writeFindings(_ model: ModelReport, _ comparison: Comparison?) {
    element("p", text: say(.findingsExplained))
    if !model.structure.isEmpty {
      element("h3", text: say(.structureFindings))
      write(findings: model.structure)
    }
    for target in comparison?.targets.map(\.target) ?? model.targets {
      guard hasRoom else {
        element("p", ["class": "note"], text: say(.pageFull))
        return
      }
      write(target)
    }
  }

  private mutating func write(_ target: TargetReport) {
    html.newLine()
    element("details", ["class": "target"]) { page in
      page.element("summary") { page in
        page.element("code", text: target.target)
        page.badge(target.verdict)
        page.html.write(
          text: page.say(.findingCount, ["count": target.findings.count.grouped]))
      }
      page.element("p", text: "\(target.title), \(target.version)")
      if let fallback = target.fallback {
        page.element("p", text: page.text(of: fallback))
      }
      page.write(findings: target.findings)
      guard !target.notes.isEmpty else { return }
      page.element("details") { page in
        page.element(
          "summary", text: page.say(.evidenceNotes, ["count": target.notes.count.grouped]))
        for note in target.notes {
          page.element("p", ["class": "note"]) { $0.write(phrase: note) }
        }
      }
    }
  }

  private func text(of fallback: Fallback) -> String {
    say(
      .fallbackCost,
      [
        "nodes": fallback.hostNodes.grouped, "host": fallback.hostPartitions.grouped,
        "device": fallback.devicePartitions.grouped, "tensors": fallback.crossings.grouped,
        "bytes": fallback.crossingBytes.bytesText,
        "unsized": fallback.crossingsOfUnknownSize.grouped,
        "share": fallback.flops > 0
          ? percent(min(1, Double(fallback.hostFlops) / Double(fallback.flops))) : "–",
      ])
  }

  /// Writes findings, worst first, and how many are left out.
  mutating func write(findings all: [Finding]) {
    let findings = all.filter { showsSuppressed || $0.standing.suppression == nil }
    if findings.isEmpty {
      element("p", text: say(.noFindings))
    } else {
      element("ul", ["class": "findings"]) { page in
        for finding in findings.prefix(Self.mostFindings) where page.hasRoom {
          page.write(finding)
        }
      }
    }
    if findings.count > Self.mostFindings {
      element(
        "p", ["class": "note"],
        text: say(.moreFindings, ["count": (findings.count - Self.mostFindings).grouped]))
    }
    if all.count > findings.count {
      element(
        "p", ["class": "note"],
        text: say(.acceptedFindings, ["count": (all.count - findings.count).grouped]))
    }
  }

  private mutating func write(_ finding: Finding) {
    element("li") { page in
      page.element("p", ["class": "finding"]) { page in
        if let verdict = finding.verdict {
          page.badge(verdict)
        } else {
          page.element(
            "span", ["class": "badge v-\(finding.severity.kind)"],
            text: page.say(finding.severity.text))
        }
        if let subject = finding.subjectText { page.element("code", text: subject) }
        let rule = page.say.rule(finding.rule.id)
        page.writeReason(of: finding, rule)
        page.element(
          "a",
          [
            "class": "rule", "href": "#rule-\(finding.rule.id)",
            "title": rule?.summary ?? finding.rule.summary,
          ], text: finding.rule.id)
        if finding.standing.suppression != nil || finding.standing.novelty != nil {
          page.element("em", text: finding.standing.remark)
        }
      }
      page.writePlaces(finding)
      if finding.help == finding.rule.help, let rule = page.say.rule(finding.rule.id) {
        page.element("p", ["class": "help"], text: rule.help)
      } else {
        page.element("p", ["class": "help"]) { $0.write(phrase: finding.help) }
      }
      page.writeCitations(finding.evidence)
    }
    html.newLine()
  }

  /// Writes what the rules of all findings state, why that matters and what usually helps.
  mutating func write(_ rules: [Rule]) {
    table("plain rules", caption: say(.rules), columns: [.rule, .states, .matters, .helps]) {
      page in
      for rule in rules {
        let own = page.say.rule(rule.id)
        let language = own == nil ? "en" : nil
        page.element("tr", ["role": "row", "id": "rule-\(rule.id)"]) { page in
          page.rowHeading { page in
            page.html.write(text: rule.id)
            page.element("code", ["lang": "en"], text: rule.name)
          }
          for (column, text) in [
            (PageText.states, own?.summary ?? rule.summary),
            (.matters, own?.rationale ?? rule.rationale), (.helps, own?.help ?? rule.help),
          ] {
            page.cell(column) { $0.element("span", ["lang": language], text: text) }
          }
        }
        page.html.newLine()
      }
    }
  }

  /// Writes the facts in the page's language; where it has no words for them, what the rule states
  /// and the facts in English.
  private mutating func writeReason(of finding: Finding, _ rule: TextCatalogue.RuleText?) {
    if let reason = say.phrase(finding.reason) { return element("span", text: reason) }
    if let rule { element("span", text: rule.summary) }
    element("span", ["lang": "en"], text: finding.reason)
  }

  private mutating func writePlaces(_ finding: Finding) {
    let named = finding.nodes.prefix(Self.namedNodes).map { node in
      let scope = node.scope == "main" ? "" : " (\(node.scope.visible(limit: 120)))"
      return "\(node.label.visible(limit: 120))\(scope), \(words(for: node.position))"
    }
    let position = finding.position.map { [words(for: $0)] } ?? []
    let places = named.isEmpty ? position : named
    guard !places.isEmpty else { return }
    let rest = named.isEmpty ? 0 : finding.count - named.count
    var text = say(.at, ["places": places.joined(separator: "; ")])
    if rest > 0 { text += " " + say(.andMore, ["count": rest.grouped]) }
    element("p", ["class": "places"], text: text)
  }

  private func words(for position: SourcePosition) -> String {
    say.phrase("\(position)") ?? "\(position)"
  }

  private mutating func writeCitations(_ citations: [Citation]) {
    for citation in citations.prefix(Self.mostCitations) {
      element("p", ["class": "citation"]) { page in
        page.html.write(text: page.say(.evidence) + ": ")
        page.writeSource(of: citation)
        if !citation.date.isEmpty {
          page.html.write(text: " · ")
          page.time(citation.date)
        }
        page.html.write(
          text: " · " + page.say(.confidenceOf, ["confidence": page.word(for: citation)]))
      }
    }
  }

  /// Writes of what kind a source is and where the claim stands.
  mutating func writeSource(of citation: Citation) {
    write(phrase: citation.kind)
    html.write(text: ": ")
    element("cite", ["lang": "en"], text: citation.source)
  }

  private func word(for citation: Citation) -> String {
    Confidence(rawValue: citation.confidence).map { say($0.text) } ?? citation.confidence
  }
}

extension Finding {
  /// The operator with its version and how many nodes are concerned.
  fileprivate var subjectText: String? {
    guard let operation else { return count > 1 ? "×\(count.grouped)" : nil }
    let version = sinceVersion.map { "@\($0)" } ?? ""
    let times = count > 1 ? " ×\(count.grouped)" : ""
    return operation.shortName.visible() + version + times
  }
}

extension Citation {
  /// Where the claim stands, without its kind and date.
  var source: String {
    let commit = self.commit.isEmpty ? "" : "@\(shortCommit)"
    let line = self.line.isEmpty ? "" : ":\(self.line)"
    let path = self.path.isEmpty ? "" : " \(self.path)\(line)"
    return "\(repository)\(commit)\(path)"
  }
}

extension Severity {
  /// The word for it.
  fileprivate var text: PageText {
    switch self {
    case .note: .severityNote
    case .warning: .severityWarning
    case .error: .severityError
    }
  }

  /// The verdict whose colour it has.
  fileprivate var kind: String {
    switch self {
    case .note: Verdict.unknown.rawValue
    case .warning: Verdict.fallback.rawValue
    case .error: Verdict.unsupported.rawValue
    }
  }
}
