import Bytes
import Capabilities
import Compatibility
import ModelGraph
import Porting
public import XMLDocuments

/// Reads reports that `XMLReport` wrote; nothing but their length is lost on the way.
///
/// A model is read at a time, so that the document of a large collection needs no tree.
public enum XMLReportReader {
  /// The size of report that is read, 1 GiB.
  public static let sizeLimit = 1 << 30

  /// Reads a report.
  ///
  /// - Throws: `XMLFailure` with the line when it is no report, one of another version, or damaged.
  public static func report(_ bytes: [UInt8]) throws(XMLFailure) -> Report {
    let reader = try XMLReader(bytes, limit: sizeLimit)
    let root = try root(of: reader)
    var rules: [String: Rule] = [:]
    var origin = ""
    var digest = ""
    var files: [RuleFileDigest] = []
    var findings: [Finding] = []
    var fixed: [FixedFinding] = []
    var models: [ModelReport] = []
    while let event = try reader.next() {
      guard case .start(let tag) = event else { continue }
      let element = try reader.element(tag)
      switch tag.name {
      case "rules":
        origin = try element.text("origin")
        digest = try element.text("sha256")
        for entry in element.children("file") {
          files.append(
            RuleFileDigest(name: try entry.text("name"), sha256: try entry.text("sha256")))
        }
        for entry in element.children("rule") { rules[try entry.text("id")] = try Rule(entry) }
      case "finding": findings.append(try Finding(element, rules))
      case "fixed": fixed.append(try FixedFinding(element))
      case "model": models.append(try ModelReport(element, rules))
      default: throw element.failure("is not expected here")
      }
    }
    return Report(
      toolVersion: root["tool"]?.fromXML ?? "", rulesOrigin: origin, rulesDigest: digest,
      ruleFiles: files, timestamp: root["timestamp"]?.fromXML, shard: try shard(of: root),
      findings: findings,
      fixed: fixed, models: models)
  }

  private static func shard(of root: XMLTag) throws(XMLFailure) -> Shard? {
    guard let text = root["shard"] else { return nil }
    guard let shard = Shard(text) else {
      throw XMLFailure("'\(text.visible())' is no part such as 2/4", line: root.line)
    }
    return shard
  }

  /// The start of the document, if this version can read it.
  private static func root(of reader: XMLReader) throws(XMLFailure) -> XMLTag {
    guard case .start(let root)? = try reader.next(), root.name == "regauge-report" else {
      throw XMLFailure("is no Regauge report: the root element is not 'regauge-report'")
    }
    guard let schema = root["schema"] else { throw XMLFailure("names no schema", line: root.line) }
    guard schema == XMLReport.schema else {
      throw XMLFailure(
        "follows the schema '\(schema.visible())', this version reads '\(XMLReport.schema)'; "
          + "use the version of Regauge that wrote it, or a newer one", line: root.line)
    }
    return root
  }
}

// MARK: - Pieces of the report

extension ModelReport {
  fileprivate init(_ element: XMLElement, _ rules: [String: Rule]) throws(XMLFailure) {
    let path = try element.text("path")
    if let failure = element.child("failure") {
      self.init(
        path: path,
        failure: ModelFailure(reason: failure.text.fromXML, position: try failure.position()))
      return
    }
    var structure: [Finding] = []
    var targets: [TargetReport] = []
    for entry in element.children {
      if entry.name == "finding" { structure.append(try Finding(entry, rules)) }
      if entry.name == "target" { targets.append(try TargetReport(entry, rules, model: path)) }
    }
    let summary = try ModelSummary(try element.required("contents"))
    var values: [ValueSummary]?
    if let list = element.child("values") { values = try ValueSummary.all(in: list) }
    var cost: CostSummary?
    if let entry = element.child("cost") { cost = try CostSummary(entry) }
    self.init(
      path: path, summary: summary, structure: structure, targets: targets, values: values,
      cost: cost)
    if let entry = element.child("effort-together") { effort = try SetEstimate(entry) }
  }
}

