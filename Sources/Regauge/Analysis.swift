import Bytes
public import Capabilities
import Compatibility
public import Inference
import ModelGraph
import ModelReading
import OperatorCatalogue
import Porting
public import Reporting
import RuleFiles
import Threads

/// Reads models and judges them: the stages of the pipeline put together.
public struct Analysis: Sendable {
  private let knowledge: Knowledge
  private let targets: Targets
  private let options: AnalysisOptions

  private enum Targets: Sendable {
    case loaded([Target])
    case named([TargetName])
  }

  /// Prepares to judge by some targets.
  public init(_ knowledge: Knowledge, targets: [Target], options: AnalysisOptions = .init()) {
    self.knowledge = knowledge
    self.targets = .loaded(targets)
    self.options = options
  }

  /// Prepares to judge by targets that are loaded while the model is read; no names stand for all
  /// stacks.
  public init(
    _ knowledge: Knowledge, targetsNamed names: [TargetName], options: AnalysisOptions = .init()
  ) {
    self.knowledge = knowledge
    self.targets = .named(names)
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
      rulesDigest: try knowledge.digest(),
      ruleFiles: options.hasDigests ? try ruleFiles() : [], models: try models(at: paths))
  }

  /// The rule files that the targets are judged and the estimates made by, whatever the models.
  private func ruleFiles() throws(KnowledgeFailure) -> [RuleFileDigest] {
    let libraries = try estimator()?.routes
    return try knowledge.files(
      behind: try loadedTargets().map(\.frontDoor), effort: options.effort != nil,
      library: { libraries?.library(of: $0) })
  }

  private func models(at paths: [String]) throws(KnowledgeFailure) -> [ModelReport] {
    if paths.count == 1, let path = paths.first { return [try report(onOnly: path)] }
    let targets = try loadedTargets()
    let estimator = try estimator()
    let means = try means(
      targets, try knowledge.catalogue(),
      try FrontDoors(knowledge, targets, operators: nil, with: estimator?.routes), estimator)
    return Parallel.map(paths) { path in
      switch read(path) {
      case .failure(let failure):
        return ModelReport(path: path, failure: failure)
      case .success(let model):
        let inferred = infer(model, path: path, means.catalogue)
        return report(on: model, path: path, inferred, means) { $0.map($1) }
      }
    }
  }

  private func loadedTargets() throws(KnowledgeFailure) -> [Target] {
    switch targets {
    case .loaded(let targets): targets
    case .named(let names):
      try knowledge.targets(names, listsDevices: options.profilesTargets)
    }
  }

  /// Reads and judges the only model of a run.
  ///
  /// Its operators are known before the manifests are read, so that only what they say of these
  /// needs to be read. One thread reads the model and infers while another loads what it is judged
  /// by.
  private func report(onOnly path: String) throws(KnowledgeFailure) -> ModelReport {
    let look = Early { firstLook(at: path) }
    let targets = try loadedTargets()
    let model: LoadedModel
    switch look.value.model {
    case .failure(let failure): return ModelReport(path: path, failure: failure)
    case .success(let read): model = read
    }
    let estimator = try estimator()
    let names = Set(model.graph.operators.map(\.name))
      .union(estimator?.routes.operatorNames ?? [])
    let catalogue: OperatorCatalogue
    if let known = look.value.catalogue {
      catalogue = try known.get()
    } else {
      catalogue = try knowledge.catalogue(operators: names)
    }
    // Which opset is the newest is told by all operators.
    let whole = options.profilesTargets ? try knowledge.catalogue() : catalogue
    let inferred = Early { infer(model, path: path, whole) }
    let doors = try FrontDoors(
      knowledge, targets, operators: names.union(catalogue.operatorNames),
      with: estimator?.routes)
    let means = try means(targets, whole, doors, estimator)
    return report(on: model, path: path, inferred.value, means) { Parallel.map($0, $1) }
  }

  /// A model, with the definitions of its operators unless more will be asked for than these.
  private struct FirstLook: Sendable {
    let model: Result<LoadedModel, ModelFailure>
    var catalogue: Result<OperatorCatalogue, KnowledgeFailure>?
  }

  private func firstLook(at path: String) -> FirstLook {
    var look = FirstLook(model: read(path))
    if options.effort == nil, case .success(let model) = look.model {
      let names = Set(model.graph.operators.map(\.name))
      look.catalogue = Result { () throws(KnowledgeFailure) in
        try knowledge.catalogue(operators: names)
      }
    }
    return look
  }

  /// What follows from a model itself, whatever it is judged by.
  private struct Inferred: Sendable {
    let annotations: Annotations
    let work: Early<RunWork>
    let structure: [Finding]
    let facts: ValueFacts
  }

  /// From so many nodes on a model's work is counted before anything asks for it.
  private static let leastNodesOfEarlyWork = 20_000

  private func infer(
    _ model: LoadedModel, path: String, _ catalogue: OperatorCatalogue
  ) -> Inferred {
    let graph = model.graph
    let annotations = Inference.annotate(graph, catalogue: catalogue, pins: options.pins)
    let work = Early(isWorthAThread: graph.nodes.count >= Self.leastNodesOfEarlyWork) {
      RunWork(of: graph, annotations)
    }
    var structure = StructureCheck.findings(in: graph, annotations, catalogue: catalogue)
    if path != "-" {
      structure += ExternalDataFile.findings(
        for: graph.externalDataProblems(inFolder: folder(of: path)))
    }
    return Inferred(
      annotations: annotations, work: work, structure: structure,
      facts: ValueFacts(graph, annotations))
  }

  /// What models are judged with.
  private struct Means: Sendable {
    let targets: [Target]
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
    _ targets: [Target], _ catalogue: OperatorCatalogue, _ doors: FrontDoors,
    _ estimator: Estimator?
  ) throws(KnowledgeFailure) -> Means {
    Means(
      targets: targets, catalogue: catalogue, doors: doors,
      conversions: options.profilesTargets ? try knowledge.conversions() : nil,
      estimator: estimator)
  }

  private func read(_ path: String) -> Result<LoadedModel, ModelFailure> {
    options.willRead?(path)
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

  /// How the judgements of the targets are gone through: one after the other or at the same time.
  private typealias Mapping = (
    [Target], @escaping @Sendable (Target) -> JudgedTarget?
  ) -> [JudgedTarget?]

  /// Judges a model that has been read.
  private func report(
    on model: LoadedModel, path: String, _ inferred: Inferred, _ means: Means, mapping: Mapping
  ) -> ModelReport {
    let graph = model.graph
    let annotations = inferred.annotations
    let structure = inferred.structure
    let facts = inferred.facts
    let fallbacks = Fallbacks(facts, inferred.work)
    let costs = costs(of: graph, annotations, means)
    let judged = mapping(means.targets) { judge(facts, $0, means, fallbacks, costs) }
      .compactMap(\.self)
    var porting = means.estimator.map { estimator in
      PortingSurvey(
        facts, graph, annotations, means.catalogue, estimator,
        isValid: !structure.contains { $0.severity == .error })
    }
    var report = ModelReport(
      path: path,
      summary: ModelSummary(
        of: graph, format: model.format.rawValue, byteCount: model.byteCount,
        hasDigest: options.hasDigests),
      structure: structure,
      targets: judged.map { estimated($0, path, means, &porting) },
      values: options.listsValues ? ValueSummary.all(in: graph, annotations) : nil,
      cost: summary(costs, means))
    if options.effort?.joinsTargets == true { report.effort = porting?.together() }
    return report
  }

  /// A model's cost with what it was counted by.
  private struct Costs: Sendable {
    let graph: ModelGraph
    let annotations: Annotations
    let cost: ModelCost
  }

  /// Costs are counted when they are asked for.
  ///
  /// To compare targets, language models are costed for a prompt: judging leaves lengths open, but
  /// shares of the work need them.
  private func costs(
    of graph: ModelGraph, _ annotations: Annotations, _ means: Means
  ) -> Costs? {
    options.promptTokens.map { tokens in
      var known = annotations
      if options.profilesTargets, let language = LanguageModel(graph) {
        let pins = language.pins(for: graph, newTokens: tokens, past: 0)
        known = Inference.annotate(
          graph, catalogue: means.catalogue, pins: options.pins.joined(with: pins))
      }
      return Costs(graph: graph, annotations: known, cost: ModelCost(of: graph, known))
    }
  }

  private func summary(_ costs: Costs?, _ means: Means) -> CostSummary? {
    guard let costs, let tokens = options.promptTokens else { return nil }
    return CostSummary(of: costs.graph, costs.cost, promptTokens: tokens) { pins in
      Inference.annotate(
        costs.graph, catalogue: means.catalogue, pins: options.pins.joined(with: pins))
    }
  }

  /// A target's report, with what it was made of while estimates are still to come.
  private struct JudgedTarget: Sendable {
    let report: TargetReport
    let target: Target
    let judgement: Judgement?
  }

  private func judge(
    _ facts: ValueFacts, _ target: Target, _ means: Means, _ fallbacks: Fallbacks, _ costs: Costs?
  ) -> JudgedTarget? {
    guard let door = means.doors[target.frontDoor] else { return nil }
    let judgement = Judgement.of(
      facts, on: door, device: target.device, catalogue: means.catalogue,
      mapping: means.doors.mapping, doors: { means.doors[$0] })
    var report = TargetReport(
      target: target.name, title: "\(target.stack.title), \(door.title)",
      version: door.version, judgement: judgement, notes: door.notes,
      fallback: fallbacks.fallback(of: judgement),
      isThroughPyTorch: door.speaks == .aten)
    if let limit = options.evidenceLimit {
      report = report.marked(by: limit, dates: judgement.dates)
    }
    if let costs, let conversions = means.conversions {
      report.profile = TargetProfile(
        judgement, costs.cost, costs.annotations, costs.graph, on: door, target,
        opsets: OpsetZone.of(
          facts, on: door, device: target.device, catalogue: means.catalogue,
          conversions: conversions, doors: { means.doors[$0] }))
    }
    return JudgedTarget(
      report: report, target: target, judgement: means.estimator == nil ? nil : judgement)
  }

  /// The report with what the port costs, if that was asked for.
  private func estimated(
    _ judged: JudgedTarget, _ path: String, _ means: Means, _ porting: inout PortingSurvey?
  ) -> TargetReport {
    guard let judgement = judged.judgement, let effort = options.effort,
      let door = means.doors[judged.target.frontDoor]
    else { return judged.report }
    var report = judged.report
    report.effort = porting?.estimate(judgement, judged.target, door, means.doors.mapping) {
      means.doors[$0]
    }
    if let estimate = report.effort?.estimate {
      if effort.plans { report.plan = porting?.plan(estimate, model: path) }
      if effort.packages { report.packages = porting?.packages(estimate) ?? [] }
    }
    return report
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
  /// Whether the report tells the digest of each model, which takes a look at all its bytes but the
  /// weights.
  public var hasDigests: Bool
  /// Is told the path of each model before it is read, from any thread.
  public var willRead: (@Sendable (String) -> Void)?

  /// Whether targets get what comparing them takes.
  public var profilesTargets = false
  /// How old evidence may be before it is marked; nil marks none.
  public var evidenceLimit: EvidenceLimit?

  /// How efforts are estimated; nil leaves them out.
  public var effort: EffortOptions?

  /// Makes options; without arguments nothing is pinned, listed, costed or digested.
  public init(
    pins: InputPins = .none, listsValues: Bool = false, promptTokens: Int64? = nil,
    hasDigests: Bool = false, willRead: (@Sendable (String) -> Void)? = nil
  ) {
    self.hasDigests = hasDigests
    self.willRead = willRead
    self.pins = pins
    self.listsValues = listsValues
    self.promptTokens = promptTokens
  }
}

/// The front doors of some targets, and those that they fall back on or hand operators to.
private struct FrontDoors: Sendable {
  private var doors: [FrontDoorName: FrontDoor] = [:]
  /// How ONNX's operators are computed by PyTorch's, if a door speaks these.
  private(set) var mapping: OperatorMapping?

  init(
    _ knowledge: Knowledge, _ targets: [Target], operators: Set<String>?,
    with routes: RouteRules? = nil
  ) throws(KnowledgeFailure) {
    var waiting = Set(targets.map(\.frontDoor))
    waiting.formUnion(waiting.compactMap { routes?.library(of: $0) })
    var needed: Set<String>?
    while !waiting.isEmpty {
      let names = waiting.sorted { $0.description < $1.description }
      let speakAten = try names.map { (name) throws(KnowledgeFailure) in
        try knowledge.speaksAten(name)
      }
      if speakAten.contains(true), mapping == nil {
        let mapping = try knowledge.mapping(operators: operators)
        if operators != nil { needed = mapping.neededNames }
        self.mapping = mapping
      }
      let read = Parallel.map(Array(zip(names, speakAten))) { [needed] name, speaksAten in
        Self.door(name, speaksAten ? needed : operators, knowledge)
      }
      for door in read {
        let door = try door.get()
        doors[door.name] = door
      }
      waiting = Set(read.flatMap { (try? $0.get())?.neededDoors ?? [] })
      waiting.subtract(doors.keys)
    }
  }

  private static func door(
    _ name: FrontDoorName, _ operators: Set<String>?, _ knowledge: Knowledge
  ) -> Result<FrontDoor, KnowledgeFailure> {
    Result { () throws(KnowledgeFailure) in
      try knowledge.frontDoor(name, operators: operators)
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
