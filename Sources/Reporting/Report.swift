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
  /// The models in the order they were given.
  public let models: [ModelReport]

  /// Makes a report.
  public init(
    toolVersion: String, rulesOrigin: String, rulesDigest: String, models: [ModelReport]
  ) {
    self.toolVersion = toolVersion
    self.rulesOrigin = rulesOrigin
    self.rulesDigest = rulesDigest
    self.models = models
  }
}

/// What was found out about one model file.
public struct ModelReport: Sendable {
  /// Path as the user gave it.
  public let path: String
  /// What is in the file, or why it could not be read.
  public let content: Result<ModelSummary, ModelFailure>
  /// Findings about the model itself.
  public let structure: [Finding]
  /// What the targets make of it; empty when only the contents were asked for.
  public let targets: [TargetReport]
  /// Every value with its type, when that was asked for.
  public let values: [ValueSummary]?
  /// What a run costs, when that was asked for.
  public let cost: CostSummary?
  /// What porting to several targets together costs, when that was asked for.
  public var effort: SetEstimate?

  /// Makes a report of a model that was read.
  public init(
    path: String, summary: ModelSummary, structure: [Finding], targets: [TargetReport],
    values: [ValueSummary]? = nil, cost: CostSummary? = nil
  ) {
    self.path = path
    content = .success(summary)
    self.structure = structure
    self.targets = targets
    self.values = values
    self.cost = cost
  }

  /// Makes a report of a model that could not be read.
  public init(path: String, failure: ModelFailure) {
    self.path = path
    content = .failure(failure)
    structure = []
    targets = []
    values = nil
    cost = nil
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
  public let findings: [Finding]
  /// What readers should know about the evidence.
  public let notes: [String]
  /// What it costs that some nodes run on the host; nil when none do.
  public let fallback: Fallback?
  /// Whether the front door takes PyTorch's operators, so that the model must be brought there first.
  public let isThroughPyTorch: Bool
  /// Number of nodes by the weakest confidence that their verdicts rest on; verdicts without any
  /// evidence are in none of them.
  public let confidences: [Confidence: Int]
  /// What comparing targets takes, when that was asked for.
  public var profile: TargetProfile?
  /// What porting to the target costs, when that was asked for.
  public var effort: EstimateOutcome?
  /// How to get there, when that was asked for and an estimate could be made.
  public var plan: PortingPlan?
  /// What is to be handed to those who write operators, when that was asked for.
  public var packages: [OperatorPackage] = []

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

  /// Number of judged nodes.
  public var nodeCount: Int { counts.values.reduce(0, +) }
}

/// What is in a model file.
public struct ModelSummary: Sendable {
  /// The serialisation.
  public let format: String
  /// Size of the model file.
  public let byteCount: Int
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
