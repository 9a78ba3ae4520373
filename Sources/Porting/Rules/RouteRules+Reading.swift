import Capabilities
import ModelGraph

/// The files that route rules are read from.
public struct RouteFiles: Sendable {
  let routes: EffortFiles.File
  let stacks: EffortFiles.File
  let recipes: EffortFiles.File

  /// Names the files.
  public init(routes: EffortFiles.File, stacks: EffortFiles.File, recipes: EffortFiles.File) {
    self.routes = routes
    self.stacks = stacks
    self.recipes = recipes
  }
}

extension RouteRules {
  /// Reads the routes and checks them against the tasks they name.
  ///
  /// - Throws: `EffortFailure` for unknown tasks, parameters and classes, and recipes that lead back
  ///   to themselves.
  public init(_ files: RouteFiles, _ effort: EffortRules) throws(EffortFailure) {
    let tree = try JSONTree.read(file: files.routes.name, files.routes.source)
    let table = try tree.document("regauge/routes/1", ["routes", "doors"])
    var routes: [Route] = []
    for entry in try tree.required("routes", in: table).elements() {
      let route = try Self.route(entry, effort)
      if routes.contains(where: { $0.name == route.name }) {
        throw entry.failure("the route \"\(route.name)\" is given twice")
      }
      routes.append(route)
    }
    self.routes = routes
    doors = try Self.doors(try tree.required("doors", in: table))
    let stacks = try JSONTree.read(file: files.stacks.name, files.stacks.source)
    self.stacks = try Self.stacks(stacks, effort)
    recipes = try Self.recipes(try JSONTree.read(file: files.recipes.name, files.recipes.source))
  }

  private static func route(
    _ tree: JSONTree, _ effort: EffortRules
  ) throws(EffortFailure) -> Route {
    let table = try tree.object([
      "route", "title", "grade", "part", "rules", "verdicts", "classes", "domains", "requires",
      "tasks", "basis",
    ])
    for name in try table["classes"]?.elements() ?? [] {
      let text = try name.text()
      guard effort.classes.contains(where: { $0.name == text }) else {
        throw name.failure("there is no class \"\(text)\"")
      }
    }
    let tasks = try tree.required("tasks", in: table).elements()
      .map { (entry) throws(EffortFailure) in try task(entry, effort) }
    guard !tasks.isEmpty else { throw tree.failure("the route has no task") }
    return Route(
      name: try tree.required("route", in: table).text(),
      title: try tree.required("title", in: table).text(),
      grade: try tree.required("grade", in: table).choice(),
      part: try tree.required("part", in: table).choice(),
      rules: Set(try table["rules"]?.texts() ?? []),
      verdicts: Set(try table["verdicts"]?.texts() ?? []),
      classes: try table["classes"]?.texts().asSet, domains: try table["domains"]?.texts().asSet,
      need: try table["requires"]?.choice(), tasks: tasks,
      basis: try tree.required("basis", in: table).text())
  }

  private static func task(
    _ tree: JSONTree, _ effort: EffortRules
  ) throws(EffortFailure) -> RouteTask {
    let table = try tree.object(["task", "per", "count", "unless"])
    let id = try tree.required("task", in: table)
    let name = try id.text()
    guard name == "native-kernel" || effort.tasks.contains(where: { $0.id == name }) else {
      throw id.failure("there is no task \"\(name)\"")
    }
    var count = Count.number(1)
    if let entry = table["count"] {
      if case .string(let text) = entry.value {
        count = text == "triton-override-share" ? .overrideShare : .parameter(text)
        guard count == .overrideShare || effort.parameterValues[text] != nil else {
          throw entry.failure("there is no parameter \"\(text)\"")
        }
      } else {
        count = .number(try entry.number())
      }
    }
    return RouteTask(
      id: name == "native-kernel" ? nil : name, per: try tree.required("per", in: table).choice(),
      count: count, unless: try table["unless"]?.choice())
  }

