import Bytes
import Compatibility
import ModelGraph

extension ReportFormat {
  /// The exchange format of static analysis.
  static let sarif = ReportFormat("sarif", for: .programs, "SARIF 2.1.0, for code scanning") {
    report, options, sink in
    try SARIFReport.write(report, profile: options.sarifProfile, to: sink)
  }
}

/// For whom SARIF is written.
public enum SARIFProfile: String, CaseIterable, Sendable {
  /// As the standard says: places in binary files are bytes.
  case standard
  /// For GitHub, which shows lines only: places in a binary model are lines of the listing of its
  /// nodes (`MODEL.nodes.txt`), and there are at most 20 runs of 5,000 results.
  case github

  /// The most runs of one file; beyond it all targets share one.
  var mostRuns: Int { self == .github ? 20 : Int.max }
  /// The most results of one run.
  var mostResults: Int { self == .github ? 5000 : 10_000 }
}

/// The report as SARIF 2.1.0: one run for each target, and one for the models themselves.
enum SARIFReport {
  static func write(
    _ report: Report, profile: SARIFProfile, to sink: ReportFormat.Sink
  ) throws {
    var json = JSONWriter()
    try json.object { json in
      json.member(
        "$schema",
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
      )
      json.member("version", "2.1.0")
      json.key("runs")
      try json.array { json in
        for run in SARIFRun.all(of: report, profile) {
          json.write(run, report, profile)
          try json.handOver(to: sink)
        }
      }
    }
    try json.handOver(to: sink)
    try sink([0x0A].span)
  }
}

/// The results of one target, or of the models themselves.
private struct SARIFRun {
  let category: String
  /// The target, empty for the models themselves; nil for all of them in one run.
  let target: String?
  var entries: [ReportEntry] = []
  var fixed: [FixedFinding] = []
  /// Rules that results refer to, by identifier.
  private(set) var rules: [Rule] = []

  static func all(of report: Report, _ profile: SARIFProfile) -> [SARIFRun] {
    let targets = report.models.first { !$0.targets.isEmpty }?.targets.map(\.target) ?? []
    var names = [""] + targets
    let isJoined = names.count > profile.mostRuns
    if isJoined { names = [""] }
    var runs = names.map { name in
      SARIFRun(
        category: isJoined ? "regauge" : "regauge/\(name.isEmpty ? "model" : name)",
        target: isJoined ? nil : name)
    }
    let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    for entry in report.entries { runs[places[entry.target] ?? 0].entries.append(entry) }
    for fixed in report.fixed { runs[places[fixed.target] ?? 0].fixed.append(fixed) }
    for index in runs.indices { runs[index].collectRules() }
    return runs
  }

  private init(category: String, target: String?) {
    self.category = category
    self.target = target
  }

  private mutating func collectRules() {
    var seen: Set<String> = []
    rules = entries.map(\.finding.rule).filter { seen.insert($0.id).inserted }
      .sorted { $0.id < $1.id }
  }
}

