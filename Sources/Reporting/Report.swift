public import Bytes
public import Capabilities
public import Compatibility
public import ModelGraph
public import Porting

/// Everything one run found out, as values; writers only put it into a form.
public struct Report: Sendable {
  /// Version of Regauge.
  public let toolVersion: String
  /// Where the rules came from, in words.
  public let rulesOrigin: String
  /// SHA-256 of the rules.
  public let rulesDigest: String
  /// The rule files that it rests on, by name; empty unless someone asked for digests.
  public internal(set) var ruleFiles: [RuleFileDigest]
  /// When the run was, as `2026-11-24T01:02:03Z`; nil unless someone asked for it.
  public internal(set) var timestamp: String?
  /// Which part of a divided run this is; nil for a whole one.
  public internal(set) var shard: Shard?
  /// Findings about the run itself, such as an accepted finding that occurs no more.
  public var findings: [Finding]
  /// Findings of the baseline that occur no more.
  public internal(set) var fixed: [FixedFinding]
  /// The models, by their paths.
  public internal(set) var models: [ModelReport]

  /// Makes a report.
  public init(
    toolVersion: String, rulesOrigin: String, rulesDigest: String,
    ruleFiles: [RuleFileDigest] = [], timestamp: String? = nil, shard: Shard? = nil,
    findings: [Finding] = [], fixed: [FixedFinding] = [],
    models: [ModelReport]
  ) {
    self.shard = shard
    self.toolVersion = toolVersion
    self.rulesOrigin = rulesOrigin
    self.rulesDigest = rulesDigest
    self.ruleFiles = ruleFiles
    self.timestamp = timestamp
    self.findings = findings
    self.fixed = fixed
    self.models = models
  }

  /// Every finding on a target.
  var targetFindings: some Sequence<Finding> {
    models.lazy.flatMap { $0.targets.lazy.flatMap(\.findings) }
  }
}

/// A file of the rules, such as the manifest of a front door, as it was when a report was made.
public struct RuleFileDigest: Sendable, Hashable {
  /// Its name, such as `stacks/ascend-cann/atc.json`.
  public let name: String
  /// SHA-256 of its bytes, in hexadecimal digits.
  public let sha256: String
  /// Whether nothing but estimates rests on it; known only to the run that made the report.
  let isOfEstimates: Bool

  /// Makes an entry.
  public init(name: String, sha256: String, isOfEstimates: Bool = false) {
    self.name = name
    self.sha256 = sha256
    self.isOfEstimates = isOfEstimates
  }
}

/// A finding that a baseline has and the run has not.
public struct FixedFinding: Sendable, Hashable {
  /// Path of the model.
  public let model: String
  /// Name of the target; empty for a finding about the model itself.
  public let target: String
  /// Identifier of the rule.
  public let rule: String
  /// The operator, when there is one.
  public let operation: String
  /// The facts, in plain words.
  public let reason: String
  /// What it is known by.
  public let fingerprint: String

  /// Makes an entry.
  public init(
    model: String, target: String, rule: String, operation: String, reason: String,
    fingerprint: String
  ) {
    self.model = model
    self.target = target
    self.rule = rule
    self.operation = operation
    self.reason = reason
    self.fingerprint = fingerprint
  }
}

/// What was found out about one model file.
public struct ModelReport: Sendable {
  /// Path as the user gave it.
  public let path: String
  /// What is in the file, or why it could not be read.
  public let content: Result<ModelSummary, ModelFailure>
  /// Findings about the model itself.
  public internal(set) var structure: [Finding]
  /// What the targets make of it; empty when only the contents were asked for.
  public internal(set) var targets: [TargetReport]
  /// Every value with its type, when that was asked for.
  public let values: [ValueSummary]?
  /// What a run costs, when that was asked for.
  public private(set) var cost: CostSummary?
  /// What porting to several targets together costs, when that was asked for.
  public var effort: SetEstimate?

  /// Makes a report of a model that was read.
  public init(
    path: String, summary: ModelSummary, structure: [Finding], targets: [TargetReport],
    values: [ValueSummary]? = nil, cost: CostSummary? = nil
  ) {
    self.init(
      path: path, content: .success(summary), structure: structure, targets: targets,
      values: values, cost: cost)
  }

  /// Makes a report of its parts.
  init(
    path: String, content: Result<ModelSummary, ModelFailure>, structure: [Finding],
    targets: [TargetReport], values: [ValueSummary]?, cost: CostSummary?
  ) {
    self.path = path
    self.content = content
    self.structure = structure
    self.targets = targets
    self.values = values
    self.cost = cost
  }

  /// Makes a report of a model that could not be read.
  public init(path: String, failure: ModelFailure) {
    self.init(
      path: path, content: .failure(failure), structure: [], targets: [], values: nil, cost: nil)
  }

  /// The same with other findings.
  func replacing(structure: [Finding], targets: [TargetReport]) -> ModelReport {
    var copy = self
    copy.structure = structure
    copy.targets = targets
    return copy
  }

  /// The same without costs.
  var withoutCost: ModelReport {
    var copy = self
    copy.cost = nil
    return copy
  }

  /// The same without efforts and plans.
  var withoutEffort: ModelReport {
    var copy = self
    copy.effort = nil
    copy.targets = targets.map { target in
      var target = target
      target.effort = nil
      target.plan = nil
      return target
    }
    return copy
  }

  /// What is in the file; nil when it could not be read.
  public var summary: ModelSummary? { try? content.get() }

  /// Why the file could not be read; nil when it was.
  public var failure: ModelFailure? {
    if case .failure(let failure) = content { failure } else { nil }
  }

  /// Whether the model's own form is so broken that no runtime loads it.
  public var isInvalid: Bool { structure.contains { $0.severity == .error } }
}