extension TargetReport {
  fileprivate init(
    _ element: XMLElement, _ rules: [String: Rule], model: String
  ) throws(XMLFailure) {
    var counts: [Verdict: Int] = [:]
    for entry in element.children("count") {
      counts[try entry.choice("verdict")] = try entry.count("nodes")
    }
    var confidences: [Confidence: Int] = [:]
    for entry in element.children("rests-on") {
      confidences[try entry.choice("confidence")] = try entry.count("nodes")
    }
    var findings: [Finding] = []
    for entry in element.children("finding") { findings.append(try Finding(entry, rules)) }
    self.init(
      target: try element.text("name"), title: try element.text("title"),
      version: try element.text("version"), verdict: try element.choice("verdict"),
      counts: counts, findings: findings, notes: element.children("note").map(\.text.fromXML),
      fallback: try element.child("fallback").map { (entry) throws(XMLFailure) in
        try Fallback(entry)
      },
      isThroughPyTorch: element["through-pytorch"] == "true", confidences: confidences)
    if let entry = element.child("effort") {
      effort = try EstimateOutcome(entry, findings: findings)
      var flops: [Int64?] = []
      for work in entry.children("work") { flops.append(try work.optionalAmount("flops")) }
      plan = effort?.estimate.map { PortingPlan($0, model: model, flops: flops) }
    }
    profile = try element.child("profile").map { (entry) throws(XMLFailure) in
      try TargetProfile(entry)
    }
    effortBefore = try element.child("effort-before").map { (entry) throws(XMLFailure) in
      try EffortFigures(entry)
    }
    outdatedNodes = try element.optionalCount("outdated-nodes")
  }
}

extension Rule {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    self.init(
      id: try element.text("id"), name: try element.text("name"),
      severity: try element.choice("severity"),
      summary: element.child("summary")?.text.fromXML ?? "",
      rationale: element.child("rationale")?.text.fromXML ?? "",
      help: element.child("help")?.text.fromXML ?? "")
  }
}

extension Finding {
  fileprivate init(_ element: XMLElement, _ rules: [String: Rule]) throws(XMLFailure) {
    let id = try element.text("rule")
    guard let rule = rules[id] else { throw element.failure("names the unknown rule '\(id)'") }
    var verdict: Verdict?
    if element["verdict"] != nil { verdict = try element.choice("verdict") }
    var nodes: [NodeLocation] = []
    for entry in element.children("node") { nodes.append(try NodeLocation(entry)) }
    var evidence: [Citation] = []
    for entry in element.children("evidence") { evidence.append(try Citation(entry)) }
    let operation = element.child("operator")
    var sinceVersion: Int?
    if operation?["since-version"] != nil { sinceVersion = try operation?.count("since-version") }
    self.init(
      rule: rule, severity: try element.choice("severity"), verdict: verdict,
      operation: try operation.map { (entry) throws(XMLFailure) in try OperatorIdentity(entry) },
      sinceVersion: sinceVersion, elementTypes: element["element-types"]?.fromXML,
      reason: try element.required("reason").text.fromXML,
      help: try element.required("help").text.fromXML, evidence: evidence,
      count: try element.count("count"), nodes: nodes,
      position: try element.child("place")?.position(), standing: try Standing(element))
  }
}

extension Standing {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    var novelty: Novelty?
    if element["baseline"] != nil { novelty = try element.choice("baseline") }
    self.init(
      isFailing: element["failing"] == "true", novelty: novelty,
      suppression: element.child("suppression").map { entry in
        Suppression(
          reason: entry.text.fromXML, owner: entry["owner"]?.fromXML,
          expires: entry["expires"]?.fromXML)
      })
  }
}

extension FixedFinding {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    self.init(
      model: try element.text("model"), target: try element.text("target"),
      rule: try element.text("rule"), operation: try element.text("operator"),
      reason: element.text.fromXML, fingerprint: try element.text("fingerprint"))
  }
}

extension NodeLocation {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    guard let position = try element.position() else { throw element.failure("has no place") }
    self.init(
      label: try element.text("name"), scope: try element.text("scope"), position: position,
      byteCount: try element.optionalCount("byte-length"),
      number: try element.optionalCount("number"))
  }
}

extension Citation {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    self.init(
      kind: try element.text("kind"), repository: try element.text("repository"),
      commit: try element.text("commit"), path: try element.text("path"),
      line: try element.text("line"), date: try element.text("date"),
      confidence: try element.text("confidence"))
    excessiveAge = try element.optionalCount("excessive-age")
  }
}

extension OperatorIdentity {
  init(_ element: XMLElement) throws(XMLFailure) {
    self.init(
      domain: try element.text("domain"), name: try element.text("name"),
      overload: element["overload"]?.fromXML ?? "")
  }
}
