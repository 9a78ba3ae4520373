import Bytes
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

  private func effortFile(_ path: String) throws(KnowledgeFailure) -> EffortFiles.File {
    do {
      let file = try rules.file(path)
      return (file.location, file.source)
    } catch { throw .rules(error) }
  }
}