  private static func doors(
    _ tree: JSONTree
  ) throws(EffortFailure) -> [FrontDoorName: DoorRoutes] {
    var doors: [FrontDoorName: DoorRoutes] = [:]
    for entry in try tree.elements() {
      let table = try entry.object(["door", "importer", "library", "basis"])
      _ = try entry.required("basis", in: table).text()
      doors[try door(try entry.required("door", in: table))] = DoorRoutes(
        hasOpenImporter: try table["importer"]?.text() == "extendable",
        library: try table["library"].map { (tree) throws(EffortFailure) in try door(tree) })
    }
    return doors
  }

  private static func door(_ tree: JSONTree) throws(EffortFailure) -> FrontDoorName {
    let text = try tree.text()
    guard let name = FrontDoorName(text) else {
      throw tree.failure("is not of the form stack/door")
    }
    return name
  }

  private static func stacks(
    _ tree: JSONTree, _ effort: EffortRules
  ) throws(EffortFailure) -> [String: StackRoutes] {
    let table = try tree.document("regauge/routes-stacks/1", ["stacks"])
    var stacks: [String: StackRoutes] = [:]
    for entry in try tree.required("stacks", in: table).elements() {
      let fields = try entry.object([
        "stack", "dialect", "language", "bringUp", "tritonOverrideShare", "basis",
      ])
      let bringUp = try entry.required("bringUp", in: fields)
      let task = try bringUp.text()
      guard effort.task(task) != nil else { throw bringUp.failure("there is no task \"\(task)\"") }
      let name = try entry.required("stack", in: fields).text()
      stacks[name] = StackRoutes(
        name: name, dialect: try entry.required("dialect", in: fields).choice(),
        language: try entry.required("language", in: fields).text(), bringUp: task,
        tritonOverrideShare: try fields["tritonOverrideShare"]?.number(),
        basis: try entry.required("basis", in: fields).text())
    }
    return stacks
  }

  private static func recipes(
    _ tree: JSONTree
  ) throws(EffortFailure) -> [OperatorIdentity: [OperatorIdentity]] {
    let table = try tree.document("regauge/routes-recipes/1", ["basis", "recipes"])
    var recipes: [OperatorIdentity: [OperatorIdentity]] = [:]
    let entries = try tree.required("recipes", in: table).elements()
    for entry in entries {
      let fields = try entry.object(["operator", "into"])
      let operation = try identity(try entry.required("operator", in: fields))
      guard recipes[operation] == nil else {
        throw entry.failure("the recipe of \(operation) is given twice")
      }
      recipes[operation] = try entry.required("into", in: fields).elements()
        .map { (tree) throws(EffortFailure) in try identity(tree) }
    }
    for (entry, operation) in zip(entries, try entries.map(operation(of:))) {
      if let circle = circle(from: operation, recipes) {
        let path = circle.map(\.description).joined(separator: " → ")
        throw entry.failure("the recipe leads back to itself: \(path)")
      }
    }
    return recipes
  }

  private static func operation(of entry: JSONTree) throws(EffortFailure) -> OperatorIdentity {
    let fields = try entry.object(["operator", "into"])
    return try identity(try entry.required("operator", in: fields))
  }

  private static func identity(_ tree: JSONTree) throws(EffortFailure) -> OperatorIdentity {
    let text = try tree.text()
    guard let mark = text.firstIndex(of: ":"), text[mark...].hasPrefix("::") else {
      throw tree.failure("is not of the form domain::operator")
    }
    return OperatorIdentity(
      domain: String(text[..<mark]), name: String(text[text.index(mark, offsetBy: 2)...]))
  }

  /// The way from an operator through recipes back to it; nil when there is none.
  private static func circle(
    from start: OperatorIdentity, _ recipes: [OperatorIdentity: [OperatorIdentity]]
  ) -> [OperatorIdentity]? {
    var seen: Set<OperatorIdentity> = []
    var waiting = [[start]]
    while let path = waiting.popLast() {
      guard let last = path.last else { continue }
      for next in recipes[last] ?? [] {
        if next == start { return path + [next] }
        if seen.insert(next).inserted { waiting.append(path + [next]) }
      }
    }
    return nil
  }
}

extension [String] {
  fileprivate var asSet: Set<String> { Set(self) }
}
