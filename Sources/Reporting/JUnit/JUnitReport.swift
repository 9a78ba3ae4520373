import Compatibility
import ModelGraph
public import XMLDocuments

extension ReportFormat {
  /// Test results, which every CI system shows.
  static let junit = ReportFormat(
    "junit", for: .systems, "test results, which every CI system shows"
  ) {
    report, options, sink in
    try XMLWriter.write(to: sink) { xml in
      JUnitReport.write(report, dialect: options.junitDialect, to: xml)
    }
  }
}

/// For whom JUnit XML is written: no document pleases all who read it.
public enum JUnitDialect: String, CaseIterable, Sendable {
  /// What the schemas of Jenkins and Ant both take.
  case strict
  /// For GitLab: cases name the model's file.
  case gitlab
  /// For readers of Maven Surefire's reports: all cases in one suite.
  case surefire
}

/// The report as JUnit XML in the form that the strictest consumers take.
///
/// A suite is one model on one target, a case one operator of the model: its name stays the same
/// from run to run, so that CI systems can follow it, and no two cases have the same class and name.
/// Findings that fail the run fail their case; otherwise unknown, silently wrong and unsupported
/// operators are skipped, as are accepted and known ones, and never shown as passed.
public enum JUnitReport {
  /// The report as UTF-8 text in memory.
  ///
  /// - Throws: `XMLWriteFailure` when memory runs out.
  public static func text(
    _ report: Report, dialect: JUnitDialect = .strict
  ) throws(XMLWriteFailure) -> [UInt8] {
    try XMLWriter.document { xml in write(report, dialect: dialect, to: xml) }
  }

  /// Writes the report, a suite at a time.
  static func write(_ report: Report, dialect: JUnitDialect, to xml: XMLWriter) {
    xml.write(JUnitSuites(of: report), dialect: dialect, timestamp: report.timestamp)
  }

  /// The suite about the run itself, such as accepted findings that occur no more.
  fileprivate static func runSuite(of report: Report) -> JUnitSuite {
    let text = JUnitListing(report.findings).text
    let isFailing = report.findings.contains(where: \.standing.isFailing)
    return JUnitSuite(
      name: "regauge", package: "regauge", file: "", properties: [],
      cases: [
        JUnitCase(
          name: "accepted findings are up to date", className: "regauge.run",
          outcome: isFailing
            ? .failure(type: report.findings[0].rule.name, text: text) : .skipped(text: text))
      ], output: "")
  }

  fileprivate static func suites(of model: ModelReport) -> [JUnitSuite] {
    let form = formSuite(of: model)
    guard let summary = model.summary else { return [form] }
    return [form] + model.targets.map { suite(of: $0, model, summary) }
  }

  // MARK: The model itself

  /// The suite with one case: whether the file is a valid model.
  private static func formSuite(of model: ModelReport) -> JUnitSuite {
    JUnitSuite(
      name: model.displayName, package: "regauge.model", file: model.file,
      properties: model.summary?.properties ?? [],
      cases: [
        JUnitCase(
          name: "is a valid model", className: "\(model.className).model",
          outcome: formOutcome(of: model))
      ],
      output: JUnitListing(model.structure.filter { $0.severity < .error }).text)
  }

  private static func formOutcome(of model: ModelReport) -> JUnitOutcome? {
    if let failure = model.failure {
      let place = failure.position.map { " (\($0))" } ?? ""
      return .error(
        type: "model-unreadable", text: failure.reason.visible(limit: 2000) + place)
    }
    let errors = model.structure.filter { $0.severity == .error }
    return errors.first.map { .failure(type: $0.rule.name, text: JUnitListing(errors).text) }
  }

  // MARK: The model on a target

