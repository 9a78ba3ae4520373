import Capabilities
import CommandLineKit
import Compatibility
import ModelGraph
import OperatorCatalogue
import Porting
import Regauge
import Reporting

/// `regauge explain`: what a rule means, or what is known of an operator.
enum ExplainCommand {
  static let command = Command(
    "explain", summary: "Say what a rule means, or what stacks are known to make of an operator",
    discussion: """
      Of an operator it also tells the ways round findings on it, with hours at best, most likely \
      and at worst for the first node; of a rule, the ways that deal with its findings.
      """,
    options: [CommonOptions.target, EffortCommandOptions.none],
    optionGroups: [EffortCommandOptions.group],
    operands: [
      Operand(
        "subject", count: 1...1,
        help: "A rule such as RG104, or an operator such as Conv or "
          + "com.microsoft::Gelu.")
    ],
    examples: [
      Example("A rule", "regauge explain RG104"),
      Example("An operator on one stack", "regauge explain Resize --target ascend-cann"),
    ]
  ) { arguments in
    let subject = arguments.operands.first ?? ""
    let knowledge = try CommonOptions.knowledge(arguments)
    let estimator = try estimator(arguments, knowledge)
    if let rule = Rule.all.first(where: { $0.id == subject.uppercased() || $0.name == subject }) {
      let stacks = Set(try arguments[CommonOptions.target].map(\.stack)).sorted()
      try RegaugeTool.print(
        text(of: rule) + (estimator.map { RoutePage.text(of: rule, stacks, $0) } ?? ""))
      return ExitCode.clean
    }
    let catalogue = try knowledge.catalogue()
    guard let operation = identity(of: subject, catalogue) else {
      throw arguments.failure(unknown(subject, catalogue))
    }
    var text = heading(operation, catalogue)
    let targets = try CommonOptions.targets(arguments, knowledge)
    let isBrief = targets.count > mostDetailed
    for target in targets {
      text += try OperatorPage(operation, target, knowledge, isBrief: isBrief).text
      guard let estimator else { continue }
      let routes = try knowledge.routes(for: operation, on: target, estimator, catalogue)
      text += RoutePage.text(of: routes, operation, target, estimator, isBrief: isBrief)
    }
    if isBrief { text += "\nA target, as in -t \(targets[0].name), shows limits and evidence.\n" }
    try RegaugeTool.print(text)
    return ExitCode.clean
  }

  /// What work costs; nil when the rules do not say, or when nobody wants to know.
  private static func estimator(_ arguments: Arguments, _ knowledge: Knowledge) throws -> Estimator?
  {
    guard !arguments[EffortCommandOptions.none], knowledge.estimatesEffort else { return nil }
    return try knowledge.estimator(try EffortCommandOptions.options(arguments, knowledge))
  }

  /// Of more targets only the status is told.
  private static let mostDetailed = 6

  /// The operator that a word names: with its domain, or by its name alone where one domain has it.
  private static func identity(
    of subject: String, _ catalogue: OperatorCatalogue
  ) -> OperatorIdentity? {
    let parts = subject.split(separator: ":", omittingEmptySubsequences: true).map(String.init)
    let domains = parts.count == 2 ? [parts[0]] : ["ai.onnx"] + catalogue.domains
    guard let name = parts.last, parts.count <= 2 else { return nil }
    return domains.first { !catalogue.versions(domain: $0, name: name).isEmpty }
      .map { OperatorIdentity(domain: $0, name: name) }
  }

  private static func text(of rule: Rule) -> String {
    """
    \(rule.id) \(rule.name) (\(rule.severity.rawValue))

    \(rule.summary)
    Why: \(rule.rationale)
    What helps: \(rule.help)

    """
  }

  private static func heading(_ operation: OperatorIdentity, _ catalogue: OperatorCatalogue)
    -> String
  {
    let versions = catalogue.versions(domain: operation.domain, name: operation.name)
      .map { "\($0.since)\($0.isDeprecated ? " (withdrawn)" : "")" }.joined(separator: ", ")
    return "\(operation)\n  defined anew in opset \(versions)\n"
  }

