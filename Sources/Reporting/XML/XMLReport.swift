import Bytes
import Capabilities
import Compatibility
import ModelGraph
import Porting
public import XMLDocuments

extension ReportFormat {
  /// Everything, in the form that is read back.
  static let xml = ReportFormat(
    "xml", for: .programs, "everything, and can be read back (schema: XSD)"
  ) {
    report, _, sink in
    try XMLWriter.write(to: sink) { xml in XMLReport.write(report, to: xml) }
  }
}

/// The report as XML by `Rules/schema/regauge-report.xsd`: complete, and what `XMLReportReader` reads.
///
/// XML forbids some characters even as references. A text with one of them has it as `\u{1}`, and has
/// `\u{5C}u{` where `\u{` really stands, so that reading gives back what was written. Texts end after
/// 4,096 code points.
public enum XMLReport {
  /// Identifier of the schema that the document follows.
  public static let schema = "regauge/report/1"

  /// The report in memory.
  ///
  /// - Throws: `XMLWriteFailure` when memory runs out.
  public static func text(_ report: Report) throws(XMLWriteFailure) -> [UInt8] {
    try XMLWriter.document { xml in write(report, to: xml) }
  }

  /// Writes the report, a piece at a time.
  static func write(_ report: Report, to xml: XMLWriter) {
    xml.element(
      "regauge-report",
      [
        "schema": schema, "tool": report.toolVersion.xml,
        "timestamp": report.timestamp?.xml, "shard": report.shard?.description,
      ]
    ) {
      xml.element(
        "rules", ["origin": report.rulesOrigin.xml, "sha256": report.rulesDigest.xml]
      ) {
        for file in report.ruleFiles {
          xml.emptyElement("file", ["name": file.name.xml, "sha256": file.sha256.xml])
        }
        for rule in report.rules { xml.write(rule) }
      }
      for finding in report.findings { xml.write(finding, on: "") }
      for fixed in report.fixed { xml.write(fixed) }
      for model in report.models where xml.failure == nil { xml.write(model) }
    }
  }
}

extension XMLWriter {
  fileprivate func write(_ rule: Rule) {
    element(
      "rule", ["id": rule.id.xml, "name": rule.name.xml, "severity": rule.severity.rawValue]
    ) {
      element("summary", text: rule.summary.xml)
      element("rationale", text: rule.rationale.xml)
      element("help", text: rule.help.xml)
    }
  }

  fileprivate func write(_ fixed: FixedFinding) {
    element(
      "fixed",
      [
        "model": fixed.model.xml, "target": fixed.target.xml, "rule": fixed.rule.xml,
        "operator": fixed.operation.xml, "fingerprint": fixed.fingerprint.xml,
      ], text: fixed.reason.xml)
  }

  fileprivate func write(_ model: ModelReport) {
    element("model", ["path": model.path.xml]) {
      switch model.content {
      case .failure(let failure):
        startElement("failure")
        write(failure.position)
        text(failure.reason.xml)
        endElement()
      case .success(let summary):
        write(summary)
        for finding in model.structure { write(finding, on: "") }
        if let cost = model.cost { write(cost) }
        if let values = model.values { write(values) }
        for target in model.targets { write(target) }
        if let effort = model.effort { write(effort) }
      }
    }
  }

  // MARK: What is in a model

  private func write(_ summary: ModelSummary) {
    element(
      "contents",
      [
        "format": summary.format.xml, "bytes": String(summary.byteCount),
        "sha256": summary.digest?.xml, "ir-version": summary.irVersion.map(String.init),
        "producer": summary.producer.xml, "nodes": String(summary.nodeCount),
        "parameters": String(summary.parameterCount), "weight-bytes": String(summary.weightBytes),
        "subgraphs": String(summary.subgraphCount),
      ]
    ) {
      for opset in summary.opsets {
        emptyElement("opset", ["domain": opset.domain.xml, "version": String(opset.version)])
      }
      for entry in summary.operators {
        startElement("operator")
        write(entry.operation)
        attribute("nodes", String(entry.count))
        endElement()
      }
      for entry in summary.weightTypes {
        emptyElement("weights", ["type": entry.type.name, "elements": String(entry.elements)])
      }
      for value in summary.inputs {
        emptyElement("input", ["name": value.name.xml, "type": value.type.xml])
      }
      for value in summary.outputs {
        emptyElement("output", ["name": value.name.xml, "type": value.type.xml])
      }
      for function in summary.functions {
        startElement("function")
        write(function)
        endElement()
      }
      for file in summary.externalFiles { emptyElement("external-file", ["path": file.xml]) }
    }
  }