/// Why a model could not be read.
public struct ModelFailure: Error, Sendable, Hashable {
  /// What is wrong, in plain words.
  public let reason: String
  /// Where in the file, if there is a place.
  public let position: SourcePosition?

  /// Makes a failure.
  public init(reason: String, position: SourcePosition?) {
    self.reason = reason
    self.position = position
  }
}

/// What one target makes of one model.
public struct TargetReport: Sendable {
  /// Stack, front door and device, as `stack/door:device`.
  public let target: String
  /// Names for people.
  public let title: String
  /// The toolchain version that the facts speak of.
  public let version: String
  /// The worst verdict.
  public let verdict: Verdict
  /// Number of nodes with each verdict.
  public let counts: [Verdict: Int]
  /// Findings, worst first.
  public internal(set) var findings: [Finding]
  /// What readers should know about the evidence.
  public let notes: [String]
  /// What it costs that some nodes run on the host; nil when none do.
  public let fallback: Fallback?
  /// Whether the front door takes PyTorch's operators, so that the model must be brought there first.
  public let isThroughPyTorch: Bool
  /// Number of nodes by the weakest confidence that their verdicts rest on; verdicts without any
  /// evidence are in none of them.
  public let confidences: [Confidence: Int]
  /// Nodes whose verdicts rest on evidence that is older than the user lets it be; nil without such
  /// a limit.
  public var outdatedNodes: Int?
  /// What is there only when somebody asked for it.
  private var asked: Apart<Asked>?

  /// Makes a report of its parts.
  public init(
    target: String, title: String, version: String, verdict: Verdict, counts: [Verdict: Int],
    findings: [Finding], notes: [String], fallback: Fallback? = nil,
    isThroughPyTorch: Bool = false, confidences: [Confidence: Int] = [:]
  ) {
    self.target = target
    self.title = title
    self.version = version
    self.verdict = verdict
    self.counts = counts
    self.findings = findings
    self.notes = notes
    self.fallback = fallback
    self.isThroughPyTorch = isThroughPyTorch
    self.confidences = confidences
  }

  /// Makes a report of a judgement.
  public init(
    target: String, title: String, version: String, judgement: Judgement, notes: [String],
    fallback: Fallback? = nil, isThroughPyTorch: Bool = false
  ) {
    self.init(
      target: target, title: title, version: version, verdict: judgement.verdict,
      counts: judgement.counts, findings: judgement.findings, notes: notes, fallback: fallback,
      isThroughPyTorch: isThroughPyTorch, confidences: judgement.confidences)
  }

  /// The same with other findings.
  func replacing(findings: [Finding]) -> TargetReport {
    var copy = self
    copy.findings = findings
    return copy
  }

  /// Number of judged nodes.
  public var nodeCount: Int { counts.values.reduce(0, +) }
}

extension TargetReport {
  /// What is told of a target only when somebody asks for it.
  private struct Asked: Sendable {
    var profile: TargetProfile?
    var effort: EstimateOutcome?
    var effortBefore: EffortFigures?
    var plan: PortingPlan?
    var packages: [OperatorPackage] = []
  }

  /// A value kept apart, so that the reports of thousands of models stay small without it.
  private indirect enum Apart<Value: Sendable>: Sendable {
    case value(Value)
  }

  private var whatWasAsked: Asked {
    get { if case .value(let value)? = asked { value } else { Asked() } }
    set { asked = .value(newValue) }
  }

  /// What comparing targets takes, when that was asked for.
  public var profile: TargetProfile? {
    get { whatWasAsked.profile }
    set { whatWasAsked.profile = newValue }
  }

  /// What porting to the target costs, when that was asked for.
  public var effort: EstimateOutcome? {
    get { whatWasAsked.effort }
    set { whatWasAsked.effort = newValue }
  }

  /// What it was estimated to cost in the report that this one is compared with.
  public var effortBefore: EffortFigures? {
    get { whatWasAsked.effortBefore }
    set { whatWasAsked.effortBefore = newValue }
  }

  /// How to get there, when that was asked for and an estimate could be made.
  public var plan: PortingPlan? {
    get { whatWasAsked.plan }
    set { whatWasAsked.plan = newValue }
  }

  /// What is to be handed to those who write operators, when that was asked for.
  public var packages: [OperatorPackage] {
    get { whatWasAsked.packages }
    set { whatWasAsked.packages = newValue }
  }
}

/// What is in a model file.
public struct ModelSummary: Sendable {
  /// The serialisation.
  public let format: String
  /// Size of the model file.
  public let byteCount: Int
  /// SHA-256 of the model without its weights; nil unless someone asked for it.
  public let digest: String?
  /// Version of the intermediate representation.
  public let irVersion: Int64?
  /// Program that wrote the file, with its version.
  public let producer: String
  /// Operator sets, by domain in alphabetical order.
  public let opsets: [OpsetImport]
  /// Nodes of graphs, subgraphs and function bodies, each counted once.
  public let nodeCount: Int
  /// Number of nodes for each operator, most frequent first.
  public let operators: [(operation: OperatorIdentity, count: Int)]
  /// Number of elements of all weights.
  public let parameterCount: Int64
  /// Bytes of all weights in their own types.
  public let weightBytes: Int64
  /// Number of weight elements by type, in the order of ONNX's numbers.
  public let weightTypes: [(type: ElementType, elements: Int64)]
  /// Inputs of the main graph that are no weights.
  public let inputs: [(name: String, type: String)]
  /// Outputs of the main graph.
  public let outputs: [(name: String, type: String)]
  /// Number of subgraphs.
  public let subgraphCount: Int
  /// Functions defined in the file.
  public let functions: [OperatorIdentity]
  /// Names of files that hold weights.
  public let externalFiles: [String]
}
