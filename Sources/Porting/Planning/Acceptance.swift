public import ModelGraph

/// What shows that a task is done.
public enum Acceptance {
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

  /// The tolerance for a list of types such as `float32, int64 -> float32`, by the widest error.
  static func tolerance(ofTypes text: String) -> String {
    let names = text.split { $0 == "," || $0 == " " || $0 == "-" || $0 == ">" }
    let types = names.compactMap { ElementType(name: String($0)) }
    let all = types.map { (name: $0.name, limits: tolerance(of: $0)) }
    guard let worst = all.max(by: { $0.limits.relative < $1.limits.relative }),
      worst.limits.relative > 0
    else { return "equal element by element" }
    return "within rtol \(worst.limits.relative), atol \(worst.limits.absolute) (\(worst.name))"
  }

  static func text(of term: Term, _ estimate: Estimate) -> String {
    switch term.part {
    case .bringUp:
      "a model of one Relu converts, runs on the device and equals the CPU's result"
    case .conversion:
      "regauge check on the changed model shows no finding that this task was to solve"
    case .operators: operatorText(of: term, estimate)
    case .validation:
      "the metric on the evaluation data differs from the source run by no more than was agreed"
    case .performance: "latency and throughput reach what was agreed, measured on the device"
    case .overhead: ""
    }
  }

  private static func operatorText(of term: Term, _ estimate: Estimate) -> String {
    let gap = estimate.gaps.first { $0.signature?.description == term.subject }
    guard let signature = gap?.signature else {
      return "outputs of the operators equal the reference within the tolerance of their types"
    }
    return "outputs equal the operator package's reference, \(tolerance(ofTypes: signature.types))"
  }
}
