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
  /// Which nodes are of one kind; −1 for nodes that are not judged.
  fileprivate let kindOfNode: [Int32]
  /// The verdict that all nodes of a kind share, by kind.
  fileprivate let kindVerdicts: [Verdict?]
  /// The verdicts of nodes of other kinds, by node; empty when there are no such kinds.
  fileprivate let singleVerdicts: [Verdict?]
  /// Number of nodes by the weakest confidence that their verdicts rest on; verdicts without any
  /// evidence are in none of them.
  public let confidences: [Confidence: Int]
  /// Number of nodes by the date of the oldest evidence that their verdicts rest on.
  public let dates: [EvidenceDate: Int]
  /// What becomes of each operator, in the order of their first nodes.
  public let operators: [JudgedOperator]
  /// Which findings speak of which nodes.
  let findingsByNode: FindingsByNode
}

extension Judgement {
  /// The verdict of each node by its position; nil for nodes that are not judged.
  public var nodeVerdicts: [Verdict?] {
    kindOfNode.enumerated().map { index, kind in
      if kind >= 0, let verdict = kindVerdicts[Int(kind)] { return verdict }
      return singleVerdicts.isEmpty ? nil : singleVerdicts[index]
    }
  }

  /// For each node whether it runs on the host; nil when none does.
  public var hostNodes: [Bool]? {
    guard counts[.fallback] != nil else { return nil }
    let isKindOnHost = kindVerdicts.map { $0 == .fallback }
    guard !singleVerdicts.isEmpty else {
      return kindOfNode.map { $0 >= 0 && isKindOnHost[Int($0)] }
    }
    return zip(kindOfNode, singleVerdicts).map { kind, verdict in
      verdict == .fallback || kind >= 0 && isKindOnHost[Int(kind)]
    }
  }

