public import Compatibility
import ModelGraph
public import XMLDocuments

/// The report as JUnit XML in the form that the strictest consumers take.
///
/// A suite is one model on one target, a case one operator of the model: its name stays the same
/// from run to run, so that CI systems can follow it. Verdicts at or above the threshold fail;
/// below it, unknown and silently wrong operators are skipped and never shown as passed.
public enum JUnitReport {
  /// Findings listed in the body of one case.
  private static let listedFindings = 20
  /// The schemas demand a time stamp; a constant one keeps reports reproducible.
  private static let timeStamp = "1970-01-01T00:00:00"

  /// Writes the report.
  ///
  /// - Parameters:
  ///   - report: The report.
  ///   - isFailure: Whether a verdict makes a case fail.
  /// - Returns: UTF-8 text.
  /// - Throws: `XMLWriteFailure` when memory runs out.
  public static func text(
    _ report: Report, isFailure: (Verdict) -> Bool
  ) throws(XMLWriteFailure) -> [UInt8] {
    let all = report.models.flatMap { suites(of: $0, isFailure: isFailure) }
    return try XMLWriter.document { xml in
      xml.element("testsuites") {
        for (index, suite) in all.enumerated() { write(suite, id: index, report, to: xml) }
      }
    }
  }

  // MARK: From findings to cases

  private static func suites(
    of model: ModelReport, isFailure: (Verdict) -> Bool
  ) -> [JUnitSuite] {
    guard let summary = model.summary else {
      let reason = model.failure.map { failure in
        failure.position.map { "\(failure.reason) (\($0))" } ?? failure.reason
      }
      let outcome = JUnitOutcome.error(type: "model-unreadable", text: reason ?? "not readable")
      return [
        JUnitSuite(
          name: model.path, package: "regauge.model",
          cases: [JUnitCase(name: "model is readable", className: "model", outcome: outcome)])
      ]
    }
    return [structureSuite(of: model)]
      + model.targets.map { suite(of: $0, model, summary, isFailure: isFailure) }
  }

  private static func structureSuite(of model: ModelReport) -> JUnitSuite {
    let errors = model.structure.filter { $0.severity == .error }
    let outcome: JUnitOutcome? = errors.first.map {
      .failure(type: $0.rule.name, text: listing(errors))
    }
    return JUnitSuite(
      name: model.path, package: "regauge.model",
      cases: [JUnitCase(name: "model is well formed", className: "model", outcome: outcome)])
  }

  private static func suite(
    of target: TargetReport, _ model: ModelReport, _ summary: ModelSummary,
    isFailure: (Verdict) -> Bool
  ) -> JUnitSuite {
    var findings: [OperatorIdentity: [Finding]] = [:]
    var general: [Finding] = []
    for finding in target.findings {
      if let operation = finding.operation {
        findings[operation, default: []].append(finding)
      } else {
        general.append(finding)
      }
    }
    var cases = summary.operators.map { entry in
      let operation = entry.operation
      let prefix = operation.domain == "ai.onnx" ? "" : "\(operation.domain)::"
      let suffix = operation.overload.isEmpty ? "" : ":\(operation.overload)"
      return JUnitCase(
        name: "\(prefix)\(operation.name)\(suffix)",
        className: "\(target.target).\(operation.domain)",
        outcome: outcome(of: findings[operation] ?? [], isFailure: isFailure))
    }
    cases.append(
      JUnitCase(
        name: "model as a whole", className: target.target,
        outcome: outcome(of: general, isFailure: isFailure)))
    return JUnitSuite(
      name: "\(model.path) on \(target.target)", package: "regauge.\(target.target)", cases: cases)
  }

  private static func outcome(
    of findings: [Finding], isFailure: (Verdict) -> Bool
  ) -> JUnitOutcome? {
    guard let worst = findings.max(by: { ($0.verdict?.rank ?? 0) < ($1.verdict?.rank ?? 0) }),
      let verdict = worst.verdict
    else { return nil }
    if isFailure(verdict) { return .failure(type: worst.rule.name, text: listing(findings)) }
    switch verdict {
    case .unknown, .silent, .unsupported: return .skipped(text: listing(findings))
    case .supported, .conditional, .fallback: return nil
    }
  }

  /// Findings as lines of text, the first of them the worst.
  private static func listing(_ findings: [Finding]) -> String {
    let sorted = findings.sorted { ($0.verdict?.rank ?? 0) > ($1.verdict?.rank ?? 0) }
    var lines = sorted.prefix(listedFindings).map { finding in
      let verdict = finding.verdict?.rawValue ?? finding.severity.rawValue
      let names = finding.nodes.prefix(5).map { "\($0.label) (\($0.position))" }
      let places = names.isEmpty ? "" : "; at \(names.joined(separator: ", "))"
      let more = finding.count > 5 ? ", …" : ""
      let source = finding.evidence.first.map { "; \($0.oneLine)" } ?? ""
      return "\(verdict) ×\(finding.count): \(finding.reason) [\(finding.rule.id)]"
        + "\(places)\(more)\(source)\n  \(finding.help)"
    }
    if findings.count > listedFindings {
      lines.append("and \(findings.count - listedFindings) more")
    }
    return lines.map(\.capped).joined(separator: "\n")
  }

  // MARK: Writing

  private static func write(_ suite: JUnitSuite, id: Int, _ report: Report, to xml: XMLWriter) {
    xml.element(
      "testsuite",
      [
        "name": suite.name.capped, "package": suite.package, "id": String(id),
        "timestamp": timeStamp, "hostname": "localhost", "tests": String(suite.cases.count),
        "failures": String(suite.count { if case .failure = $0 { true } else { false } }),
        "errors": String(suite.count { if case .error = $0 { true } else { false } }),
        "skipped": String(suite.count { if case .skipped = $0 { true } else { false } }),
        "time": "0.000",
      ]
    ) {
      xml.element("properties") {
        xml.emptyElement(
          "property", ["name": "regauge.version", "value": report.toolVersion])
        xml.emptyElement("property", ["name": "regauge.rules", "value": report.rulesDigest])
      }
      for entry in suite.cases { write(entry, to: xml) }
      xml.emptyElement("system-out")
      xml.emptyElement("system-err")
    }
  }

  private static func write(_ entry: JUnitCase, to xml: XMLWriter) {
    xml.element(
      "testcase",
      ["name": entry.name.capped, "classname": entry.className.capped, "time": "0.000"]
    ) {
      switch entry.outcome {
      case nil: break
      case .failure(let type, let text):
        xml.element("failure", ["message": text.firstLine, "type": type], text: text)
      case .error(let type, let text):
        xml.element("error", ["message": text.firstLine, "type": type], text: text)
      case .skipped(let text): xml.element("skipped", text: text)
      }
    }
  }
}

/// One model on one target.
private struct JUnitSuite {
  let name: String
  let package: String
  let cases: [JUnitCase]

  func count(_ isCounted: (JUnitOutcome) -> Bool) -> Int {
    cases.count { $0.outcome.map(isCounted) ?? false }
  }
}

/// One operator on one target.
private struct JUnitCase {
  let name: String
  let className: String
  let outcome: JUnitOutcome?
}

/// Why a case did not pass.
private enum JUnitOutcome {
  case failure(type: String, text: String)
  case error(type: String, text: String)
  case skipped(text: String)
}

extension String {
  /// The text up to 2,000 characters, so that names of megabytes do not swell reports.
  fileprivate var capped: String {
    utf8.count <= 2000 ? self : "\(prefix(2000))… (cut)"
  }

  fileprivate var firstLine: String {
    String(split(separator: "\n", maxSplits: 1).first ?? "")
  }
}
