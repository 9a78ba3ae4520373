import Bytes
import CommandLineKit
import Compatibility
import Gating
import Reporting

/// Options that decide what fails a run.
enum GateOptions {
  private static let failOnFormat = ValueFormat<ThresholdRule>(
    choices: Threshold.allCases.map(\.rawValue),
    describe: { $0.threshold.rawValue },
    parse: { (text) throws(ValueFailure) in
      let words = Threshold.allCases.map(\.rawValue)
      let equals = text.lastIndex(of: "=")
      let word = equals.map { String(text[text.index(after: $0)...]) } ?? text
      let target = equals.map { String(text[..<$0]) }
      guard let threshold = Threshold(rawValue: word) else {
        throw ValueFailure(
          "is none of \(words.joined(separator: ", "))",
          suggestion: Suggestion.nearest(to: word, among: words))
      }
      guard target != "" else { throw ValueFailure("names no target before '='") }
      return ThresholdRule(target: target, threshold: threshold)
    })

  static let failOn = Option<[ThresholdRule]>(
    "fail-on", placeholder: "[TARGET=]VERDICT", as: failOnFormat,
    help: """
      Exit with 1 when a verdict is this one or worse (default: unsupported); with a target, as in \
      ascend-cann=unknown, only there. Repeatable.
      """)
  static let maxFindings = Option(
    "max-findings", placeholder: "N", as: .integer(in: 0...Int.max), default: 0,
    help: "Put up with so many failing findings.")
  static let failOnEffort = Option<EffortLimit?>(
    "fail-on-effort", placeholder: "DAYS[@p80]",
    as: ValueFormat { (text) throws(ValueFailure) in
      guard let limit = EffortLimit(text) else {
        throw ValueFailure("is no number of person-days such as 10, 10@p50 or 7.5@p90")
      }
      return limit
    },
    help: "Fail for targets whose port takes more person-days, or of which no estimate can be made."
  )
  static let baseline = Option<String?>(
    "baseline", placeholder: "FILE", as: .path(.files),
    help: "Fail for findings only that this baseline does not have.")
  static let writeBaseline = Option<String?>(
    "write-baseline", placeholder: "FILE", as: .path(.files),
    help: "Write a baseline of all findings; nothing that is in it fails the run.")
  static let ignoreFile = Option<String?>(
    "ignore-file", placeholder: "FILE", as: .path(.files),
    help: "Read accepted findings from this file (default: .regauge-ignore.json, if it is here).")

  static let group = OptionGroup(
    "Gate", [failOn, failOnEffort, maxFindings, baseline, writeBaseline, ignoreFile])

  /// What decides without a memory of earlier runs.
  static let thresholds = OptionGroup("Gate", [failOn])

  /// The gate that the command line describes.
  ///
  /// - Throws: `GateFailure` when a file cannot be used.
  static func gate(_ arguments: Arguments) throws -> Gate {
    var gate = Gate(
      thresholds: try arguments[failOn], mostFindings: try arguments[maxFindings],
      today: Clock.today())
    gate.effortLimit = try arguments[failOnEffort]
    if let path = try arguments[baseline] {
      gate.baseline = try Baseline(path: path, try open(path))
    }
    if let path = try arguments[ignoreFile] {
      gate.ignores = try IgnoreFile(path: path, try open(path))
    } else if FileTree.exists(IgnoreFile.name) {
      gate.ignores = try IgnoreFile(path: IgnoreFile.name, try open(IgnoreFile.name))
    }
    return gate
  }

  private static func open(_ path: String) throws(GateFailure) -> ByteSource {
    do { return try ByteSource.open(path) } catch {
      throw GateFailure(path: path, reason: error.reason)
    }
  }

  /// Applies the gate, and writes the new baseline if one is asked for.
  ///
  /// - Returns: The report with every finding decided, and the exit code of the decision.
  static func decide(
    _ report: consuming Report, _ gate: Gate, _ arguments: Arguments
  ) throws -> (report: Report, status: Int32) {
    try gate.baseline?.check(against: report)
    var gate = gate
    var decided = gate.applied(to: report)
    if let path = try arguments[writeBaseline] {
      let text = Baseline.text(of: decided)
      try OutputFile.write(text, to: path)
      gate.baseline = try Baseline(path: path, ByteSource(text))
      decided = gate.applied(to: decided.ungated)
    }
    return (decided, gate.isPassed(by: decided) ? ExitCode.clean : ExitCode.findings)
  }
}
