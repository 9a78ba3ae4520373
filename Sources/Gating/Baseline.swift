public import Bytes
import Compatibility
import ModelGraph
public import Reporting

/// Findings of an earlier run, by model and fingerprint.
public struct Baseline: Sendable {
  /// Identifier of the schema of the file.
  public static let schema = "regauge/baseline/1"

  /// One finding that was known.
  struct Entry: Sendable {
    let fingerprint: String
    let target: String
    let rule: String
    let operation: String
    let reason: String
    let count: Int
  }

  /// Path of the file, for messages.
  let path: String
  /// Entries by the model's path.
  private(set) var models: [(path: String, entries: [Entry])] = []

  /// Reads a baseline.
  ///
  /// - Throws: `GateFailure` when it is no baseline, or one of another version.
  public init(path: String, _ source: ByteSource) throws(GateFailure) {
    self.path = path
    var reader = MemberReader()
    var hasSchema = false
    var models: [(path: String, entries: [Entry])] = []
    do {
      try source.withBytes { (bytes) throws(JSONFailure) in
        try reader.object(bytes, known: ["schema", "models"]) { (reader, key) throws(JSONFailure) in
          if key == "schema" {
            try reader.schema(Self.schema, bytes)
            hasSchema = true
          } else {
            try reader.array(bytes) { (reader) throws(JSONFailure) in
              models.append(try Self.model(&reader, bytes))
            }
          }
        }
        try reader.end(bytes)
      }
    } catch { throw GateFailure(path, error) }
    guard hasSchema else { throw GateFailure(path: path, reason: "names no schema") }
    self.models = models
  }

  private static func model(
    _ reader: inout MemberReader, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> (path: String, entries: [Entry]) {
    var path = ""
    var entries: [Entry] = []
    try reader.object(bytes, known: ["path", "findings"]) { (reader, key) throws(JSONFailure) in
      if key == "path" {
        path = try reader.string(bytes)
      } else {
        try reader.array(bytes) { (reader) throws(JSONFailure) in
          entries.append(try entry(&reader, bytes))
        }
      }
    }
    return (path, entries)
  }

  private static func entry(
    _ reader: inout MemberReader, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Entry {
    var texts: [String: String] = [:]
    var count = 1
    let known = ["fingerprint", "target", "rule", "operator", "reason", "count"]
    try reader.object(bytes, known: known) { (reader, key) throws(JSONFailure) in
      if key == "count" {
        count = try reader.integer(bytes)
      } else {
        texts[key] = try reader.string(bytes)
      }
    }
    guard let fingerprint = texts["fingerprint"] else {
      throw reader.failure("a finding lacks its fingerprint", in: bytes)
    }
    return Entry(
      fingerprint: fingerprint, target: texts["target"] ?? "", rule: texts["rule"] ?? "",
      operation: texts["operator"] ?? "", reason: texts["reason"] ?? "", count: count)
  }

  /// The baseline of a report, as the text of a file; accepted findings are left out.
  public static func text(of report: Report) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", schema)
      json.key("models")
      json.array { json in
        for model in report.models where model.summary != nil { write(model, to: &json) }
      }
    }
    return json.bytes + [0x0A]
  }

  private static func write(_ model: ModelReport, to json: inout JSONWriter) {
    var entries: [String: (finding: Finding, target: String, count: Int)] = [:]
    for (target, finding, amount) in model.gatedFindings
    where finding.standing.suppression == nil {
      let fingerprint = finding.fingerprint(on: target)
      let count = (entries[fingerprint]?.count ?? 0).addingReportingOverflow(amount)
      entries[fingerprint] = (finding, target, count.partialValue)
    }
    let sorted = entries.sorted { ($0.value.target, $0.key) < ($1.value.target, $1.key) }
    json.object { json in
      json.member("path", model.path.withoutLeadingDot)
      json.key("findings")
      json.array { json in
        for (fingerprint, entry) in sorted {
          json.object { json in
            json.member("fingerprint", fingerprint)
            json.member("target", entry.target)
            json.member("rule", entry.finding.rule.id)
            json.member("operator", entry.finding.operation?.description ?? "")
            json.member("reason", entry.finding.reason.shortened(to: Finding.longestText))
            json.member("count", entry.count)
          }
        }
      }
    }
  }

