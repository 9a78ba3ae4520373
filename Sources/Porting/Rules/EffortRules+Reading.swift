public import Bytes

/// The files that effort rules are read from.
public struct EffortFiles: Sendable {
  /// A file with the name that failures give.
  public typealias File = (name: String, source: ByteSource)

  let tasks: File
  let spreads: File
  let parameters: File
  let operators: File
  let grades: File

  /// Names the files.
  public init(tasks: File, spreads: File, parameters: File, operators: File, grades: File) {
    self.tasks = tasks
    self.spreads = spreads
    self.parameters = parameters
    self.operators = operators
    self.grades = grades
  }
}

extension EffortRules {
  /// Parameters that estimates cannot do without.
  static let neededParameters = [
    "hours_per_person_day", "project_overhead_share", "correlation_rho", "workdays_per_week",
    "learning_slope_native", "learning_slope_triton", "learning_floor", "experienced_tasks",
    "same_signature_repeat", "same_op_other_attribute_mode", "second_simt_vendor",
    "second_dsa_vendor", "defects_per_new_kernel", "accuracy_issues_per_llm",
    "accuracy_issues_other_model", "tuning_changes_per_llm", "tuning_share_of_operators",
    "tuning_least", "tuning_share_of_crossings", "large_crossing_kilobytes",
    "operator_check_factor", "operator_check_factor_further_chip",
    "reexport_factor", "triton_bring_up_further_chip", "calibration_prior_strength",
    "most_spread_in_sums", "correlation_of_spreads",
  ]
  /// Tasks that estimates cannot do without, beside those that routes name.
  static let neededTasks = ["K1", "V1", "V2", "V3", "E1", "E2", "E3", "P1", "P2", "S3", "T2"]

  /// Reads and checks the rules.
  ///
  /// - Throws: `EffortFailure` with the place of what is wrong.
  public init(_ files: EffortFiles) throws(EffortFailure) {
    let operators = try JSONTree.read(file: files.operators.name, files.operators.source)
    var classes: [OperatorClass] = []
    var places: [String: Int] = [:]
    for tree in try Self.list("regauge/effort-operators/1", "classes", operators) {
      let entry = try Self.operatorClass(tree, &places, classes.count)
      if classes.contains(where: { $0.name == entry.name }) {
        throw tree.failure("the class \"\(entry.name)\" is given twice")
      }
      classes.append(entry)
    }
    let tasks = try JSONTree.read(file: files.tasks.name, files.tasks.source)
    let names = Set(classes.map(\.name))
    var found: [Task] = []
    for tree in try Self.list("regauge/effort-tasks/1", "tasks", tasks) {
      let task = try Self.task(tree, classes: names)
      if found.contains(where: { $0.id == task.id && $0.operatorClass == task.operatorClass }) {
        throw tree.failure("the task \(Self.key(task.id, task.operatorClass)) is given twice")
      }
      found.append(task)
    }
    for id in Self.neededTasks where !found.contains(where: { $0.id == id }) {
      throw tasks.failure("the task \"\(id)\" is missing")
    }
    try Self.setSpreads(of: &found, files.spreads)
    let parameters = try JSONTree.read(file: files.parameters.name, files.parameters.source)
    var values: [Parameter] = []
    for tree in try Self.list("regauge/effort-parameters/1", "parameters", parameters) {
      values.append(try Self.parameter(tree))
    }
    for name in Self.neededParameters where !values.contains(where: { $0.name == name }) {
      throw parameters.failure("the parameter \"\(name)\" is missing")
    }
    let grades = try Self.grades(try JSONTree.read(file: files.grades.name, files.grades.source))
    self.init(
      tasks: found, parameters: values, classes: classes, classByOperator: places,
      letters: grades.letters, sizes: grades.sizes)
  }

  private static func list(
    _ schema: String, _ key: String, _ tree: JSONTree
  ) throws(EffortFailure) -> [JSONTree] {
    try tree.required(key, in: try tree.document(schema, [key])).elements()
  }

  private static func operatorClass(
    _ tree: JSONTree, _ places: inout [String: Int], _ place: Int
  ) throws(EffortFailure) -> OperatorClass {
    let table = try tree.object(["class", "triton", "cpu", "hostOnly", "note", "operators"])
    for name in try tree.required("operators", in: table).elements() {
      let text = try name.text()
      guard places[text] == nil else { throw name.failure("\(text) is in two classes") }
      places[text] = place
    }
    return OperatorClass(
      name: try tree.required("class", in: table).text(),
      triton: try tree.required("triton", in: table).choice(),
      cpu: try tree.required("cpu", in: table).choice(),
      isHostOnly: try tree.required("hostOnly", in: table).boolean(),
      note: try tree.required("note", in: table).text())
  }

