import Bytes
import Capabilities
import Compatibility
import ModelGraph

/// The report as JSON, by the schema `regauge/report/1`.
///
/// Everything found is in it, but for texts and numbers of findings that no sound model gives.
public enum JSONReport {
  /// Identifier of the schema that the text follows.
  public static let schema = "regauge/report/1"

  /// Writes the report.
  public static func text(_ report: Report) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.text("schema", schema)
      json.key("tool")
      json.object { json in
        json.text("name", "regauge")
        json.text("version", report.toolVersion)
      }
      json.key("rules")
      json.object { json in
        json.text("origin", report.rulesOrigin)
        json.text("sha256", report.rulesDigest)
      }
      json.key("models")
      json.array { json in
        for model in report.models { json.write(model) }
      }
    }
    return json.bytes + [0x0A]
  }
}

extension JSONWriter {
  /// Code points of a text that are written.
  private static let longestText = 4096
  /// Findings of one target that are written, the worst ones.
  private static let mostFindings = 10_000

  fileprivate mutating func write(_ model: ModelReport) {
    object { json in
      json.text("path", model.path)
      switch model.content {
      case .failure(let failure):
        json.key("error")
        json.object { json in
          json.text("reason", failure.reason)
          if let position = failure.position { json.write(position) }
        }
      case .success(let summary):
        json.write(summary)
        json.key("valid")
        json.boolean(!model.isInvalid)
        json.findings("structure", model.structure, omitted: "omittedStructure")
        if let cost = model.cost { json.write(cost) }
        if let values = model.values { json.write(values) }
        if let effort = model.effort { json.write(effort) }
        guard !model.targets.isEmpty else { return }
        json.list("targets", model.targets) { json, target in json.write(target) }
      }
    }
  }

  private mutating func write(_ summary: ModelSummary) {
    text("format", summary.format)
    member("bytes", summary.byteCount)
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

  private mutating func write(_ target: TargetReport) {
    object { json in
      json.text("target", target.target)
      json.text("title", target.title)
      json.text("version", target.version)
      json.text("verdict", target.verdict.rawValue)
      let counts = Verdict.allCases.map { ($0.rawValue, Int64(target.counts[$0] ?? 0)) }
      json.numbers("counts", counts, +)
      let confidences = Confidence.allCases.map {
        ($0.rawValue, Int64(target.confidences[$0] ?? 0))
      }
      json.numbers("confidence", confidences, +)
      if let fallback = target.fallback { json.write(fallback) }
      if let effort = target.effort { json.write(effort) }
      json.findings("findings", target.findings, omitted: "omittedFindings")
      json.list("notes", target.notes) { json, note in json.text(note) }
    }
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

  private mutating func findings(_ name: String, _ findings: [Finding], omitted: String) {
    list(name, Array(findings.prefix(Self.mostFindings))) { json, finding in json.write(finding) }
    let rest = findings.count - Self.mostFindings
    if rest > 0 { member(omitted, rest) }
  }

  private mutating func write(_ finding: Finding) {
    object { json in
      json.text("rule", finding.rule.id)
      json.text("name", finding.rule.name)
      json.text("severity", finding.severity.rawValue)
      if let verdict = finding.verdict { json.text("verdict", verdict.rawValue) }
      if let operation = finding.operation { json.text("operator", operation.description) }
      if let version = finding.sinceVersion { json.member("sinceVersion", version) }
      if let types = finding.elementTypes { json.text("elementTypes", types) }
      json.member("count", finding.count)
      json.list("nodes", finding.nodes) { json, node in json.write(node) }
      if let place = finding.place { json.text("where", place) }
      json.text("reason", finding.reason)
      json.list("evidence", finding.evidence) { json, citation in json.write(citation) }
      json.text("help", finding.help)
    }
  }

  private mutating func write(_ node: NodeLocation) {
    object { json in
      json.text("name", node.label)
      json.text("scope", node.scope)
      json.write(node.position)
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
    }
  }

  // MARK: Pieces

  private mutating func text(_ text: String) { string(text.shortened(to: Self.longestText)) }

  fileprivate mutating func text(_ name: String, _ text: String) {
    key(name)
    self.text(text)
  }

  private mutating func list<Element>(
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
      let name = entry.name.shortened(to: Self.longestText)
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