  private static func suite(
    of target: TargetReport, _ model: ModelReport, _ summary: ModelSummary
  ) -> JUnitSuite {
    let className = "\(model.className).\(target.className)"
    let operators = Set(summary.operators.map(\.operation))
    var findings: [OperatorIdentity: [Finding]] = [:]
    var general: [Finding] = []
    for finding in target.findings {
      if let operation = finding.operation, operators.contains(operation) {
        findings[operation, default: []].append(finding)
      } else {
        general.append(finding)
      }
    }
    var cases = summary.operators.map { entry in
      JUnitCase(
        name: entry.operation.shortName.visible(), className: className,
        outcome: outcome(of: findings[entry.operation] ?? []))
    }
    // A model without nodes has a case too: suites without one are dropped.
    cases.append(
      JUnitCase(
        name: "model as a whole", className: className,
        outcome: outcome(of: general.filter { $0.rule != EffortAboveLimit.rule })
          ?? (model.isInvalid ? .skipped(text: "the model is invalid by itself") : nil)))
    if target.effort != nil {
      let effort = general.filter { $0.rule == EffortAboveLimit.rule }
      cases.append(
        JUnitCase(
          name: "effort is within the limit", className: className, outcome: outcome(of: effort)))
    }
    return JUnitSuite(
      name: "\(model.displayName) on \(target.target.visible())",
      package: "regauge.\(target.className)", file: model.file,
      properties: target.properties, cases: cases,
      output: target.effortText.map { "effort: \($0.visible(limit: 1000))" } ?? "")
  }

  private static func outcome(of findings: [Finding]) -> JUnitOutcome? {
    // What fails decides, however bad the accepted and known findings are.
    let counted = findings.filter(\.standing.isFailing)
    let ranked = counted.isEmpty ? findings : counted
    guard let worst = ranked.max(by: { $0.rank < $1.rank }) else { return nil }
    let text = JUnitListing(findings).text
    if worst.standing.isFailing { return .failure(type: worst.rule.name, text: text) }
    guard let verdict = worst.verdict else { return nil }
    if findings.contains(where: { $0.standing.suppression != nil }) { return .skipped(text: text) }
    switch verdict {
    case .unknown, .silent, .unsupported: return .skipped(text: text)
    case .supported, .conditional, .fallback: return nil
    }
  }
}

/// The suites of a report, each made when it is asked for: of thousands of models they are many.
struct JUnitSuites: Sequence {
  private let report: Report
  /// How often each class of cases occurs in the report.
  private let classes: [String: Int]

  init(of report: Report) {
    self.report = report
    var classes: [String: Int] = [:]
    for model in report.models {
      for name in model.classNames { classes[name, default: 0] += 1 }
    }
    self.classes = classes
  }

  func makeIterator() -> AnyIterator<JUnitSuite> {
    let general = [
      JUnitProperty("regauge.version", report.toolVersion),
      JUnitProperty("regauge.rules", report.rulesOrigin),
      JUnitProperty("regauge.rules.sha256", report.rulesDigest),
    ]
    // Only where several suites have one class, names of other suites count.
    var shared: [String: Int] = [:]
    let groups = (0...report.models.count).lazy.map { index in
      let isModel = index < report.models.count
      let suites =
        isModel
        ? JUnitReport.suites(of: report.models[index])
        : report.findings.isEmpty ? [] : [JUnitReport.runSuite(of: report)]
      return suites.map { suite in
        var suite = suite
        suite.properties = general + suite.properties
        var own: [String: Int] = [:]
        if let name = suite.className, classes[name, default: 0] < 2 {
          suite.makeNamesUnique(&own)
        } else {
          suite.makeNamesUnique(&shared)
        }
        suite.fit(into: JUnitSuite.roomOfModel / suites.count)
        return suite
      }
    }
    return AnyIterator(groups.joined().makeIterator())
  }
}

/// Findings as lines of text, the worst first.
struct JUnitListing {
  private static let listedFindings = 20
  private static let namedNodes = 5

  let text: String

  init(_ findings: [Finding]) {
    let sorted = findings.enumerated()
      .sorted { ($1.element.listRank, $0.offset) < ($0.element.listRank, $1.offset) }
    var lines = sorted.prefix(Self.listedFindings).map { Self.lines(for: $0.element) }
    if findings.count > Self.listedFindings {
      lines.append("and \((findings.count - Self.listedFindings).counted("more finding"))")
    }
    text = lines.joined(separator: "\n")
  }

