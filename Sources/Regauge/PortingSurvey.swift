import Capabilities
import Compatibility
import Inference
import ModelGraph
import OperatorCatalogue
import Porting

/// Estimates of one model, target by target and then together.
struct PortingSurvey {
  private let facts: ValueFacts
  private let graph: ModelGraph
  private let annotations: Annotations
  private let catalogue: OperatorCatalogue
  private let estimator: Estimator
  private let isValid: Bool
  private let model: PortedModel
  private let judged: JudgedGraph
  private let stages: HeavyStages
  private var signatures: SignatureTable
  /// Counted when the first plan asks for it.
  private var work: RunWork?
  private var targets: [(target: PortingTarget, estimate: Estimate?)] = []

  init(
    _ facts: ValueFacts, _ graph: ModelGraph, _ annotations: Annotations,
    _ catalogue: OperatorCatalogue, _ estimator: Estimator, isValid: Bool
  ) {
    self.facts = facts
    self.graph = graph
    self.annotations = annotations
    self.catalogue = catalogue
    self.estimator = estimator
    self.isValid = isValid
    model = PortedModel(
      isGenerative: Self.isGenerative(graph, annotations, estimator.effort),
      operatorCount: graph.operators.count)
    judged = JudgedGraph(facts, graph, annotations)
    stages = HeavyStages(judged, estimator.effort)
    signatures = SignatureTable(graph, annotations)
  }

  /// Least extent of an output's last axis that is taken for a vocabulary.
  private static let leastVocabulary: Int64 = 8192

  /// A model that reads tokens and keeps a cache of earlier ones or scores a vocabulary at each
  /// place, or that generates by itself.
  private static func isGenerative(
    _ graph: ModelGraph, _ annotations: Annotations, _ effort: EffortRules
  ) -> Bool {
    if let language = LanguageModel(graph) {
      let scores = graph.main?.outputs.contains { value in
        annotations.rank(of: value) == 3
          && (annotations.extent(2, of: value) ?? 0) >= leastVocabulary
      }
      if !language.caches.isEmpty || scores == true { return true }
    }
    return graph.operators.contains {
      effort.operatorClass(of: $0.description)?.name == "decode_sampling"
    }
  }

  /// What porting to a target costs.
  mutating func estimate(
    _ judgement: Judgement, _ target: Target, _ door: FrontDoor, _ mapping: OperatorMapping?,
    doors: @escaping @Sendable (FrontDoorName) -> FrontDoor?
  ) -> EstimateOutcome {
    guard isValid else { return .none(because: "the model is invalid") }
    func ability(_ door: FrontDoor) -> DoorAbility {
      DoorAbility(
        DoorTrial(
          door, device: target.device, catalogue: catalogue, mapping: mapping, doors: doors),
        catalogue: catalogue, opsets: graph.opsetImports)
    }
    let ported = PortingTarget(
      name: target.name, stack: target.stack.name, ability: ability(door),
      library: estimator.routes.library(of: door.name).flatMap(doors).map(ability),
      gaps: Gap.all(of: judgement, in: facts, &signatures, estimator.effort), model: model,
      graph: judged, stages: stages)
    let outcome = estimator.estimate(ported)
    targets.append((ported, outcome.estimate))
    return outcome
  }

  /// The estimate's tasks in the order of the work.
  mutating func plan(_ estimate: Estimate, model path: String) -> PortingPlan {
    let run = work ?? RunWork(of: graph, annotations)
    work = run
    let flops = estimate.gaps.map { gap -> Int64? in
      let known = gap.members.map { run.flops(of: $0, in: graph) }.filter { $0 > 0 }
      return known.isEmpty ? nil : known.reduce(0) { $0.plusClamping($1) }
    }
    return PortingPlan(estimate, model: path, flops: flops)
  }

  /// Packages for the operators of an estimate that are to be written.
  func packages(_ estimate: Estimate) -> [OperatorPackage] {
    OperatorPackage.all(of: estimate, graph, annotations)
  }

  /// What porting to all targets costs together, with the cheapest front door of each stack.
  func together() -> SetEstimate? {
    var best: [(target: PortingTarget, hours: Double)] = []
    for (target, estimate) in targets {
      guard let estimate, estimate.blocked.isEmpty else { continue }
      let hours = estimate.best.range.mean
      if let place = best.firstIndex(where: { $0.target.stack == target.stack }) {
        if hours < best[place].hours { best[place] = (target, hours) }
      } else {
        best.append((target, hours))
      }
    }
    return estimator.estimate(best.map(\.target))
  }
}
