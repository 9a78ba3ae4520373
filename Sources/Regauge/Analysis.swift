import Bytes
import Capabilities
import Compatibility
public import Inference
import ModelGraph
import ModelReading
import OperatorCatalogue
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
        let names = Set(model.graph.operators.map(\.name))
        let catalogue = try knowledge.catalogue(operators: names)
        let doors = try FrontDoors(
          knowledge, targets, operators: names.union(catalogue.operatorNames))
        return [report(on: model, path: path, Means(catalogue: catalogue, doors: doors))]
      }
    }
    let means = Means(
      catalogue: try knowledge.catalogue(),
      doors: try FrontDoors(knowledge, targets, operators: nil))
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
    var cost = CostOnDemand(graph, annotations)
    return ModelReport(
      path: path,
      summary: ModelSummary(
        of: graph, format: model.format.rawValue, byteCount: model.byteCount,
        hasDigest: options.hasDigests),
      structure: structure, targets: targets.compactMap { report(on: facts, $0, means, &cost) },
      values: options.listsValues ? ValueSummary.all(in: graph, annotations) : nil,
      cost: summary(of: &cost, means))
  }

  private func summary(of cost: inout CostOnDemand, _ means: Means) -> CostSummary? {
    let graph = cost.graph
    return options.promptTokens.map { tokens in
      CostSummary(of: graph, cost.value, promptTokens: tokens) { pins in
        var all = options.pins
        all.symbols.merge(pins.symbols) { mine, _ in mine }
        all.shapes.merge(pins.shapes) { mine, _ in mine }
        return Inference.annotate(graph, catalogue: means.catalogue, pins: all)
      }
    }
  }

  private func report(
    on facts: ValueFacts, _ target: Target, _ means: Means, _ cost: inout CostOnDemand
  ) -> TargetReport? {
    means.doors[target.frontDoor].map { door in
      let judgement = Judgement.of(
        facts, on: door, device: target.device, catalogue: means.catalogue,
        mapping: means.doors.mapping, doors: { means.doors[$0] })
      return TargetReport(
        target: target.name, title: "\(target.stack.title), \(door.title)",
        version: door.version, judgement: judgement, notes: door.notes,
        fallback: Fallback(facts, judgement, cost: cost.value),
        isThroughPyTorch: door.speaks == .aten)
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
  /// Whether the report tells the digest of each model, which takes a look at all its bytes but the
  /// weights.
  public var hasDigests: Bool
  /// Is told the path of each model before it is read, from any thread.
  public var willRead: (@Sendable (String) -> Void)?

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
private struct FrontDoors {
  private var doors: [FrontDoorName: FrontDoor] = [:]
  /// How ONNX's operators are computed by PyTorch's, if a door speaks these.
  private(set) var mapping: OperatorMapping?

  init(
    _ knowledge: Knowledge, _ targets: [Target], operators: Set<String>?
  ) throws(KnowledgeFailure) {
    var waiting = targets.map(\.frontDoor)
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
