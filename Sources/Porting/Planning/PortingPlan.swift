/// The tasks of an estimate in the order of the work, with what each waits for and when it is done.
public struct PortingPlan: Sendable {
  /// One task of the plan.
  public struct Step: Sendable {
    /// Identifier within the plan, such as `P03`.
    public let id: String
    /// The term that it stands for.
    public let term: Term
    /// Identifiers of the steps that have to be done before.
    public let dependencies: [String]
    /// Floating-point operations of one run that are unlocked; nil when unknown or not about operators.
    public let flops: Int64?
    /// What shows that it is done; nil where nothing can.
    public let criterion: Acceptance?
    /// Number of the person who does it, from 1.
    public let person: Int
    /// Working hours after the start of the plan when it begins.
    public let start: Double
    /// Expected hours that it takes.
    public let hours: Double
    /// Whether a delay of it delays the plan, if everybody were free.
    public let isCritical: Bool

    /// The criterion in words; empty where nothing can show that it is done.
    public var acceptance: String { criterion?.description ?? "" }

    /// Working hours after the start of the plan when it is done.
    public var end: Double { start + hours }
  }

  /// The model's path.
  public let model: String
  /// What the plan is for.
  public let estimate: Estimate
  /// Floating-point operations of the nodes of each of the estimate's gaps; nil where unknown.
  public let flops: [Int64?]
  /// The steps in the order of the work.
  public let steps: [Step]
  /// Expected hours from start to end, overhead included.
  public let duration: Double
  /// Hours of the longest chain of steps that wait for each other.
  public let criticalHours: Double

  /// Plans an estimate.
  ///
  /// - Parameters:
  ///   - estimate: The tasks.
  ///   - model: The model's path, for titles.
  ///   - flops: Floating-point operations of the nodes of each of the estimate's gaps.
  public init(_ estimate: Estimate, model: String, flops: [Int64?]) {
    self.model = model
    self.estimate = estimate
    self.flops = flops
    let work = Self.ordered(estimate, flops)
    let names = work.indices.map { "P" + (($0 < 9 ? "0" : "") + String($0 + 1)) }
    let waits = work.indices.map { Self.dependencies(of: $0, work) }
    let critical = Self.critical(work, waits)
    // More people than tasks have nothing to do.
    let people = min(max(1, estimate.people), max(1, work.count))
    var free = [Double](repeating: 0, count: people)
    var ends: [Double] = []
    var steps: [Step] = []
    for (index, item) in work.enumerated() {
      let ready = waits[index].map { ends[$0] }.max() ?? 0
      let person = free.indices.min { (max(free[$0], ready), $0) < (max(free[$1], ready), $1) } ?? 0
      let start = max(free[person], ready)
      let hours = item.term.total.mean
      free[person] = start + hours
      ends.append(start + hours)
      steps.append(
        Step(
          id: names[index], term: item.term, dependencies: waits[index].map { names[$0] },
          flops: item.flops, criterion: Acceptance(of: item.term, estimate),
          person: person + 1,
          start: start, hours: hours, isCritical: critical.members.contains(index)))
    }
    self.steps = steps
    let overhead = estimate.best.terms.filter { $0.part == .overhead }.reduce(0) { $0 + $1.count }
    duration = (ends.max() ?? 0) * (1 + overhead)
    criticalHours = critical.hours
  }

  fileprivate struct Item {
    let term: Term
    let flops: Int64?
  }

  /// Parts in the order of the work; operators by FLOPs unlocked per hour, the most first.
  private static func ordered(_ estimate: Estimate, _ flops: [Int64?]) -> [Item] {
    var flopsBySubject: [String: Int64] = [:]
    for (gap, count) in zip(estimate.gaps, flops) {
      guard let signature = gap.signature, let count else { continue }
      for key in [signature.description, signature.operationText] {
        flopsBySubject[key] = (flopsBySubject[key] ?? 0).addingClamped(count)
      }
    }
    let items = estimate.best.terms.filter { $0.part != .overhead }
      .map { Item(term: $0, flops: flopsBySubject[$0.subject]) }
    return items.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.term.part != b.term.part { return a.term.part < b.term.part }
      if a.term.part == .operators, a.isExpected != b.isExpected { return b.isExpected }
      if a.term.part == .operators, a.value != b.value { return a.value > b.value }
      return left.offset < right.offset
    }.map(\.element)
  }

  /// What a step waits for: the last part before it that has steps, and operators for their checks.
  private static func dependencies(of index: Int, _ work: [Item]) -> [Int] {
    let part = work[index].term.part
    if part == .operators, work[index].isExpected {
      let kernels = work.indices.filter { work[$0].term.part == part && !work[$0].isExpected }
      if !kernels.isEmpty { return kernels }
    }
    let earlier = Set(work.map(\.term.part)).filter { $0 < part }
    guard let last = earlier.max() else { return [] }
    return work.indices.filter { work[$0].term.part == last }
  }

  private static func critical(
    _ work: [Item], _ waits: [[Int]]
  ) -> (members: Set<Int>, hours: Double) {
    var ends: [Double] = []
    var before: [Int?] = []
    for index in work.indices {
      let last = waits[index].max { ends[$0] < ends[$1] }
      before.append(last)
      ends.append((last.map { ends[$0] } ?? 0) + work[index].term.total.mean)
    }
    var members: Set<Int> = []
    var at = work.indices.max { ends[$0] < ends[$1] }
    while let index = at {
      members.insert(index)
      at = before[index]
    }
    return (members, ends.max() ?? 0)
  }
}

extension PortingPlan.Item {
  /// Whether it is an expected number of checks or defects of several operators.
  fileprivate var isExpected: Bool { term.subject.hasPrefix("operators, ") }

  fileprivate var value: Double {
    Double(flops ?? 0) / max(term.total.mean, 0.01)
  }
}

extension Int64 {
  fileprivate func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