  private static func lines(for finding: Finding) -> String {
    var text = finding.label
    if finding.count > 1 { text += " ×\(finding.count)" }
    text +=
      ": \(finding.reason.visible(limit: 1000)) [\(finding.rule.id)]\(finding.standing.remark)"
    let named = finding.nodes.prefix(namedNodes)
    if !named.isEmpty {
      let places = named.map { "\($0.label.visible()) (\($0.scope.visible()), \($0.position))" }
      let more = finding.count > named.count ? ", …" : ""
      text += "\n  at \(places.joined(separator: ", "))\(more)"
    } else if let position = finding.position {
      text += "\n  at \(position)"
    }
    text += "\n  help: \(finding.help.visible(limit: 1000))"
    for citation in finding.evidence.prefix(2) {
      text += "\n  evidence: \(citation.oneLine.visible(limit: 1000))"
    }
    return text
  }
}

extension Finding {
  /// Place in a listing: what fails stands first.
  fileprivate var listRank: Int { rank + (standing.isFailing ? 100 : 0) }

  /// Place among findings: of a verdict or, for those about the model itself, a severity.
  fileprivate var rank: Int {
    verdict?.rank ?? Severity.allCases.firstIndex(of: severity) ?? 0
  }
}

extension ModelReport {
  /// The path as GitLab compares it with the files of the project.
  fileprivate var file: String { path == "-" ? "" : path.withoutLeadingDot.visible(limit: 1000) }

  /// The classes of the model's suites.
  fileprivate var classNames: [String] {
    ["\(className).model"]
      + (summary == nil ? [] : targets.map { "\(className).\($0.className)" })
  }

  /// The path as a dotted name: consumers part names at dots and show them as a tree.
  fileprivate var className: String {
    if path == "-" { return "stdin" }
    let parts = path.split(separator: "/").filter { $0 != "." && $0 != ".." }
    return parts.map { String($0).classNamePart }.joined(separator: ".")
  }
}

extension TargetReport {
  /// The target as a dotted name, such as `ascend-cann.atc:310P`.
  fileprivate var className: String {
    target.split(separator: "/").map { String($0).classNamePart }.joined(separator: ".")
  }

  fileprivate var properties: [JUnitProperty] {
    [
      JUnitProperty("regauge.target", target),
      JUnitProperty("regauge.target.title", title),
      JUnitProperty("regauge.target.version", version),
      JUnitProperty("regauge.verdict", verdict.rawValue),
    ]
      + Verdict.allCases.map { verdict in
        JUnitProperty("regauge.nodes.\(verdict.rawValue)", String(counts[verdict] ?? 0))
      } + effortProperties("regauge.effort", effortFigures)
      + effortProperties("regauge.effort.before", effortBefore)
  }

  /// Grade and person-days; none without an estimate.
  private func effortProperties(_ prefix: String, _ figures: EffortFigures?) -> [JUnitProperty] {
    guard let figures else { return [] }
    return [
      JUnitProperty("\(prefix).grade", figures.gradeAndSize),
      JUnitProperty("\(prefix).complete", String(figures.isComplete)),
    ]
      + figures.quantiles.map { name, days in
        JUnitProperty("\(prefix).\(name).days", days.description)
      }
  }
}

extension ModelSummary {
  fileprivate var properties: [JUnitProperty] {
    let sets = opsets.map { "\($0.domain.visible()) \($0.version)" }
    return [
      JUnitProperty("regauge.format", format),
      JUnitProperty("regauge.opsets", sets.joined(separator: ", ").shortened(to: 1000)),
      JUnitProperty("regauge.nodes", String(nodeCount)),
    ]
  }
}

extension String {
  /// The text as one part of a dotted name: without dots and spaces.
  fileprivate var classNamePart: String {
    String(visible().map { $0 == "." || $0 == " " ? "_" : $0 })
  }
}