  /// Refuses a baseline that speaks of none of the models of a report.
  ///
  /// - Throws: `GateFailure` that names the models of the baseline.
  public func check(against report: Report) throws(GateFailure) {
    let known = Set(models.map(\.path))
    let given = report.models.filter { $0.summary != nil }.map(\.path.withoutLeadingDot)
    guard let first = models.first?.path, !given.isEmpty, known.isDisjoint(with: given) else {
      return
    }
    let more = models.count > 1 ? " and \(models.count - 1) more" : ""
    throw GateFailure(
      path: path,
      reason: "is the baseline of \(first)\(more), not of \(given[0]); write one with "
        + "--write-baseline")
  }

  /// Prepares to compare a report with the baseline.
  func comparison(with report: Report) -> Comparison { Comparison(self, report) }

  /// A report beside the baseline.
  struct Comparison {
    /// Nodes by model and fingerprint, in the baseline and in the report.
    private var before: [String: Int] = [:]
    private var now: [String: Int] = [:]
    private let baseline: Baseline
    private let judged: Set<String>

    init(_ baseline: Baseline, _ report: Report) {
      self.baseline = baseline
      for model in baseline.models {
        for entry in model.entries {
          Self.add(entry.count, Self.key(model.path, entry.fingerprint), &before)
        }
      }
      var judged: Set<String> = []
      for model in report.models where model.summary != nil {
        let path = model.path.withoutLeadingDot
        judged.insert(Self.key(path, ""))
        for target in model.targets { judged.insert(Self.key(path, target.target)) }
        for (target, finding, amount) in model.gatedFindings {
          Self.add(amount, Self.key(path, finding.fingerprint(on: target)), &now)
        }
      }
      self.judged = judged
    }

    private static func key(_ model: String, _ rest: String) -> String { "\(model)\n\(rest)" }

    private static func add(_ count: Int, _ key: String, _ counts: inout [String: Int]) {
      let (sum, overflow) = counts[key, default: 0].addingReportingOverflow(count)
      counts[key] = overflow ? Int.max : sum
    }

    func novelty(of finding: Finding, model: String, target: String) -> Standing.Novelty {
      let key = Self.key(model.withoutLeadingDot, finding.fingerprint(on: target))
      guard let count = before[key] else { return .new }
      return now[key, default: 0] > count ? .updated : .unchanged
    }

    /// Entries of the baseline that the report lacks, of the models and targets that it judged.
    func fixed() -> [FixedFinding] {
      baseline.models.flatMap { model in
        model.entries.filter { entry in
          judged.contains(Self.key(model.path, entry.target))
            && now[Self.key(model.path, entry.fingerprint)] == nil
        }.map { entry in
          FixedFinding(
            model: model.path, target: entry.target, rule: entry.rule,
            operation: entry.operation, reason: entry.reason, fingerprint: entry.fingerprint)
        }
      }
    }
  }
}

extension ModelReport {
  /// Every finding with the name of its target, and how much there is of it: nodes or, of a port above
  /// its limit, tenths of person-days.
  var gatedFindings: [(target: String, finding: Finding, amount: Int)] {
    structure.map { ("", $0, $0.count) }
      + targets.flatMap { target in
        target.findings.map { finding in
          let isEffort = finding.rule == EffortAboveLimit.rule
          return (target.target, finding, isEffort ? target.effortAmount : finding.count)
        }
      }
  }
}

extension TargetReport {
  /// Tenths of person-days (P80); where no estimate can be made, more than any estimate.
  fileprivate var effortAmount: Int {
    guard let figures = effortFigures, figures.isComplete else { return 1 << 52 }
    return Int((min(max(figures.p80.value, 0), 1e12) * 10).rounded(.up))
  }
}
