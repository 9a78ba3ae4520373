import Bytes
import Capabilities
import Compatibility
import ModelGraph

extension JSONWriter {
  /// Findings of one target that are written, the worst ones.
  private static let mostFindings = 10_000

  /// Writes what is known of the run as a whole.
  mutating func writeRun(_ report: Report) {
    key("tool")
    object { json in
      json.text("name", "regauge")
      json.text("version", report.toolVersion)
    }
    key("rules")
    object { json in
      json.text("origin", report.rulesOrigin)
      json.text("sha256", report.rulesDigest)
      guard !report.ruleFiles.isEmpty else { return }
      json.list("files", report.ruleFiles) { json, file in
        json.object { json in
          json.text("name", file.name)
          json.text("sha256", file.sha256)
        }
      }
    }
    if let timestamp = report.timestamp { text("timestamp", timestamp) }
    if let shard = report.shard { text("shard", shard.description) }
  }

  mutating func write(_ model: ModelReport) {
    object { json in
      json.writeContent(model)
      guard model.summary != nil else { return }
      json.findings("structure", model.structure, on: "", omitted: "omittedStructure")
      if let cost = model.cost { json.write(cost) }
      if let effort = model.effort { json.write(effort) }
      if let values = model.values { json.write(values) }
      guard !model.targets.isEmpty else { return }
      json.list("targets", model.targets) { json, target in
        json.object { json in
          json.writeVerdict(target)
          json.findings("findings", target.findings, on: target.target, omitted: "omittedFindings")
          json.list("notes", target.notes) { json, note in json.text(note) }
        }
      }
    }
  }

  /// Writes what is in a model, or why it could not be read.
  mutating func writeContent(_ model: ModelReport) {
    text("path", model.path)
    switch model.content {
    case .failure(let failure):
      key("error")
      object { json in
        json.text("reason", failure.reason)
        if let position = failure.position { json.write(position) }
      }
    case .success(let summary):
      write(summary)
      key("valid")
      boolean(!model.isInvalid)
    }
  }

  private mutating func write(_ summary: ModelSummary) {
    text("format", summary.format)
    member("bytes", summary.byteCount)
    if let digest = summary.digest { text("sha256", digest) }
    if let version = summary.irVersion { member("irVersion", version) }
    if !summary.producer.isEmpty { text("producer", summary.producer) }
    // Of several versions of one domain the last counts.
    numbers("opsets", summary.opsets.map { ($0.domain, $0.version) }) { $1 }
    member("nodes", summary.nodeCount)
    numbers("operators", summary.operators.map { ($0.operation.description, Int64($0.count)) }, +)
    member("parameters", summary.parameterCount)
    member("weightBytes", summary.weightBytes)
    numbers("weightTypes", summary.weightTypes.map { ($0.type.name, $0.elements) }, +)
    list("inputs", summary.inputs) { json, value in json.write(value) }
    list("outputs", summary.outputs) { json, value in json.write(value) }
    member("subgraphs", summary.subgraphCount)
    list("functions", summary.functions) { json, function in json.text(function.description) }
    list("externalFiles", summary.externalFiles) { json, file in json.text(file) }
  }

  private mutating func write(_ value: (name: String, type: String)) {
    object { json in
      json.text("name", value.name)
      json.text("type", value.type)
    }
  }

  /// Writes what a target makes of a model, without findings and notes.
  mutating func writeVerdict(_ target: TargetReport) {
    text("target", target.target)
    text("title", target.title)
    text("version", target.version)
    text("verdict", target.verdict.rawValue)
    let counts = Verdict.allCases.map { ($0.rawValue, Int64(target.counts[$0] ?? 0)) }
    numbers("counts", counts, +)
    let confidences = Confidence.allCases.map {
      ($0.rawValue, Int64(target.confidences[$0] ?? 0))
    }
    numbers("confidence", confidences, +)
    if let outdated = target.outdatedNodes { member("outdatedNodes", outdated) }
    if let fallback = target.fallback { write(fallback) }
    if let effort = target.effort { write(effort) }
    if let before = target.effortBefore { write(before, now: target.effortFigures) }
  }

  private mutating func write(_ fallback: Fallback) {
    key("fallback")
    object { json in
      json.member("hostNodes", fallback.hostNodes)
      json.member("hostPartitions", fallback.hostPartitions)
      json.member("devicePartitions", fallback.devicePartitions)
      json.member("crossings", fallback.crossings)
      json.member("crossingBytes", fallback.crossingBytes)
      json.member("crossingsOfUnknownSize", fallback.crossingsOfUnknownSize)
      json.member("hostFlops", fallback.hostFlops)
      json.member("flops", fallback.flops)
    }
  }