  private static func unknown(_ subject: String, _ catalogue: OperatorCatalogue) -> String {
    let known = Rule.all.flatMap { [$0.id, $0.name] } + catalogue.operatorNames.sorted()
    let meant = Suggestion.nearest(to: subject, among: known)
    return "'\(subject.visible(limit: 80))' is neither a rule nor an operator of a known domain"
      + (meant.map { "; did you mean '\($0)'?" } ?? "")
  }
}

/// What one target is known to make of one operator.
private struct OperatorPage {
  private(set) var text: String
  private let isBrief: Bool
  /// Columns before every line.
  private var margin = 2

  init(
    _ operation: OperatorIdentity, _ target: Target, _ knowledge: Knowledge, isBrief: Bool
  ) throws {
    self.isBrief = isBrief
    let door = try knowledge.frontDoor(target.frontDoor)
    text = "\n\(target.name)  \(door.title), \(door.version)\n"
    guard door.speaks == .aten else {
      write(door.records(domain: operation.domain, name: operation.name), door)
      return
    }
    guard let entry = try knowledge.mapping().entry(of: operation) else {
      line("how PyTorch computes it is not known")
      return
    }
    writeMapping(entry, door)
  }

  private mutating func line(_ words: String, indented: Int = 0) {
    text += String(repeating: " ", count: margin + indented) + words + "\n"
  }

  private mutating func writeMapping(_ entry: OperatorMapping.Entry, _ door: FrontDoor) {
    switch entry.kind {
    case .kernels: break
    case .view: line("through PyTorch: a view of the same data, no kernel needed")
    case .constant: line("through PyTorch: known before the run, no kernel needed")
    case .control: line("through PyTorch: done by the framework itself")
    case .host: line("through PyTorch: on the host")
    case .none: line("through PyTorch: there is no way")
    }
    if let note = entry.note { line("note: \(note)") }
    var seen: Set<String> = []
    for need in (entry.forms + entry.also).flatMap(\.needs) where seen.insert(need).inserted {
      let identity = OperatorMapping.identity(need)
      line("through PyTorch's \(need):")
      margin += 2
      write(door.records(domain: identity.domain, name: identity.name), door)
      margin -= 2
    }
  }

  private mutating func write(_ records: [OperatorRecord], _ door: FrontDoor) {
    guard !records.isEmpty else {
      switch (door.completeness, door.onMissing) {
      case (.open, _): return line("not listed; nothing is known of it")
      case (.closed, .fails): return line("not in the complete list of what is taken")
      case (.closed, .runsOnCPU): return line("not taken; the node runs on the CPU")
      case (.closed, .runsNatively): return line("not taken; the vendor's own library runs it")
      }
    }
    for record in records { write(record) }
  }

  private mutating func write(_ record: OperatorRecord) {
    let reason = record.reason.map { ": \($0)" } ?? ""
    let limits = record.limits.count + record.ignores.count
    let more = isBrief && limits > 0 ? "; \(limits) limit\(limits == 1 ? "" : "s")" : ""
    line("\(record.status.rawValue), versions \(record.versions)\(reason)\(more)")
    guard !isBrief else { return }
    for limit in record.types where !limit.types.isEmpty {
      let names = limit.types.names.joined(separator: ", ")
      let parameter =
        limit.typeParameter == TypeLimit.firstInput ? "first input" : limit.typeParameter
      line("types of \(parameter): \(names)", indented: 2)
    }
    for limit in record.limits {
      line("limit: \(limit.reason) (otherwise \(limit.otherwise.rawValue))", indented: 2)
      if let help = limit.help { line("help: \(help)", indented: 4) }
    }
    for ignored in record.ignores {
      let because = ignored.because.map { ": \($0)" } ?? ""
      line("attribute \(ignored.attribute) is not read\(because)", indented: 2)
    }
    for statement in record.products {
      line("\(statement.product): \(statement.support.rawValue)", indented: 2)
    }
    if let other = record.decidedBy { line("decided by \(other)", indented: 2) }
    if let help = record.help { line("help: \(help)", indented: 2) }
    if let note = record.note { line("note: \(note)", indented: 2) }
    for evidence in record.evidence.prefix(3) { line("evidence: \(evidence)", indented: 2) }
  }
}