  private static func task(
    _ tree: JSONTree, classes: Set<String>
  ) throws(EffortFailure) -> Task {
    let table = try tree.object([
      "id", "title", "scope", "class", "hours", "repeat", "measured", "basis", "evidence", "note",
      "history", "changes",
    ])
    return Task(
      id: try tree.required("id", in: table).text(),
      title: try tree.required("title", in: table).text(),
      scope: try tree.required("scope", in: table).text(),
      operatorClass: try known(table["class"], classes),
      hours: try hours(try tree.required("hours", in: table)),
      repeatFactor: try share(table["repeat"]) ?? 1,
      isMeasured: try tree.required("measured", in: table).boolean(),
      basis: try tree.required("basis", in: table).text(),
      evidence: try tree.required("evidence", in: table).text(),
      note: try table["note"]?.text(), history: try table["history"]?.texts() ?? [],
      changes: try table["changes"]?.count())
  }

  /// Gives each task the spread of its own, or that of `*`.
  private static func setSpreads(
    of tasks: inout [Task], _ file: EffortFiles.File
  ) throws(EffortFailure) {
    let tree = try JSONTree.read(file: file.name, file.source)
    var spreads: [String: Spread] = [:]
    for entry in try list("regauge/effort-spreads/1", "spreads", tree) {
      let table = try entry.object([
        "task", "deviation", "measured", "changes", "repositories", "basis",
      ])
      let id = try entry.required("task", in: table)
      let name = try id.text()
      guard name == "*" || tasks.contains(where: { $0.id == name }) else {
        throw id.failure("there is no task \"\(name)\"")
      }
      guard spreads[name] == nil else { throw id.failure("the task \"\(name)\" is given twice") }
      spreads[name] = Spread(
        deviation: try deviation(try entry.required("deviation", in: table)),
        basis: try entry.required("basis", in: table).text())
    }
    guard let other = spreads["*"] else {
      throw tree.failure("the spread of \"*\", for tasks without one of their own, is missing")
    }
    for place in tasks.indices { tasks[place].spread = spreads[tasks[place].id] ?? other }
  }

  /// A standard deviation of a logarithm; beyond 3, P10 and P90 are more than three powers of ten apart.
  private static func deviation(_ tree: JSONTree) throws(EffortFailure) -> Double {
    let value = try tree.number()
    guard value <= 3 else { throw tree.failure("\(value) is more than 3") }
    return value
  }

  private static func known(
    _ tree: JSONTree?, _ classes: Set<String>
  ) throws(EffortFailure) -> String? {
    guard let tree else { return nil }
    let name = try tree.text()
    guard classes.contains(name) else {
      throw tree.failure(
        "there is no class \"\(name)\"; known are \(classes.sorted().joined(separator: ", "))")
    }
    return name
  }

  private static func hours(_ tree: JSONTree) throws(EffortFailure) -> ThreePointHours {
    let numbers = try tree.elements().map { (element) throws(EffortFailure) in
      try element.number()
    }
    guard numbers.count == 3 else {
      throw tree.failure("hours are [optimistic, likely, pessimistic]")
    }
    guard numbers[0] <= numbers[1] else {
      throw tree.failure("the optimistic hours, \(numbers[0]), exceed the likely, \(numbers[1])")
    }
    guard numbers[1] <= numbers[2] else {
      throw tree.failure("the likely hours, \(numbers[1]), exceed the pessimistic, \(numbers[2])")
    }
    return ThreePointHours(numbers[0], numbers[1], numbers[2])
  }

  private static func share(_ tree: JSONTree?) throws(EffortFailure) -> Double? {
    guard let tree else { return nil }
    let value = try tree.number()
    guard value <= 1 else { throw tree.failure("\(value) is more than 1") }
    return value
  }

  private static func parameter(_ tree: JSONTree) throws(EffortFailure) -> Parameter {
    let table = try tree.object(["name", "value", "basis", "note"])
    let name = try tree.required("name", in: table).text()
    let value = try tree.required("value", in: table)
    return Parameter(
      name: name, value: try checked(value, name),
      basis: try tree.required("basis", in: table).text(), note: try table["note"]?.text())
  }