  /// Judges every node of a model by a front door.
  ///
  /// - Parameters:
  ///   - facts: The graph with what is known of its values.
  ///   - door: The front door.
  ///   - device: The chip, when its own limits count too.
  ///   - catalogue: The operators' definitions.
  ///   - mapping: How ONNX's operators are computed by PyTorch's, for doors that speak these.
  ///   - doors: Finds the doors that this one falls back on or hands operators to.
  /// - Returns: Verdicts and findings.
  public static func of(
    _ facts: ValueFacts, on door: FrontDoor, device: Device?, catalogue: OperatorCatalogue,
    mapping: OperatorMapping? = nil, doors: (FrontDoorName) -> FrontDoor?
  ) -> Judgement {
    let context = JudgingContext(facts, catalogue: catalogue)
    let judge = DoorJudge(
      door, device: device, context: context, mapping: mapping, doors: doors)
    var tally = FindingTally(context: context)
    for remark in OpsetOutOfRange.remarks(facts.graph, door) { tally.addForModel(remark) }
    var individually = [Bool](repeating: false, count: context.kinds.count)
    for (index, kind) in context.kinds.enumerated() {
      if judge.isDecided(byKind: index) {
        tally.add(judge.outcome(of: kind.representative), kind, index)
      } else {
        individually[index] = true
      }
    }
    if individually.contains(true) {
      for (index, kind) in facts.kinds.kindOfNode.enumerated()
      where kind >= 0 && individually[Int(kind)] {
        let node = NodeReference(index)
        tally.add(judge.outcome(of: node), node)
      }
    }
    return tally.judgement()
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

  /// A finding under construction.
  private struct Entry {
    let remark: Remark
    let node: NodeReference
    var count = 0
    /// How many of them were added one by one.
    var single = 0
    /// The first few of each kind and of those added one by one.
    var nodes: [NodeReference] = []
  }

  private let context: JudgingContext
  private var singleVerdicts: [Verdict?] = []
  private var counts = [Int](repeating: 0, count: Verdict.allCases.count)
  private var kindVerdicts: [Verdict?]
  /// Number of nodes by slot and verdict.
  private var slotCounts: [Int]
  /// What the verdicts rest on together, by slot.
  private var slotGrounds: [Grounds]
  /// The outcome that was added last to each slot; most nodes share that of the one before them.
  private var lastOutcomes: [Outcome?]
  /// By the place of the confidence among all.
  private var confidences = [Int](repeating: 0, count: Confidence.allCases.count)
  private var dates: [EvidenceDate: Int] = [:]
  /// The outcome added last, with the number of its nodes that are not in `dates` yet.
  private var undated: (outcome: Outcome, nodes: Int)?
  private var groups: [Group: Int] = [:]
  private var knownPlaces: [OutcomeKey: [Int]] = [:]
  /// Outcomes that `knownPlaces` tells by identity must not be freed.
  private var kept: [Outcome] = []
  private var entries: [Entry] = []
  private var placesByKind: [Int: [Int]] = [:]
  private var placesByNode: [(node: NodeReference, places: [Int])] = []

  init(context: JudgingContext) {
    self.context = context
    kindVerdicts = Array(repeating: nil, count: context.kinds.count)
    slotCounts = Array(repeating: 0, count: context.slotCount * Verdict.allCases.count)
    slotGrounds = Array(repeating: .none, count: context.slotCount)
    lastOutcomes = Array(repeating: nil, count: context.slotCount)
  }

  mutating func addForModel(_ remark: Remark) {
    entries.append(Entry(remark: remark, node: .none, count: 1))
  }

  /// Adds an outcome that all nodes of a kind share.
  mutating func add(_ outcome: Outcome, _ kind: NodeKinds.Kind, _ index: Int) {
    kindVerdicts[index] = outcome.verdict
    count(outcome, kind.representative, kind.count)
    let places = places(of: outcome, kind.representative)
    if !places.isEmpty { placesByKind[index] = places }
    for place in places {
      entries[place].count += kind.count
      entries[place].nodes += kind.firstNodes
    }
  }

  /// Adds the outcome of one node.
  mutating func add(_ outcome: Outcome, _ node: NodeReference) {
    if singleVerdicts.isEmpty {
      singleVerdicts = Array(repeating: nil, count: context.graph.nodes.count)
    }
    singleVerdicts[node.index] = outcome.verdict
    count(outcome, node, 1)
    let places = places(of: outcome, node)
    if !places.isEmpty { placesByNode.append((node, places)) }
    for place in places {
      entries[place].count += 1
      entries[place].single += 1
      if entries[place].single <= Finding.namedNodes { entries[place].nodes.append(node) }
    }
  }

  private mutating func count(_ outcome: Outcome, _ node: NodeReference, _ nodes: Int) {
    counts[outcome.verdict.rank] += nodes
    if let confidence = outcome.grounds.confidence { confidences[confidence.place] += nodes }
    if undated?.outcome !== outcome {
      countDates()
      undated = (outcome, 0)
    }
    undated?.nodes += nodes
    let slot = context.slot(of: node)
    slotCounts[slot * Verdict.allCases.count + outcome.verdict.rank] += nodes
    guard lastOutcomes[slot] !== outcome else { return }
    lastOutcomes[slot] = outcome
    if slotGrounds[slot] != outcome.grounds { slotGrounds[slot] += outcome.grounds }
  }

  private mutating func countDates() {
    guard let undated, let oldest = undated.outcome.grounds.oldest else { return }
    dates[oldest, default: 0] += undated.nodes
    self.undated = nil
  }

  /// What becomes of each operator, whatever functions its nodes are in.
  private var operators: [JudgedOperator] {
    var places: [OperatorIdentity: Int] = [:]
    var merged: [JudgedOperator] = []
    for (slot, operation) in slotOperations.enumerated() {
      let counts = self.counts(ofSlot: slot)
      guard let place = places[operation] else {
        places[operation] = merged.count
        merged.append(
          JudgedOperator(operation: operation, counts: counts, grounds: slotGrounds[slot]))
        continue
      }
      merged[place].counts.merge(counts, uniquingKeysWith: +)
      merged[place].grounds += slotGrounds[slot]
    }
    return merged
  }

  private var confidenceCounts: [Confidence: Int] {
    Dictionary(
      uniqueKeysWithValues: Confidence.allCases.map { ($0, confidences[$0.place]) }
        .filter { $0.1 > 0 })
  }

  private func counts(ofSlot slot: Int) -> [Verdict: Int] {
    let first = slot * Verdict.allCases.count
    return Dictionary(
      uniqueKeysWithValues: Verdict.allCases.map { ($0, slotCounts[first + $0.rank]) }
        .filter { $0.1 > 0 })
  }

  /// The operator of each slot; slots are numbered as their first nodes come.
  private var slotOperations: [OperatorIdentity] {
    var operations: [OperatorIdentity] = []
    for kind in context.kinds where kind.slot == operations.count {
      let node = context.graph.nodes[kind.representative.index]
      operations.append(context.graph.operation(of: node))
    }
    return operations
  }

  /// The findings that an outcome counts towards.
  private mutating func places(of outcome: Outcome, _ node: NodeReference) -> [Int] {
    guard !outcome.remarks.isEmpty else { return [] }
    let slot = context.slot(of: node)
    let key = OutcomeKey(outcome: ObjectIdentifier(outcome), slot: slot)
    if let known = knownPlaces[key] { return known }
    let places = outcome.remarks.map { remark in
      let group = Group(remark: remark, slot: slot)
      if let known = groups[group] { return known }
      groups[group] = entries.count
      entries.append(Entry(remark: remark, node: node))
      return entries.count - 1
    }
    knownPlaces[key] = places
    kept.append(outcome)
    return places
  }

  mutating func judgement() -> Judgement {
    countDates()
    // Worst first, then the most frequent, then the earliest in the file and in the record.
    let order = entries.enumerated().map { offset, entry in
      (entry.remark.verdict.rank, entry.count, entry.nodes.map(\.index).min() ?? -1, offset)
    }.sorted { ($1.0, $1.1, $0.2, $0.3) < ($0.0, $0.1, $1.2, $1.3) }
    let findings = order.map { finding(entries[$0.3]) }
    let counted = Verdict.allCases.filter { counts[$0.rank] > 0 }.map { ($0, counts[$0.rank]) }
    let worst = findings.compactMap(\.verdict).max() ?? .supported
    return Judgement(
      verdict: max(worst, counted.map(\.0).max() ?? .supported),
      counts: Dictionary(uniqueKeysWithValues: counted), findings: findings,
      kindOfNode: context.facts.kinds.kindOfNode,
      kindVerdicts: kindVerdicts, singleVerdicts: singleVerdicts, confidences: confidenceCounts,
      dates: dates, operators: operators,
      findingsByNode: FindingsByNode(
        byKind: placesByKind, byNode: placesByNode, entries: order.map { $0.3 }))
  }

  private func finding(_ entry: Entry) -> Finding {
    let remark = entry.remark
    let node = entry.node.isNone ? nil : context.graph.nodes[entry.node.index]
    let operation = node.map { context.graph.operation(of: $0) }
    let schema = node.flatMap { node in
      operation.flatMap { operation in
        context.schema(
          of: operation, opset: context.opset(of: operation.domain, in: node.scope))
      }
    }
    let named = entry.nodes.sorted { $0.index < $1.index }.prefix(Finding.namedNodes)
    return Finding(
      rule: remark.rule, severity: remark.verdict.severity, verdict: remark.verdict,
      operation: operation, sinceVersion: schema?.since, elementTypes: remark.elementTypes,
      reason: remark.reason, help: remark.help, evidence: remark.evidence.map(Citation.init),
      count: entry.count, nodes: named.map { NodeLocation($0, in: context.graph) })
  }
}

extension Confidence {
  /// The place among all cases.
  fileprivate var place: Int {
    switch self {
    case .high: 0
    case .medium: 1
    case .low: 2
    }
  }
}

extension Citation {
  /// A citation of a manifest's evidence.
  package init(_ evidence: Evidence) {
    self.init(
      kind: evidence.source.kind.rawValue, repository: evidence.source.repository,
      commit: evidence.source.commit ?? "", path: evidence.path ?? "", line: evidence.line ?? "",
      date: evidence.source.date ?? "", confidence: evidence.confidence.rawValue)
  }
}
