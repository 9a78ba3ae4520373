import Bytes
import Capabilities
import Compatibility
public import Inference
import ModelGraph
import ModelReading
import OperatorCatalogue
import Porting
public import Reporting
import RuleFiles

/// Reads models and judges them: the stages of the pipeline put together.
public struct Analysis: Sendable {
  private let knowledge: Knowledge
  private let targets: [Target]
  private let options: AnalysisOptions

  /// Prepares to judge by some targets.
  public init(_ knowledge: Knowledge, targets: [Target], options: AnalysisOptions = .init()) {
    self.knowledge = knowledge
    self.targets = targets
    self.options = options
  }

  /// Reads and judges models; those that cannot be read do not stop the others.
  ///
  /// - Throws: `KnowledgeFailure` when a manifest is missing or invalid.
  public func report(
    onModelsAt paths: [String], toolVersion: String
  ) throws(KnowledgeFailure) -> Report {
    Report(
      toolVersion: toolVersion, rulesOrigin: knowledge.rules.origin.description,
      rulesDigest: try knowledge.digest(), models: try models(at: paths))
  }

  private func models(at paths: [String]) throws(KnowledgeFailure) -> [ModelReport] {
    // Of one model the operators are known before the manifests are read, so that only what they
    // say of these needs to be read.
    if paths.count == 1, let path = paths.first {
      switch read(path) {
      case .failure(let failure): return [ModelReport(path: path, failure: failure)]
      case .success(let model):
        let estimator = try estimator()
        let names = Set(model.graph.operators.map(\.name))
          .union(estimator?.routes.operatorNames ?? [])
        let catalogue = try knowledge.catalogue(operators: names)
        let doors = try FrontDoors(
          knowledge, targets, operators: names.union(catalogue.operatorNames),
          with: estimator?.routes)
        // Which opset is the newest is told by all operators.
        let whole = options.profilesTargets ? try knowledge.catalogue() : catalogue
        return [report(on: model, path: path, try means(whole, doors, estimator))]
      }
    }
    let estimator = try estimator()
    let means = try means(
      try knowledge.catalogue(),
      try FrontDoors(knowledge, targets, operators: nil, with: estimator?.routes), estimator)
    return paths.map { path in
      switch read(path) {
      case .failure(let failure): ModelReport(path: path, failure: failure)
      case .success(let model): report(on: model, path: path, means)
      }
    }
  }

  /// What models are judged with.
  private struct Means {
    let catalogue: OperatorCatalogue
    let doors: FrontDoors
    /// Read when targets are profiled.
    let conversions: OpsetConversions?
    /// Read when efforts are estimated.
    let estimator: Estimator?
  }

  private func estimator() throws(KnowledgeFailure) -> Estimator? {
    guard let effort = options.effort else { return nil }
    return try knowledge.estimator(effort)
  }

  private func means(
    _ catalogue: OperatorCatalogue, _ doors: FrontDoors, _ estimator: Estimator?
  ) throws(KnowledgeFailure) -> Means {
    Means(
      catalogue: catalogue, doors: doors,
      conversions: options.profilesTargets ? try knowledge.conversions() : nil,
      estimator: estimator)
  }

  /// A model's cost, counted when it is first asked for and then kept for all targets.
  private struct CostOnDemand {
    let graph: ModelGraph
    let annotations: Annotations
    private(set) lazy var value = ModelCost(of: graph, annotations)

    init(_ graph: ModelGraph, _ annotations: Annotations) {
      self.graph = graph
      self.annotations = annotations
    }
  }

  private func read(_ path: String) -> Result<LoadedModel, ModelFailure> {
    if FileTree.isFolder(path) {
      let suffixes = ModelFormat.fileSuffixes.joined(separator: ", ")
      return .failure(
        ModelFailure(
          reason: "is a folder that holds no models (files ending in \(suffixes))", position: nil))
    }
    do {
      return .success(try ModelReader.read(path: path))
    } catch {
      return .failure(ModelFailure(reason: error.reason, position: error.position))
    }
  }

  /// Judges a model that has been read.
  private func report(
    on model: LoadedModel, path: String, _ means: Means
  ) -> ModelReport {
    let graph = model.graph
    let annotations = Inference.annotate(
      graph, catalogue: means.catalogue, pins: options.pins)
    var structure = StructureCheck.findings(in: graph, annotations, catalogue: means.catalogue)
    if path != "-" {
      structure += ExternalDataFile.findings(
        for: graph.externalDataProblems(inFolder: folder(of: path)))
    }
    let facts = ValueFacts(graph, annotations)
    var cost = CostOnDemand(graph, costed(graph, means) ?? annotations)
    var porting = PortingSurvey(
      facts, graph, annotations, means.catalogue, means.estimator,
      isValid: !structure.contains { $0.severity == .error })
    let judged = targets.compactMap { report(on: facts, path, $0, means, &cost, &porting) }
    var result = ModelReport(
      path: path,
      summary: ModelSummary(
        of: graph, format: model.format.rawValue, byteCount: model.byteCount),
      structure: structure, targets: judged,
      values: options.listsValues ? ValueSummary.all(in: graph, annotations) : nil,
      cost: summary(of: &cost, means))
    if options.effort?.joinsTargets == true { result.effort = porting.together() }
    return result
  }

