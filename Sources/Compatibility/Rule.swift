/// How much a finding matters by itself.
public enum Severity: String, Sendable, Comparable, CaseIterable {
  /// Worth knowing; nothing has to be done.
  case note
  /// Something to look at before relying on the result.
  case warning
  /// The model does not run as it stands, or its results are wrong.
  case error

  /// Notes come before warnings, warnings before errors.
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// What Regauge knows to look for: the identity and the documentation of one check.
public struct Rule: Sendable, Hashable {
  /// Stable identifier, such as `RG101`.
  public let id: String
  /// Short name in kebab case, such as `operator-not-taken`.
  public let name: String
  /// Severity of its findings unless the verdict says otherwise.
  public let severity: Severity
  /// One sentence: what a finding states.
  public let summary: String
  /// Why it matters.
  public let rationale: String
  /// What usually helps.
  public let help: String

  /// Makes a rule.
  public init(
    id: String, name: String, severity: Severity, summary: String, rationale: String, help: String
  ) {
    self.id = id
    self.name = name
    self.severity = severity
    self.summary = summary
    self.rationale = rationale
    self.help = help
  }
}

extension Rule {
  /// Every rule, by identifier.
  public static let all: [Rule] = structural + judging + acceptance

  /// Rules about findings that someone accepted.
  static let acceptance: [Rule] = [
    AcceptanceExpired.rule, AcceptanceUnused.rule, EffortAboveLimit.rule,
  ]

  /// Rules about the model itself.
  static let structural: [Rule] = [
    UnreadableModel.rule,
    UndefinedInput.rule, DuplicateDefinition.rule, CyclicGraph.rule, MissingOpsetImport.rule,
    UnknownDomain.rule, UnknownEnumeration.rule, BadDimension.rule, NewerIRVersion.rule,
    FunctionRecursion.rule, FunctionExpansion.rule, ExternalDataFile.rule, OversizedFile.rule,
    ShadowedDefinition.rule, UnsortedGraph.rule, UnknownField.rule, UnknownOperator.rule,
    TypeDisagreement.rule, ShapeContradiction.rule, UnusedPin.rule, WideInteger.rule,
  ]
}
