public import Capabilities
import ModelGraph
public import OperatorCatalogue

/// What a front door makes of a model.
public struct Judgement: Sendable {
  /// The worst verdict of any node, or of the model as a whole.
  public let verdict: Verdict
  /// Number of nodes with each verdict.
  public let counts: [Verdict: Int]
  /// Findings, worst first; equal ones are counted together.
  public let findings: [Finding]
  /// The verdict of each node by its position; nil for nodes that are not judged.
  public let nodeVerdicts: [Verdict?]
}

extension Judgement {
  /// Judges every node of a model by a front door.
  ///
  /// - Parameters:
  ///   - facts: The graph with what is known of its values.
  ///   - door: The front door.
  ///   - device: The chip, when its own limits count too.
  ///   - catalogue: The operators' definitions.
  ///   - doors: Finds the doors that this one falls back on or hands operators to.
  /// - Returns: Verdicts and findings.
  public static func of(
    _ facts: ValueFacts, on door: FrontDoor, device: Device?, catalogue: OperatorCatalogue,
    doors: (FrontDoorName) -> FrontDoor?
  ) -> Judgement {
    let context = JudgingContext(facts, catalogue: catalogue)
    let judge = DoorJudge(door, device: device, context: context, doors: doors)
    var tally = FindingTally(context: context)
    for remark in OpsetOutOfRange.remarks(facts.graph, door) { tally.addForModel(remark) }
    for (index, node) in facts.graph.nodes.enumerated() {
      let reference = NodeReference(index)
      if case .training = facts.graph.scopes[node.scope.index].kind {
        tally.skip()
      } else {
        tally.add(judge.outcome(of: reference), reference)
      }
    }
    return tally.judgement
  }
}

/// Counts verdicts and groups equal remarks.
private struct FindingTally {
  private struct Group: Hashable {
    let remark: Remark
    let slot: Int
  }

  private struct OutcomeKey: Hashable {
    let outcome: ObjectIdentifier
    let slot: Int
  }

  private let context: JudgingContext
  private var nodeVerdicts: [Verdict?] = []
  private var counts = [Int](repeating: 0, count: Verdict.allCases.count)
  private var groups: [Group: Int] = [:]
  private var knownPlaces: [OutcomeKey: [Int]] = [:]
  /// Outcomes that `knownPlaces` tells by identity must not be freed.
  private var kept: [Outcome] = []
  private var findings: [Finding] = []

  init(context: JudgingContext) {
    self.context = context
    nodeVerdicts.reserveCapacity(context.graph.nodes.count)
  }

  mutating func skip() { nodeVerdicts.append(nil) }

  mutating func addForModel(_ remark: Remark) {
    findings.append(finding(remark, operation: nil, sinceVersion: nil, count: 1))
  }

  mutating func add(_ outcome: Outcome, _ node: NodeReference) {
    nodeVerdicts.append(outcome.verdict)
    counts[outcome.verdict.rank] += 1
    guard !outcome.remarks.isEmpty else { return }
    for place in places(of: outcome, node) {
      findings[place].count += 1
      if findings[place].nodes.count < Finding.namedNodes {
        findings[place].nodes.append(NodeLocation(node, in: context.graph))
      }
    }
  }

  /// The findings that an outcome counts towards.
  private mutating func places(of outcome: Outcome, _ node: NodeReference) -> [Int] {
    let entry = context.graph.nodes[node.index]
    let key = OutcomeKey(outcome: ObjectIdentifier(outcome), slot: context.slot(of: entry))
    if let known = knownPlaces[key] { return known }
    let places = outcome.remarks.map { remark in
      let group = Group(remark: remark, slot: key.slot)
      if let known = groups[group] { return known }
      let operation = context.graph.operation(of: entry)
      let opset = context.opset(of: operation.domain, in: entry.scope)
      let schema = context.schema(of: operation, opset: opset)
      groups[group] = findings.count
      findings.append(
        finding(remark, operation: operation, sinceVersion: schema?.since, count: 0))
      return findings.count - 1
    }
    knownPlaces[key] = places
    kept.append(outcome)
    return places
  }

  private func finding(
    _ remark: Remark, operation: OperatorIdentity?, sinceVersion: Int?, count: Int
  ) -> Finding {
    Finding(
      rule: remark.rule, severity: remark.verdict.severity, verdict: remark.verdict,
      operation: operation, sinceVersion: sinceVersion, elementTypes: remark.elementTypes,
      reason: remark.reason, help: remark.help, evidence: remark.evidence.map(Citation.init),
      count: count)
  }

  var judgement: Judgement {
    let sorted = findings.enumerated().sorted { left, right in
      let leftVerdict = left.element.verdict ?? .supported
      let rightVerdict = right.element.verdict ?? .supported
      if leftVerdict != rightVerdict { return leftVerdict > rightVerdict }
      if left.element.count != right.element.count {
        return left.element.count > right.element.count
      }
      return left.offset < right.offset
    }
    let counted = Verdict.allCases.filter { counts[$0.rank] > 0 }.map { ($0, counts[$0.rank]) }
    let worst = findings.compactMap(\.verdict).max() ?? .supported
    return Judgement(
      verdict: max(worst, counted.map(\.0).max() ?? .supported),
      counts: Dictionary(uniqueKeysWithValues: counted),
      findings: sorted.map(\.element), nodeVerdicts: nodeVerdicts)
  }
}

extension Citation {
  /// A citation of a manifest's evidence.
  init(_ evidence: Evidence) {
    self.init(
      kind: evidence.source.kind.rawValue, repository: evidence.source.repository,
      commit: evidence.source.commit ?? "", path: evidence.path ?? "", line: evidence.line ?? "",
      date: evidence.source.date ?? "", confidence: evidence.confidence.rawValue)
  }
}
