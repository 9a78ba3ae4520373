import Bytes
import CommandLineKit
import Porting
import Regauge

/// Options of the commands that estimate efforts.
enum EffortCommandOptions {
  static let file = Option<String?>(
    "effort", placeholder: "FILE", as: .path(.files),
    help: "Take hours and parameters from FILE where it gives them (schema regauge/effort/1).")
  static let records = Option<String?>(
    "effort-records", placeholder: "FILE", as: .path(.files),
    help: "Scale tasks by the hours recorded in FILE (see regauge effort record).")
  static let knownStack = Option<[String]>(
    "known-stack", placeholder: "STACK", as: .text,
    help:
      "The stack's toolchain runs already, so bring-up is dropped to its repeat share; repeatable.")
  static let team = Option(
    "team", as: ValueFormat.choice(of: EstimatePolicy.Team.self), default: .firstPort,
    help: "How experienced the team is.")
  static let people = Option(
    "people", placeholder: "N", as: .integer(in: 1...1000), default: 1,
    help: "People who work at a time; changes weeks, not person-days.")
  static let route = Option<String?>(
    "route", placeholder: "ROUTE", as: .text,
    help: "Take this route wherever it exists, such as native, triton, rewrite or cpu.")
  static let allow = Option<[String]>(
    "allow", placeholder: "ROUTE", as: .text, help: "Choose among these routes only; repeatable.")
  static let deny = Option<[String]>(
    "deny", placeholder: "ROUTE", as: .text, help: "Do not take this route; repeatable.")
  static let whatIf = Option<[Assumption]>(
    "what-if", placeholder: "ASSUMPTION", as: assumption,
    help: "Also estimate with OPERATOR=done, triton-everywhere or opset=N; repeatable.")
  static let explain = Flag(
    "explain-effort", help: "List every term of the estimate, so that it can be checked by hand.")
  static let none = Flag(
    "no-effort", help: "Leave efforts out; without it they are told of targets that are named.")

  /// Whether any of the options was given.
  static func areGiven(_ arguments: Arguments) -> Bool {
    let all: [any CommandOption] = [
      file, records, knownStack, team, people, route, allow, deny, whatIf, explain,
    ]
    return all.contains { arguments.isGiven($0) }
  }

  static let group = OptionGroup(
    "Effort",
    [file, records, knownStack, team, people, route, allow, deny, whatIf, explain])

  private static let assumption = ValueFormat<Assumption>(
    describe: { $0.description },
    parse: { (text) throws(ValueFailure) in
      guard let assumption = Assumption(text) else {
        throw ValueFailure("is none of OPERATOR=done, triton-everywhere and opset=N")
      }
      return assumption
    })

  /// What the options ask for.
  static func options(_ arguments: Arguments, _ knowledge: Knowledge) throws -> EffortOptions {
    var options = EffortOptions()
    if let path = try arguments[file] { options.overrides = (path, try open(path)) }
    if let path = try arguments[records] {
      let source = try open(path)
      do { options.policy.calibration = try Calibration(file: path, source) } catch {
        throw KnowledgeFailure.effort(error)
      }
    }
    let stacks = try knowledge.stackNames()
    for stack in try arguments[knownStack] {
      guard stacks.contains(stack) else {
        throw arguments.failure("there is no stack '\(stack)' (option '--known-stack')")
      }
      options.policy.knownStacks.insert(stack)
    }
    options.policy.team = try arguments[team]
    options.policy.people = try arguments[people]
    options.policy.assumptions = try arguments[whatIf]
    options.policy.route = try arguments[route]
    options.policy.allowed = Set(try arguments[allow])
    options.policy.denied = Set(try arguments[deny])
    let given =
      [options.policy.route].compactMap(\.self) + options.policy.allowed.sorted()
      + options.policy.denied.sorted()
    guard !given.isEmpty else { return options }
    let names = try knowledge.estimator(options).routes.routes.map(\.name)
    for name in given where !names.contains(name) {
      throw arguments.failure(
        "there is no route '\(name)'; known are \(names.joined(separator: ", "))")
    }
    return options
  }

  static func open(_ path: String) throws -> ByteSource {
    do { return try ByteSource.open(path) } catch {
      throw KnowledgeFailure.effort(
        EffortFailure(
          file: path, position: .text(line: 1, column: 1), path: "", reason: error.reason))
    }
  }
}