  private mutating func findings(
    _ name: String, _ findings: [Finding], on target: String, omitted: String
  ) {
    list(name, Array(findings.prefix(Self.mostFindings))) { json, finding in
      json.write(finding, on: target)
    }
    let rest = findings.count - Self.mostFindings
    if rest > 0 { member(omitted, rest) }
  }

  mutating func write(_ finding: Finding, on target: String) {
    object { json in json.writeMembers(of: finding, on: target) }
  }

  mutating func writeMembers(of finding: Finding, on target: String) {
    text("rule", finding.rule.id)
    text("name", finding.rule.name)
    text("severity", finding.severity.rawValue)
    if let verdict = finding.verdict { text("verdict", verdict.rawValue) }
    if let operation = finding.operation { text("operator", operation.description) }
    if let version = finding.sinceVersion { member("sinceVersion", version) }
    if let types = finding.elementTypes { text("elementTypes", types) }
    member("count", finding.count)
    list("nodes", finding.nodes) { json, node in json.write(node) }
    if let place = finding.place { text("where", place) }
    text("reason", finding.reason)
    list("evidence", finding.evidence) { json, citation in json.write(citation) }
    text("help", finding.help)
    text("fingerprint", finding.fingerprint(on: target))
    write(finding.standing)
  }

  private mutating func write(_ standing: Standing) {
    if standing.isFailing {
      key("failing")
      boolean(true)
    }
    if let novelty = standing.novelty { text("baseline", novelty.rawValue) }
    guard let suppression = standing.suppression else { return }
    key("suppression")
    object { json in
      json.text("reason", suppression.reason)
      if let owner = suppression.owner { json.text("owner", owner) }
      if let expires = suppression.expires { json.text("expires", expires) }
    }
  }

  /// Writes a finding that is gone.
  mutating func write(_ fixed: FixedFinding) {
    object { json in
      json.text("model", fixed.model)
      json.text("target", fixed.target)
      json.text("rule", fixed.rule)
      json.text("operator", fixed.operation)
      json.text("reason", fixed.reason)
      json.text("fingerprint", fixed.fingerprint)
    }
  }

  private mutating func write(_ node: NodeLocation) {
    object { json in
      json.text("name", node.label)
      json.text("scope", node.scope)
      json.write(node.position)
      if let count = node.byteCount { json.member("byteLength", count) }
      if let number = node.number { json.member("number", number) }
    }
  }

  private mutating func write(_ position: SourcePosition) {
    if let offset = position.byteOffset { member("byteOffset", offset) }
    if let line = position.line { member("line", line) }
    if let column = position.column { member("column", column) }
  }

  private mutating func write(_ citation: Citation) {
    object { json in
      json.text("kind", citation.kind)
      json.text("repo", citation.repository)
      json.text("commit", citation.commit)
      json.text("path", citation.path)
      json.text("line", citation.line)
      json.text("date", citation.date)
      json.text("confidence", citation.confidence)
      if let age = citation.excessiveAge { json.member("excessiveAge", age) }
    }
  }

  // MARK: Pieces

  mutating func text(_ text: String) { string(text.shortened(to: Finding.longestText)) }

  mutating func text(_ name: String, _ text: String) {
    key(name)
    self.text(text)
  }

  mutating func list<Element>(
    _ name: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    array { json in
      for element in elements { write(&json, element) }
    }
  }

  /// Writes numbers by name; names can become equal when their bytes are repaired or cut, and
  /// `combine` then says what counts.
  private mutating func numbers(
    _ name: String, _ entries: [(name: String, number: Int64)],
    _ combine: (Int64, Int64) -> Int64
  ) {
    var places: [String: Int] = [:]
    var merged: [(name: String, number: Int64)] = []
    for entry in entries {
      let name = entry.name.shortened(to: Finding.longestText)
      if let place = places[name] {
        merged[place].number = combine(merged[place].number, entry.number)
      } else {
        places[name] = merged.count
        merged.append((name, entry.number))
      }
    }
    key(name)
    object { json in
      for entry in merged { json.member(entry.name, entry.number) }
    }
  }
}

extension Finding {
  /// The first place in words, such as `main: byte 120`.
  var place: String? {
    if let first = nodes.first { return "\(first.scope): \(first.position)" }
    return position?.description
  }
}