  private static func checked(_ tree: JSONTree, _ name: String) throws(EffortFailure) -> Double {
    let value = try tree.number()
    switch name {
    case "hours_per_person_day", "workdays_per_week":
      guard value >= 1 else { throw tree.failure("\(value) is less than 1") }
    case "experienced_tasks", "tuning_changes_per_llm", "accuracy_issues_per_llm",
      "calibration_prior_strength", "large_crossing_kilobytes":
      break
    case "most_spread_in_sums":
      guard value <= 1.28 else { throw tree.failure("\(value) is more than 1.28") }
    case _ where neededParameters.contains(name):
      guard value <= 1 else { throw tree.failure("\(value) is more than 1") }
    default: break
    }
    return value
  }

  private static func grades(
    _ tree: JSONTree
  ) throws(EffortFailure) -> (letters: [(grade: Grade, meaning: String)], sizes: [Size]) {
    let table = try tree.document("regauge/effort-grades/1", ["letters", "sizes", "basis"])
    var letters: [(grade: Grade, meaning: String)] = []
    for entry in try tree.required("letters", in: table).elements() {
      let fields = try entry.object(["grade", "meaning"])
      letters.append(
        (
          try entry.required("grade", in: fields).choice(),
          try entry.required("meaning", in: fields).text()
        ))
    }
    var sizes: [Size] = []
    for entry in try tree.required("sizes", in: table).elements() {
      let fields = try entry.object(["size", "upTo", "meaning"])
      let upTo = try fields["upTo"]?.number()
      if let last = sizes.last, (last.upTo ?? .infinity) >= (upTo ?? .infinity) {
        throw entry.failure("sizes have to ascend")
      }
      sizes.append(
        Size(
          size: try entry.required("size", in: fields).count(), upTo: upTo,
          meaning: try entry.required("meaning", in: fields).text()))
    }
    guard sizes.last?.upTo == nil, !sizes.isEmpty else {
      throw tree.failure("the last size must have no upper end")
    }
    return (letters, sizes)
  }
}

// MARK: - Overrides

extension EffortRules {
  /// The rules with numbers of the user's own, from a file of the schema `regauge/effort/1`.
  ///
  /// - Throws: `EffortFailure` for hours that cannot be, unknown tasks, classes and parameters.
  public func overridden(by file: String, _ source: ByteSource) throws(EffortFailure) -> EffortRules
  {
    let tree = try JSONTree.read(file: file, source)
    let table = try tree.document("regauge/effort/1", ["tasks", "parameters"])
    var rules = self
    let names = Set(classes.map(\.name))
    for entry in try table["tasks"]?.elements() ?? [] {
      let fields = try entry.object(["id", "class", "hours", "spread", "repeat", "basis"])
      let id = try entry.required("id", in: fields)
      let name = try id.text()
      let classes = try Self.known(fields["class"], names)
      let places = tasks.indices.filter {
        tasks[$0].id == name && (classes == nil || tasks[$0].operatorClass == classes)
      }
      guard !places.isEmpty else {
        throw id.failure("there is no task \(Self.key(name, classes)); see regauge effort show")
      }
      for place in places {
        if let hours = fields["hours"] {
          rules.tasks[place].hours = try Self.hours(hours)
          // What changes of others spread about is not these hours.
          rules.tasks[place].spread = nil
        }
        if let spread = fields["spread"] {
          rules.tasks[place].spread = Spread(
            deviation: try Self.deviation(spread), basis: "set by \(file)")
        }
        if let factor = try Self.share(fields["repeat"]) {
          rules.tasks[place].repeatFactor = factor
        }
        rules.tasks[place].basis = try fields["basis"]?.text() ?? "set by \(file)"
      }
    }
    for entry in try table["parameters"]?.elements() ?? [] {
      let fields = try entry.object(["name", "value", "basis"])
      let name = try entry.required("name", in: fields)
      let text = try name.text()
      guard let place = parameters.firstIndex(where: { $0.name == text }) else {
        throw name.failure("there is no parameter \"\(text)\"; see regauge effort show")
      }
      let value = try entry.required("value", in: fields)
      rules.parameters[place].value = try Self.checked(value, text)
      rules.parameters[place].basis = try fields["basis"]?.text() ?? "set by \(file)"
    }
    rules.index()
    return rules
  }
}
