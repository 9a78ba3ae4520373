import Bytes
import Capabilities
import Compatibility
import Inference
public import ModelGraph
public import OperatorCatalogue
public import Porting
import RuleFiles

/// What estimates are made with, beyond the rules.
public struct EffortOptions: Sendable {
  /// What the user knows or wants.
  public var policy = EstimatePolicy()
  /// A file with numbers of the user's own.
  public var overrides: EffortFiles.File?
  /// Whether the targets are also estimated together, where kernels and rewrites are reused.
  public var joinsTargets = false
  /// Whether plans are made of the estimates.
  public var plans = false
  /// Whether request packages are made of operators that are to be written.
  public var packages = false

  /// Makes options: the evidence's numbers, a first port, all routes.
  public init() {}
}

extension Knowledge {
  /// Whether the rules hold what estimates take; folders of one's own may hold manifests alone.
  public var estimatesEffort: Bool { (try? rules.file("effort/tasks.json")) != nil }

  /// Loads what work costs and which ways there are.
  ///
  /// - Throws: `KnowledgeFailure` when a file is missing or invalid.
  public func estimator(_ options: EffortOptions = .init()) throws(KnowledgeFailure) -> Estimator {
    let files = EffortFiles(
      tasks: try effortFile("effort/tasks.json"),
      spreads: try effortFile("effort/spreads.json"),
      parameters: try effortFile("effort/parameters.json"),
      operators: try effortFile("effort/operators.json"),
      grades: try effortFile("effort/grades.json"))
    let ways = RouteFiles(
      routes: try effortFile("routes/routes.json"), stacks: try effortFile("routes/stacks.json"),
      recipes: try effortFile("routes/recipes.json"))
    do {
      var effort = try EffortRules(files)
      if let (name, source) = options.overrides {
        effort = try effort.overridden(by: name, source)
      }
      return Estimator(effort, try RouteRules(ways, effort), options.policy)
    } catch { throw .effort(error) }
  }

  /// The ways to deal with findings on an operator on a target, with what they cost.
  ///
  /// - Throws: `KnowledgeFailure` when a file is missing or invalid.
  public func routes(
    for operation: OperatorIdentity, on target: Target, _ estimator: Estimator,
    _ catalogue: OperatorCatalogue
  ) throws(KnowledgeFailure) -> [OperatorRoute] {
    func ability(_ name: FrontDoorName) throws(KnowledgeFailure) -> DoorAbility {
      let door = try frontDoor(name)
      let trial = DoorTrial(
        door, device: target.device, catalogue: catalogue,
        mapping: door.speaks == .aten ? try mapping() : nil, doors: { try? frontDoor($0) })
      return DoorAbility(
        trial, catalogue: catalogue, opsets: catalogue.opsets(inWhich: door, takes: operation))
    }
    // There is no model yet.
    let graph = ModelGraph(source: ByteSource([]))
    let annotations = Inference.annotate(graph, catalogue: catalogue)
    let judged = JudgedGraph(ValueFacts(graph, annotations), graph, annotations)
    let library = estimator.routes.library(of: target.frontDoor)
    let ported = PortingTarget(
      name: target.name, stack: target.stack.name, ability: try ability(target.frontDoor),
      library: try library.map { (name) throws(KnowledgeFailure) in try ability(name) }, gaps: [],
      model: PortedModel(isGenerative: false, operatorCount: 1), graph: judged,
      stages: HeavyStages(judged, estimator.effort))
    return estimator.routes(for: operation, on: ported)
  }

  private func effortFile(_ path: String) throws(KnowledgeFailure) -> EffortFiles.File {
    do {
      let file = try rules.file(path)
      return (file.location, file.source)
    } catch { throw .rules(error) }
  }
}

extension OperatorCatalogue {
  /// The newest opset of each domain; of the operator's own, the newest in which a door takes it.
  fileprivate func opsets(
    inWhich door: FrontDoor, takes operation: OperatorIdentity
  ) -> [OpsetImport] {
    let records = door.records(domain: operation.domain, name: operation.name)
      .filter { $0.status == .supported }
    func isTaken(_ opset: Int) -> Bool {
      let since = versions(domain: operation.domain, name: operation.name)
        .last { $0.since <= opset }.map { Int64($0.since) }
      return records.contains {
        $0.versions.matches(opset: Int64(opset), sinceVersion: since, by: door.matching) == true
      }
    }
    return domains.compactMap { domain in
      guard let newest = newestOpset(of: domain) else { return nil }
      let taken =
        domain == operation.domain
        ? stride(from: newest, to: 0, by: -1).first(where: isTaken) : nil
      return OpsetImport(domain: domain, version: Int64(taken ?? newest))
    }
  }
}
