import Bytes
import Compatibility
import ModelGraph

/// The report as JSON, by the schema `regauge/report/1`.
public enum JSONReport {
  /// Identifier of the schema that the text follows.
  public static let schema = "regauge/report/1"

  /// Writes the report.
  public static func text(_ report: Report) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", schema)
      json.key("tool")
      json.object { json in
        json.member("name", "regauge")
        json.member("version", report.toolVersion)
      }
      json.key("rules")
      json.object { json in
        json.member("origin", report.rulesOrigin)
        json.member("sha256", report.rulesDigest)
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
  fileprivate mutating func write(_ model: ModelReport) {
    object { json in
      json.member("path", model.path)
      switch model.content {
      case .failure(let failure):
        json.key("error")
        json.object { json in
          json.member("reason", failure.reason)
          if let position = failure.position { json.write(position) }
        }
      case .success(let summary): json.write(summary)
      }
      if !model.structure.isEmpty {
        json.key("structure")
        json.array { json in
          for finding in model.structure { json.write(finding) }
        }
      }
      if !model.targets.isEmpty {
        json.key("targets")
        json.array { json in
          for target in model.targets { json.write(target) }
        }
      }
    }
  }

  private mutating func write(_ summary: ModelSummary) {
    member("format", summary.format)
    member("bytes", summary.byteCount)
    if let version = summary.irVersion { member("irVersion", version) }
    if !summary.producer.isEmpty { member("producer", summary.producer) }
    key("opsets")
    object { json in
      for entry in summary.opsets { json.member(entry.domain, entry.version) }
    }
    member("nodes", summary.nodeCount)
    key("operators")
    object { json in
      for entry in summary.operators { json.member(entry.operation.description, entry.count) }
    }
    member("parameters", summary.parameterCount)
    member("weightBytes", summary.weightBytes)
    key("weightTypes")
    object { json in
      for entry in summary.weightTypes { json.member(entry.type.name, entry.elements) }
    }
    write("inputs", summary.inputs)
    write("outputs", summary.outputs)
    member("subgraphs", summary.subgraphCount)
    write("functions", summary.functions.map(\.description))
    write("externalFiles", summary.externalFiles)
  }

  private mutating func write(_ name: String, _ values: [(name: String, type: String)]) {
    key(name)
    array { json in
      for value in values {
        json.object { json in
          json.member("name", value.name)
          json.member("type", value.type)
        }
      }
    }
  }

  private mutating func write(_ name: String, _ texts: [String]) {
    key(name)
    array { json in
      for text in texts { json.string(text) }
    }
  }

  private mutating func write(_ target: TargetReport) {
    object { json in
      json.member("target", target.target)
      json.member("title", target.title)
      json.member("version", target.version)
      json.member("verdict", target.verdict.rawValue)
      json.key("counts")
      json.object { json in
        for verdict in Verdict.allCases {
          json.member(verdict.rawValue, target.counts[verdict] ?? 0)
        }
      }
      json.key("findings")
      json.array { json in
        for finding in target.findings { json.write(finding) }
      }
    }
  }

  private mutating func write(_ finding: Finding) {
    object { json in
      json.member("rule", finding.rule.id)
      json.member("name", finding.rule.name)
      json.member("severity", finding.severity.rawValue)
      if let verdict = finding.verdict { json.member("verdict", verdict.rawValue) }
      if let operation = finding.operation { json.member("operator", operation.description) }
      if let version = finding.sinceVersion { json.member("sinceVersion", version) }
      if let types = finding.elementTypes { json.member("elementTypes", types) }
      json.member("count", finding.count)
      json.key("nodes")
      json.array { json in
        for node in finding.nodes { json.write(node) }
      }
      if let place = finding.place {
        json.member("where", place)
      }
      json.member("reason", finding.reason)
      json.key("evidence")
      json.array { json in
        for citation in finding.evidence { json.write(citation) }
      }
      json.member("help", finding.help)
    }
  }

  private mutating func write(_ node: NodeLocation) {
    object { json in
      json.member("name", node.label)
      json.member("scope", node.scope)
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
      json.member("kind", citation.kind)
      json.member("repo", citation.repository)
      json.member("commit", citation.commit)
      json.member("path", citation.path)
      json.member("line", citation.line)
      json.member("date", citation.date)
      json.member("confidence", citation.confidence)
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