  /// What is known of a language model that reads a prompt: judging leaves its lengths open, but
  /// shares of the work need them.
  private func costed(_ graph: ModelGraph, _ means: Means) -> Annotations? {
    guard options.profilesTargets, let tokens = options.promptTokens,
      let language = LanguageModel(graph)
    else { return nil }
    return Inference.annotate(
      graph, catalogue: means.catalogue,
      pins: options.pins.joined(with: language.pins(for: graph, newTokens: tokens, past: 0)))
  }

  private func summary(of cost: inout CostOnDemand, _ means: Means) -> CostSummary? {
    let graph = cost.graph
    return options.promptTokens.map { tokens in
      CostSummary(of: graph, cost.value, promptTokens: tokens) { pins in
        Inference.annotate(
          graph, catalogue: means.catalogue, pins: options.pins.joined(with: pins))
      }
    }
  }

  private func report(
    on facts: ValueFacts, _ path: String, _ target: Target, _ means: Means,
    _ cost: inout CostOnDemand,
    _ porting: inout PortingSurvey
  ) -> TargetReport? {
    means.doors[target.frontDoor].map { door in
      let judgement = Judgement.of(
        facts, on: door, device: target.device, catalogue: means.catalogue,
        mapping: means.doors.mapping, doors: { means.doors[$0] })
      var report = TargetReport(
        target: target.name, title: "\(target.stack.title), \(door.title)",
        version: door.version, judgement: judgement, notes: door.notes,
        fallback: Fallback(facts, judgement, cost: cost.value),
        isThroughPyTorch: door.speaks == .aten)
      report.profile = means.conversions.map { conversions in
        TargetProfile(
          judgement, cost.value, cost.annotations, cost.graph, on: door, target,
          opsets: OpsetZone.of(
            facts, on: door, device: target.device, catalogue: means.catalogue,
            conversions: conversions, doors: { means.doors[$0] }))
      }
      report.effort = porting.estimate(judgement, target, door, means.doors.mapping) { name in
        means.doors[name]
      }
      if let estimate = report.effort?.estimate, let effort = options.effort {
        if effort.plans { report.plan = porting.plan(estimate, model: path, cost.value) }
        if effort.packages { report.packages = porting.packages(estimate) }
      }
      return report
    }
  }

  private func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// What is done beyond judging.
public struct AnalysisOptions: Sendable {
  /// Extents that are fixed before inference.
  public var pins: InputPins
  /// Whether the report lists every value with its type.
  public var listsValues: Bool

  /// Tokens of the prompt that language models are costed for; nil leaves costs out.
  public var promptTokens: Int64?

  /// Whether targets get what comparing them takes.
  public var profilesTargets = false

  /// How efforts are estimated; nil leaves them out.
  public var effort: EffortOptions?

  /// Makes options; without arguments nothing is pinned, listed or costed.
  public init(pins: InputPins = .none, listsValues: Bool = false, promptTokens: Int64? = nil) {
    self.pins = pins
    self.listsValues = listsValues
    self.promptTokens = promptTokens
  }
}

/// The front doors of some targets, and those that they fall back on or hand operators to.
private struct FrontDoors {
  private var doors: [FrontDoorName: FrontDoor] = [:]
  /// How ONNX's operators are computed by PyTorch's, if a door speaks these.
  private(set) var mapping: OperatorMapping?

  init(
    _ knowledge: Knowledge, _ targets: [Target], operators: Set<String>?,
    with routes: RouteRules? = nil
  ) throws(KnowledgeFailure) {
    var waiting = targets.map(\.frontDoor)
    waiting += waiting.compactMap { routes?.library(of: $0) }
    while let name = waiting.popLast() {
      guard doors[name] == nil else { continue }
      var wanted = operators
      if try knowledge.speaksAten(name) {
        if mapping == nil { mapping = try knowledge.mapping(operators: operators) }
        wanted = operators.flatMap { _ in mapping?.neededNames }
      }
      let door = try knowledge.frontDoor(name, operators: wanted)
      doors[name] = door
      waiting += door.neededDoors
    }
  }

  subscript(name: FrontDoorName) -> FrontDoor? { doors[name] }
}

extension FrontDoor {
  /// Doors that this one falls back on or hands operators to.
  var neededDoors: [FrontDoorName] {
    var names = Set(records.compactMap(\.decidedBy))
    switch onMissing {
    case .runsOnCPU(let host?), .runsNatively(let host?): names.insert(host)
    case .runsOnCPU(nil), .runsNatively(nil), .fails: break
    }
    return names.sorted { $0.description < $1.description }
  }
}
