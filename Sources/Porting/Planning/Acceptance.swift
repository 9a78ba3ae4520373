public import ModelGraph

/// What shows that a task is done.
public enum Acceptance: Sendable, Hashable, CustomStringConvertible {
  /// A model of one operator runs on the device as on the CPU.
  case smallestModelRuns
  /// The findings are gone.
  case findingsAreGone
  /// Outputs equal the reference of the operator's package; without a tolerance exactly.
  case equalsPackage(Tolerance?)
  /// Outputs of several operators equal the reference.
  case operatorsEqualReference
  /// The agreed metric holds on the evaluation data.
  case metricHolds
  /// The agreed latency and throughput are measured.
  case speedIsReached

  /// How far two outputs may be apart.
  public struct Tolerance: Sendable, Hashable, CustomStringConvertible {
    /// Name of the element type that it follows from.
    public let type: String
    /// As a share of the reference.
    public let relative: Double
    /// In any case.
    public let absolute: Double

    /// Such as `rtol 0.0001, atol 1e-05 (float32)`.
    public var description: String { "rtol \(relative), atol \(absolute) (\(type))" }
  }

  /// Relative and absolute tolerance by element type, for one operator against the reference.
  ///
  /// A few units of the type's last place times the length of usual sums: judgement.
  public static func tolerance(of type: ElementType) -> (relative: Double, absolute: Double) {
    switch type {
    case .float64: (1e-7, 1e-9)
    case .float32: (1e-4, 1e-5)
    case .float16: (1e-2, 1e-3)
    case .bfloat16: (2e-2, 1e-2)
    case .float8e4m3fn, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz, .float4e2m1, .float6e2m3,
      .float6e3m2, .float8e8m0:
      (1e-1, 1e-1)
    default: (0, 0)
    }
  }

  /// The widest tolerance of a list of types such as `float32, int64 -> float32`; nil when outputs
  /// have to be equal.
  static func tolerance(ofTypes text: String) -> Tolerance? {
    let names = text.split { $0 == "," || $0 == " " || $0 == "-" || $0 == ">" }
    let types = names.compactMap { ElementType(name: String($0)) }
    let all = types.map { type in
      let limits = tolerance(of: type)
      return Tolerance(type: type.name, relative: limits.relative, absolute: limits.absolute)
    }
    return all.max { $0.relative < $1.relative }.flatMap { $0.relative > 0 ? $0 : nil }
  }

  /// How close outputs have to be, in words.
  static func text(of tolerance: Tolerance?) -> String {
    tolerance.map { "within \($0)" } ?? "equal element by element"
  }

  /// What shows that a term's work is done; nil for overhead, which is never done.
  init?(of term: Term, _ estimate: Estimate) {
    switch term.part {
    case .bringUp: self = .smallestModelRuns
    case .conversion: self = .findingsAreGone
    case .operators:
      let gap = estimate.gaps.first { $0.signature?.description == term.subject }
      self =
        gap?.signature.map { .equalsPackage(Self.tolerance(ofTypes: $0.types)) }
        ?? .operatorsEqualReference
    case .validation: self = .metricHolds
    case .performance: self = .speedIsReached
    case .overhead: return nil
    }
  }

  /// The condition in words.
  public var description: String {
    switch self {
    case .smallestModelRuns:
      "a model of one Relu converts, runs on the device and equals the CPU's result"
    case .findingsAreGone:
      "regauge check on the changed model shows no finding that this task was to solve"
    case .equalsPackage(let tolerance):
      "outputs equal the operator package's reference, \(Self.text(of: tolerance))"
    case .operatorsEqualReference:
      "outputs of the operators equal the reference within the tolerance of their types"
    case .metricHolds:
      "the metric on the evaluation data differs from the source run by no more than was agreed"
    case .speedIsReached: "latency and throughput reach what was agreed, measured on the device"
    }
  }
}