extension JSONWriter {
  fileprivate mutating func write(_ run: SARIFRun, _ report: Report, _ profile: SARIFProfile) {
    let results = run.entries.prefix(profile.mostResults)
    object { json in
      json.key("tool")
      json.object { json in
        json.key("driver")
        json.object { json in
          json.member("name", "Regauge")
          json.text("version", report.toolVersion)
          json.list("rules", run.rules) { json, rule in json.write(rule) }
        }
      }
      json.key("automationDetails")
      json.object { $0.text("id", "\(run.category)/") }
      json.writeInvocation(report, omitted: run.entries.count - results.count)
      json.writeProperties(of: run, report, most: profile.mostResults)
      json.key("columnKind")
      json.string("unicodeCodePoints")
      json.writeArtifacts(report, run)
      let places = Dictionary(run.rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
      json.key("results")
      json.array { json in
        for entry in results {
          json.writeResult(entry, ruleIndex: places[entry.finding.rule.id] ?? -1, profile)
        }
        for fixed in run.fixed { json.writeAbsent(fixed) }
      }
    }
  }

  private mutating func write(_ rule: Rule) {
    object { json in
      json.text("id", rule.id)
      json.text("name", rule.name)
      json.writeText("shortDescription", rule.summary)
      json.writeText("fullDescription", rule.rationale)
      json.writeText("help", "\(rule.summary) \(rule.rationale)\n\n\(rule.help)")
      json.key("defaultConfiguration")
      json.object { $0.text("level", rule.severity.rawValue) }
    }
  }

  private mutating func writeInvocation(_ report: Report, omitted: Int) {
    key("invocations")
    array { json in
      json.object { json in
        json.key("executionSuccessful")
        json.boolean(report.models.allSatisfy { $0.failure == nil })
        if let timestamp = report.timestamp { json.text("endTimeUtc", timestamp) }
        guard omitted > 0 else { return }
        json.key("toolExecutionNotifications")
        json.array { json in
          json.object { json in
            json.text("level", "warning")
            json.writeText("message", "\(omitted) further results are left out")
          }
        }
      }
    }
  }

  /// Writes what is to be known of a run besides its results: the rules, and what ports take.
  private mutating func writeProperties(of run: SARIFRun, _ report: Report, most: Int) {
    let estimates = report.models.flatMap { model in
      model.targets.filter { run.target == nil || $0.target == run.target }
        .compactMap { target in target.effortFigures.map { (model, target, $0) } }
    }
    key("properties")
    object { json in
      json.text("rulesOrigin", report.rulesOrigin)
      json.text("rulesSha256", report.rulesDigest)
      guard !estimates.isEmpty else { return }
      json.list("effort", Array(estimates.prefix(most))) { json, entry in
        let (model, target, figures) = entry
        json.object { json in
          json.text("model", model.path)
          json.text("target", target.target)
          json.writeMembers(of: figures)
          guard let before = target.effortBefore else { return }
          json.key("before")
          json.object { $0.writeMembers(of: before) }
        }
      }
    }
  }

  private mutating func writeArtifacts(_ report: Report, _ run: SARIFRun) {
    list("artifacts", report.models.filter { $0.path != "-" }) { json, model in
      json.object { json in
        json.key("location")
        json.object { $0.text("uri", model.path.uri) }
        guard let summary = model.summary else { return }
        json.member("length", summary.byteCount)
        json.key("properties")
        json.object { json in
          json.text("format", summary.format)
          if let digest = summary.digest { json.text("headerSha256", digest) }
        }
      }
    }
  }

  private mutating func writeResult(
    _ entry: ReportEntry, ruleIndex: Int, _ profile: SARIFProfile
  ) {
    let finding = entry.finding
    object { json in
      json.text("ruleId", finding.rule.id)
      json.member("ruleIndex", ruleIndex)
      json.text("kind", finding.sarifKind)
      json.text("level", finding.sarifLevel)
      json.writeText("message", "\(entry.message). \(finding.help.visible(limit: 1000))")
      json.writeLocations(entry, profile)
      json.key("partialFingerprints")
      json.object { json in json.text("regauge/v1", entry.fingerprint) }
      json.member("occurrenceCount", max(finding.count, 1))
      if let novelty = finding.standing.novelty { json.text("baselineState", novelty.rawValue) }
      if let suppression = finding.standing.suppression { json.write(suppression) }
      json.writeProperties(entry)
    }
  }

  private mutating func write(_ suppression: Suppression) {
    key("suppressions")
    array { json in
      json.object { json in
        json.text("kind", "external")
        json.text("status", "accepted")
        json.text("justification", suppression.reason)
      }
    }
  }

  private mutating func writeProperties(_ entry: ReportEntry) {
    let finding = entry.finding
    key("properties")
    object { json in
      if !entry.target.isEmpty { json.text("target", entry.target) }
      if let verdict = finding.verdict { json.text("verdict", verdict.rawValue) }
      if let operation = finding.operation { json.text("operator", operation.description) }
      if let types = finding.elementTypes { json.text("elementTypes", types) }
      json.list("evidence", finding.evidence) { json, citation in json.text(citation.oneLine) }
    }
  }

  private mutating func writeAbsent(_ fixed: FixedFinding) {
    object { json in
      json.text("ruleId", fixed.rule)
      json.text("kind", "fail")
      json.text("level", "note")
      json.writeText("message", [fixed.operation, fixed.reason].joined(separator: ": "))
      json.key("partialFingerprints")
      json.object { json in json.text("regauge/v1", fixed.fingerprint) }
      json.text("baselineState", "absent")
      json.key("properties")
      json.object { json in
        json.text("target", fixed.target)
        json.text("model", fixed.model)
      }
    }
  }

  /// Writes a text as an object, the way SARIF has it.
  fileprivate mutating func writeText(_ name: String, _ text: String) {
    key(name)
    object { $0.text("text", text) }
  }
}

extension Finding {
  /// A level other than none goes with failures only.
  fileprivate var sarifKind: String {
    if standing.isFailing { return "fail" }
    switch verdict {
    case .unknown: return "open"
    case .supported: return "pass"
    case .conditional, .fallback, .silent, .unsupported, nil: return "fail"
    }
  }

  fileprivate var sarifLevel: String {
    if sarifKind != "fail" { return "none" }
    return standing.isFailing ? "error" : severity.rawValue
  }
}
