import Capabilities
import Compatibility
import ModelGraph
public import ModelReading
public import Reporting
import RuleFiles

/// Reads models and judges them: the stages of the pipeline put together.
public struct Analysis: Sendable {
  private let knowledge: Knowledge
  private let targets: [Target]
  /// Every front door that a target needs, by name.
  private let doors: [FrontDoorName: FrontDoor]

  /// Prepares to judge by some targets, loading the doors that they fall back on.
  ///
  /// - Throws: `KnowledgeFailure` when such a door is missing or invalid.
  public init(_ knowledge: Knowledge, targets: [Target]) throws(KnowledgeFailure) {
    self.knowledge = knowledge
    self.targets = targets
    var doors: [FrontDoorName: FrontDoor] = [:]
    for target in targets { doors[target.frontDoor.name] = target.frontDoor }
    for target in targets {
      for name in target.frontDoor.neededDoors where doors[name] == nil {
        doors[name] = try knowledge.frontDoor(name)
      }
    }
    self.doors = doors
  }

  /// Reads and judges models; those that cannot be read do not stop the others.
  ///
  /// - Throws: `KnowledgeFailure` when the rules cannot be read for their digest.
  public func report(
    onModelsAt paths: [String], toolVersion: String
  ) throws(KnowledgeFailure) -> Report {
    Report(
      toolVersion: toolVersion, rulesOrigin: knowledge.rules.origin.description,
      rulesDigest: try knowledge.digest(), models: paths.map(report(onModelAt:)))
  }

  /// Reads and judges one model.
  ///
  /// A model that cannot be read gives a report that says why.
  public func report(onModelAt path: String) -> ModelReport {
    do {
      return report(on: try ModelReader.read(path: path), path: path)
    } catch {
      return ModelReport(
        path: path, failure: ModelFailure(reason: error.reason, position: error.position))
    }
  }

  /// Judges a model that has been read.
  public func report(on model: LoadedModel, path: String) -> ModelReport {
    let graph = model.graph
    var structure = StructureCheck.findings(in: graph, catalogue: knowledge.catalogue)
    if path != "-" {
      structure += ExternalDataFile.findings(
        for: graph.externalDataProblems(inFolder: folder(of: path)))
    }
    let facts = ValueFacts(declaredIn: graph)
    return ModelReport(
      path: path,
      summary: ModelSummary(
        of: graph, format: model.format.rawValue, byteCount: model.byteCount),
      structure: structure, targets: targets.map { report(on: facts, $0) })
  }

  private func report(on facts: ValueFacts, _ target: Target) -> TargetReport {
    let judgement = Judgement.of(
      facts, on: target.frontDoor, device: target.device, catalogue: knowledge.catalogue,
      doors: { doors[$0] })
    return TargetReport(
      target: target.name, title: "\(target.stack.title), \(target.frontDoor.title)",
      version: target.frontDoor.version, judgement: judgement, notes: target.frontDoor.notes)
  }

  private func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

extension FrontDoor {
  /// Doors that this one falls back on or hands operators to.
  var neededDoors: [FrontDoorName] {
    var names = Set(records.compactMap(\.decidedBy))
    if case .runsOnCPU(let host?) = onMissing { names.insert(host) }
    return names.sorted { $0.description < $1.description }
  }
}
