public import Bytes
import Capabilities
public import ModelGraph

/// Where a node stands, resolved to text for reports.
public struct NodeLocation: Sendable, Hashable {
  /// The node's name, or its operator and place when it has none.
  public let label: String
  /// The scope path, such as `main` or `main/If_3.then_branch`.
  public let scope: String
  /// Place in the file.
  public let position: SourcePosition
  /// Bytes that the node takes in a binary file, from its position on; nil when not known.
  public let byteCount: Int?
  /// Place among the nodes of the file, counted from 1; nil when not known.
  public let number: Int?

  /// Makes a location.
  public init(
    label: String, scope: String, position: SourcePosition, byteCount: Int? = nil,
    number: Int? = nil
  ) {
    self.label = label
    self.scope = scope
    self.position = position
    self.byteCount = byteCount
    self.number = number
  }

  /// Resolves a node of a graph.
  public init(_ node: NodeReference, in graph: ModelGraph) {
    let entry = graph.nodes[node.index]
    self.init(
      label: graph.label(of: node), scope: graph.path(of: entry.scope), position: entry.position,
      byteCount: graph.storedByteCount(of: node), number: node.index + 1)
  }
}

/// One thing to know about a model, or about a model on a target; equal ones are counted.
public struct Finding: Sendable {
  /// The rule that found it.
  public let rule: Rule
  /// How much it matters.
  public let severity: Severity
  /// What it means for the nodes on the target; nil for findings about the model itself.
  public let verdict: Verdict?
  /// The operator concerned.
  public let operation: OperatorIdentity?
  /// The version of the operator's definition that the model's opset selects.
  public let sinceVersion: Int?
  /// Element types of the node's inputs, when they matter.
  public let elementTypes: String?
  /// The facts, in plain words.
  public let reason: String
  /// What usually helps here.
  public let help: String
  /// What the claim rests on.
  public var evidence: [Citation]
  /// How many nodes (or other places) it concerns.
  public var count: Int
  /// The first few nodes.
  public var nodes: [NodeLocation]
  /// A place in the file when no node is concerned.
  public let position: SourcePosition?
  /// What the run makes of it.
  public var standing: Standing

  /// At most this many nodes are named in one finding.
  public static let namedNodes = 10

  /// Makes a finding.
  public init(
    rule: Rule, severity: Severity? = nil, verdict: Verdict? = nil,
    operation: OperatorIdentity? = nil, sinceVersion: Int? = nil, elementTypes: String? = nil,
    reason: String, help: String? = nil, evidence: [Citation] = [], count: Int = 1,
    nodes: [NodeLocation] = [], position: SourcePosition? = nil, standing: Standing = .init()
  ) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.verdict = verdict
    self.operation = operation
    self.sinceVersion = sinceVersion
    self.elementTypes = elementTypes
    self.reason = reason
    self.help = help ?? rule.help
    self.evidence = evidence
    self.count = count
    self.nodes = nodes
    self.position = position
    self.standing = standing
  }
}

/// The source of a claim, ready to be printed.
public struct Citation: Sendable, Hashable {
  /// What kind of source it is, such as `source code` or `vendor document`.
  public let kind: String
  /// Repository, package or page.
  public let repository: String
  /// Commit, version or edition.
  public let commit: String
  /// Path within the repository.
  public let path: String
  /// Line or lines; empty when there are none.
  public let line: String
  /// Date of the commit or edition.
  public let date: String
  /// How sure the claim is.
  public let confidence: String
  /// Its age in days, if it is older than the user lets evidence be.
  public var excessiveAge: Int?

  /// Makes a citation.
  public init(
    kind: String, repository: String, commit: String, path: String, line: String, date: String,
    confidence: String
  ) {
    self.kind = kind
    self.repository = repository
    self.commit = commit
    self.path = path
    self.line = line
    self.date = date
    self.confidence = confidence
  }

  /// The commit as people read it: the beginning of a hash, a release or edition in full.
  public var shortCommit: String { EvidenceSource.shortened(commit: commit) }
}