  /// Adds the attributes that name an operator.
  func write(_ operation: OperatorIdentity) {
    attribute("domain", operation.domain.xml)
    attribute("name", operation.name.xml)
    if !operation.overload.isEmpty { attribute("overload", operation.overload.xml) }
  }

  // MARK: What a target makes of it

  private func write(_ target: TargetReport) {
    element(
      "target",
      [
        "name": target.target.xml, "title": target.title.xml, "version": target.version.xml,
        "verdict": target.verdict.rawValue,
        "through-pytorch": target.isThroughPyTorch ? "true" : nil,
        "outdated-nodes": target.outdatedNodes.map { String($0) },
      ]
    ) {
      for verdict in Verdict.allCases {
        if let count = target.counts[verdict] {
          emptyElement("count", ["verdict": verdict.rawValue, "nodes": String(count)])
        }
      }
      for confidence in Confidence.allCases {
        if let count = target.confidences[confidence] {
          emptyElement("rests-on", ["confidence": confidence.rawValue, "nodes": String(count)])
        }
      }
      if let fallback = target.fallback { write(fallback) }
      for finding in target.findings { write(finding, on: target.target) }
      for note in target.notes { element("note", text: note.xml) }
      if let effort = target.effort {
        write(effort, of: target.findings, flops: target.plan?.flops ?? [])
      }
      if let before = target.effortBefore { write(before) }
      if let profile = target.profile { write(profile) }
    }
  }

  private func write(_ fallback: Fallback) {
    emptyElement(
      "fallback",
      [
        "host-nodes": String(fallback.hostNodes),
        "host-partitions": String(fallback.hostPartitions),
        "device-partitions": String(fallback.devicePartitions),
        "crossings": String(fallback.crossings),
        "crossing-bytes": String(fallback.crossingBytes),
        "crossings-of-unknown-size": String(fallback.crossingsOfUnknownSize),
        "host-flops": String(fallback.hostFlops), "flops": String(fallback.flops),
      ])
  }

  // MARK: Findings

  fileprivate func write(_ finding: Finding, on target: String) {
    let standing = finding.standing
    element(
      "finding",
      [
        "rule": finding.rule.id.xml, "severity": finding.severity.rawValue,
        "verdict": finding.verdict?.rawValue, "count": String(finding.count),
        "element-types": finding.elementTypes?.xml,
        "fingerprint": finding.fingerprint(on: target),
        "failing": standing.isFailing ? "true" : nil, "baseline": standing.novelty?.rawValue,
      ]
    ) {
      if let operation = finding.operation {
        startElement("operator")
        write(operation)
        if let version = finding.sinceVersion { attribute("since-version", String(version)) }
        endElement()
      }
      if let position = finding.position {
        startElement("place")
        write(position)
        endElement()
      }
      element("reason", text: finding.reason.xml)
      element("help", text: finding.help.xml)
      for node in finding.nodes { write(node) }
      for citation in finding.evidence { write(citation) }
      if let suppression = standing.suppression {
        element(
          "suppression",
          ["owner": suppression.owner?.xml, "expires": suppression.expires?.xml],
          text: suppression.reason.xml)
      }
    }
  }

  private func write(_ node: NodeLocation) {
    startElement("node", ["name": node.label.xml, "scope": node.scope.xml])
    write(node.position)
    if let count = node.byteCount { attribute("byte-length", String(count)) }
    if let number = node.number { attribute("number", String(number)) }
    endElement()
  }

  func write(_ citation: Citation) {
    emptyElement(
      "evidence",
      [
        "kind": citation.kind.xml, "repository": citation.repository.xml,
        "commit": citation.commit.xml, "path": citation.path.xml, "line": citation.line.xml,
        "date": citation.date.xml, "confidence": citation.confidence.xml,
        "excessive-age": citation.excessiveAge.map { String($0) },
      ])
  }

  /// Adds the attributes of a place.
  private func write(_ position: SourcePosition?) {
    guard let position else { return }
    if let offset = position.byteOffset { attribute("byte-offset", String(offset)) }
    if let line = position.line { attribute("line", String(line)) }
    if let column = position.column { attribute("column", String(column)) }
  }
}
