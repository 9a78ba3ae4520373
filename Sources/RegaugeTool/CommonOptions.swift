import Capabilities
import CommandLineKit
import Inference
import Regauge
import Reporting
import RuleFiles

/// Options that several commands share.
enum CommonOptions {
  static let versionFlag = Flag("version", isInherited: false, help: "Print the version.")
  static let verbose = Flag(
    "verbose", short: "v", help: "Say more: evidence, help, where the rules come from.")
  static let quiet = Flag(
    "quiet", short: "q", help: "Print errors only; reports that go to files are written.")
  static let noProgress = Flag("no-progress", help: "Do not say how far a long run has come.")
  static let rules = Option<String?>(
    "rules", placeholder: "DIR", as: .path(.folders),
    help: "Use the rules in this folder instead of the built-in ones.")
  static let colour = Option(
    "color", as: ValueFormat.choice(of: ColourChoice.self), default: .auto,
    help: "Use colours on the terminal.")
  static let target = Option<[TargetName]>(
    "target", short: "t", placeholder: "STACK[/FRONTDOOR][:DEVICE]", as: targetFormat,
    help: "Judge by this target; repeatable. Without it, by all stacks.")
  static let output = Option<[OutputChoice]>(
    "output", short: "o", placeholder: "FORMAT[=FILE]", as: OutputChoice.format(ReportFormat.all),
    help: "Write a report in this form to FILE, or to standard output. Repeatable.")

  private static let targetFormat = ValueFormat<TargetName>(
    describe: { $0.description },
    parse: { (text) throws(ValueFailure) in
      guard let name = TargetName(text) else {
        throw ValueFailure("is not of the form STACK[/FRONTDOOR][:DEVICE]")
      }
      return name
    })

  static let dim = Option<[PinnedDimension]>(
    "dim", placeholder: "NAME=EXTENT", as: PinnedDimension.format,
    help: "Fix a symbolic dimension, as in --dim batch=1; repeatable.")
  static let inputShape = Option<[PinnedShape]>(
    "input-shape", placeholder: "INPUT=AxBxC", as: PinnedShape.format,
    help: "Fix the shape of an input, as in --input-shape x=1x3x?x224; repeatable.")

  static let maxEvidenceAge = Option<Int?>(
    "max-evidence-age", placeholder: "DAYS", as: .integer(in: 0...100_000),
    help: "Mark evidence that is older, and count the nodes that rest on it.")

  /// How old evidence may be, counted to today or to SOURCE_DATE_EPOCH.
  static func evidenceLimit(_ arguments: Arguments) throws(UsageFailure) -> EvidenceLimit? {
    guard let days = try arguments[maxEvidenceAge], let today = EvidenceDate(Clock.today()) else {
      return nil
    }
    return EvidenceLimit(days: days, today: today)
  }

  /// The extents that the user fixes.
  static func pins(_ arguments: Arguments) throws(UsageFailure) -> InputPins {
    var pins = InputPins()
    for pin in try arguments[dim] { pins.symbols[pin.name] = pin.extent }
    for pin in try arguments[inputShape] { pins.shapes[pin.input] = pin.shape }
    return pins
  }

  /// The targets asked for, each once; without a word, all front doors of all stacks.
  static func targets(
    _ arguments: Arguments, _ knowledge: Knowledge
  ) throws -> [Target] {
    try knowledge.targets(try arguments[target])
  }

  /// Finds and loads the rules.
  static func knowledge(_ arguments: Arguments) throws -> Knowledge {
    let isIsolated = arguments[Configuration.isolated]
    do {
      return try Knowledge(
        rules: RuleSet.find(
          directory: arguments[rules],
          environment: { isIsolated ? nil : Environment.process[$0] }))
    } catch let failure as RuleFailure {
      throw KnowledgeFailure.rules(failure)
    }
  }

  /// The line that says how far a run has come.
  static func progress(_ arguments: Arguments, total: Int) -> ProgressLine {
    ProgressLine(isWanted: !arguments[quiet] && !arguments[noProgress], total: total)
  }

  /// The models that the operands stand for, each once however it is spelled, in an order that does
  /// not hang on theirs.
  static func models(_ arguments: Arguments) -> [String] {
    var spellings: [String: String] = [:]
    for path in arguments.operands.flatMap(ModelFiles.paths) {
      let place = path.tidyPath
      let other = spellings[place] ?? path
      // The shortest spelling is the one without detours.
      spellings[place] = (path.utf8.count, path) < (other.utf8.count, other) ? path : other
    }
    return spellings.values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension String {
  /// The path without empty parts and parts that stay in their folder, so that `./a//b` is `a/b`.
  var tidyPath: String {
    let parts = split(separator: "/").filter { $0 != "." }
    return (hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
