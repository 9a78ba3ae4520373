import Bytes
import Capabilities
import CommandLineKit
import Porting
import Regauge

/// `regauge effort`: what work costs, hours of one's own, and how estimates compare with history.
enum EffortCommand {
  static let command = Command(
    "effort", summary: "Show what work is assumed to cost, record hours, compare with histories",
    subcommands: [show, record, backtest])

  // MARK: Show

  private static let show = Command(
    "show", summary: "Print tasks with hours and parameters, and what they rest on",
    options: [EffortCommandOptions.file]
  ) { arguments in
    var options = EffortOptions()
    if let path = try arguments[EffortCommandOptions.file] {
      options.overrides = (path, try EffortCommandOptions.open(path))
    }
    let estimator = try CommonOptions.knowledge(arguments).estimator(options)
    let effort = estimator.effort
    var text = "Tasks: hours at best / likely / at worst, expected, P10–P90, again at this share\n"
    for task in effort.tasks { text += line(task, effort) }
    text += "\nSpreads: standard deviation of the logarithm of hours, about the expected\n"
    for (spread, tasks) in spreads(effort) {
      text += "  \(tasks.joined(separator: ", ")): \(spread)\n"
    }
    text += "\nParameters\n"
    for parameter in effort.parameters {
      let note = parameter.note.map { "; \($0)" } ?? ""
      text += "  \(parameter.name) = \(number(parameter.value))  (\(parameter.basis)\(note))\n"
    }
    text += "\nRoutes\n"
    for route in estimator.routes.routes {
      text += "  \(route.name)  \(route.title) [\(route.grade.rawValue)]; \(route.basis)\n"
    }
    try RegaugeTool.print(text)
    return ExitCode.clean
  }

  private static func line(_ task: EffortRules.Task, _ effort: EffortRules) -> String {
    let hours = task.hours
    let range = hours.range(spread: effort.spread(of: task))
    let points = [hours.optimistic, hours.likely, hours.pessimistic].map(number)
    let name = task.operatorClass.map { "\(task.id)/\($0)" } ?? task.id
    return "  \(name)  \(task.title): \(points.joined(separator: "/")) h, \(number(hours.mean)), "
      + "\(number(range.p10))–\(number(range.p90)), "
      + "\(number(task.repeatFactor))  (\(task.basis); \(task.evidence))\n"
  }

  /// Spreads with what they rest on, each with its tasks, in the order of these.
  private static func spreads(_ effort: EffortRules) -> [(String, [String])] {
    var groups: [(spread: String, tasks: [String])] = []
    for task in effort.tasks {
      let known = effort.spread(of: task) == nil ? nil : task.spread
      let spread =
        known.map { "\(number($0.deviation))  (\($0.basis))" }
        ?? "none; standard deviation (P − O)/6 of the hours"
      let place = groups.firstIndex { $0.spread == spread }
      if let place, !groups[place].tasks.contains(task.id) { groups[place].tasks.append(task.id) }
      if place == nil { groups.append((spread, [task.id])) }
    }
    return groups
  }

  private static func number(_ value: Double) -> String {
    let text = "\((value * 100).rounded() / 100)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  // MARK: Record

  private static let task = Option<String?>(
    "task", placeholder: "ID", as: .text, help: "The finished task, such as N2.")
  private static let operatorClass = Option<String?>(
    "class", placeholder: "CLASS", as: .text, help: "Its class of operators, where hours differ.")
  private static let hours = Option<Double?>(
    "hours", placeholder: "H", as: .number(in: 0.01...100_000), help: "Hours that it took.")
  private static let expected = Option<Double?>(
    "expected", placeholder: "H", as: .number(in: 0.01...100_000),
    help: "Hours that were expected [default: the evidence's mean].")
  private static let file = Option(
    "file", placeholder: "FILE", as: .path(.files), default: "regauge-effort.jsonl",
    help: "The file that the record is added to.")

  private static let record = Command(
    "record", summary: "Add the hours that a finished task took to a file",
    discussion: """
      Estimates with --effort-records FILE scale the task's hours by (sum of hours/expected + \
      strength) / (n + strength): the more records, the more they count against the evidence.
      """,
    options: [task, operatorClass, hours, expected, file],
    examples: [
      Example(
        "A native kernel", "regauge effort record --task N2 --class attention --hours 150")
    ]
  ) { arguments in
    guard let id = try arguments[task], let hours = try arguments[hours] else {
      throw arguments.failure("name the task and the hours, as in --task N2 --hours 150")
    }
    let effort = try CommonOptions.knowledge(arguments).estimator().effort
    let name = try arguments[operatorClass]
    guard let found = effort.task(id, class: name) else {
      throw arguments.failure(
        "there is no task \(id)\(name.map { " of class \($0)" } ?? ""); see regauge effort show")
    }
    let path = try arguments[file]
    var bytes: [UInt8] = []
    if let old = try? ByteSource.open(path) {
      do { _ = try Calibration(file: path, old) } catch let failure as EffortFailure {
        throw KnowledgeFailure.effort(failure)
      }
      bytes = old.withBytes { span in span.indices.map { span[$0] } }
      if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
    }
    let record = Calibration.Record(
      task: id, operatorClass: name, hours: hours,
      expected: try arguments[expected] ?? found.hours.mean)
    try OutputFile.write(bytes + Calibration.line(record), to: path)
    try RegaugeTool.print(
      "\(path): \(id) took \(number(hours)) h, expected were \(number(record.expected)) h\n")
    return ExitCode.clean
  }

  // MARK: Backtest

  private static let backtest = Command(
    "backtest", summary: "Compare the hours of tasks with a history of changes",
    discussion: """
      HISTORY is a CSV table with the columns repo, work_kind and active_days. For each kind of work \
      the share of changes within the task's interval is printed, in commit-day effort: a change of d \
      days took more than d - 1 and at most d full days of 5 h. 70 to 90 % is what an interval from \
      P10 to P90 should hold.
      """,
    options: [EffortCommandOptions.file],
    operands: [Operand("history", completion: .files, help: "CSV table of changes.")]
  ) { arguments in
    var options = EffortOptions()
    if let path = try arguments[EffortCommandOptions.file] {
      options.overrides = (path, try EffortCommandOptions.open(path))
    }
    let effort = try CommonOptions.knowledge(arguments).estimator(options).effort
    let path = arguments.operands.first ?? ""
    let result: Backtest
    do {
      result = try Backtest(effort, file: path, try EffortCommandOptions.open(path))
    } catch let failure as ManifestFailure {
      throw KnowledgeFailure.manifest(failure)
    }
    var text = "task  kinds  repository  changes  P10–P90 h  held  O–P h  held\n"
    for row in result.rows {
      let isHeld = (0.7...0.9).contains(row.covered)
      text += "\(row.task)  \(row.kinds.joined(separator: ", "))  "
      text += "\(row.repository ?? "all")  \(row.count)  "
      text += "\(number(row.interval.lowerBound))–\(number(row.interval.upperBound))  "
      text += "\(percent(row.covered))\(isHeld ? "" : " !")  "
      text += "\(number(row.points.lowerBound))–\(number(row.points.upperBound))  "
      text += "\(percent(row.coveredByPoints))\n"
    }
    try RegaugeTool.print(text)
    return ExitCode.clean
  }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
