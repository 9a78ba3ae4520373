public import Bytes
public import Capabilities

/// How well the hours of tasks hold what histories show, in commit-day effort.
///
/// A change counts `hours_per_commit_day_likely` hours for each distinct day with a commit, as the
/// evidence's tables do. Where hours differ by class, the mean over the classes is compared, since a
/// history does not tell classes.
public struct Backtest: Sendable {
  /// One kind of work.
  public struct Row: Sendable {
    /// The kind in the history.
    public let kind: String
    /// The task that stands for it.
    public let task: String
    /// The repository; nil for all together.
    public let repository: String?
    /// Changes with commit days.
    public let count: Int
    /// The interval of the task, P10 to P90 of its distribution, in hours.
    public let interval: ClosedRange<Double>
    /// Share of the changes within it.
    public let covered: Double
    /// The task's own points, optimistic to pessimistic, in hours.
    public let points: ClosedRange<Double>
    /// Share of the changes within these.
    public let coveredByPoints: Double
  }

  /// A row for each kind, and for each of its repositories.
  public let rows: [Row]

  /// Compares a history, a table with the columns `repo`, `work_kind` and `active_days`.
  ///
  /// - Throws: `ManifestFailure` with the line of what is wrong.
  public init(
    _ effort: EffortRules, file: String, _ source: ByteSource
  ) throws(ManifestFailure) {
    let table = try CSVTable(file: file, source: source)
    let kind = try table.index(of: "work_kind")
    let repository = try table.index(of: "repo")
    let days = try table.index(of: "active_days")
    var hours: [String: [String: [Double]]] = [:]
    let factor =
      effort.parameters.first { $0.name == "hours_per_commit_day_likely" }?.value ?? 5
    for row in table.rows where !row.fields[days].isEmpty {
      guard let number = Double(row.fields[days]), number.isFinite, number >= 0 else {
        throw table.failure(
          row, column: "active_days", "\"\(row.fields[days])\" is no number of days")
      }
      hours[row.fields[kind], default: [:]][row.fields[repository], default: []]
        .append(number * factor)
    }
    var rows: [Row] = []
    for (kind, byRepository) in hours.sorted(by: { $0.key < $1.key }) {
      guard let task = effort.tasks.first(where: { $0.history.contains(kind) }) else { continue }
      let points = effort.meanHours(of: task.id)
      func row(_ repository: String?, _ values: [Double]) -> Row {
        let range = EffortRange(mean: points.mean, deviation: points.deviation)
        let interval = range.p10...max(range.p10, range.p90)
        let ends = points.optimistic...points.pessimistic
        func share(_ ends: ClosedRange<Double>) -> Double {
          Double(values.count { ends.contains($0) }) / Double(max(1, values.count))
        }
        return Row(
          kind: kind, task: task.id, repository: repository, count: values.count,
          interval: interval, covered: share(interval), points: ends, coveredByPoints: share(ends))
      }
      let sorted = byRepository.sorted { $0.key < $1.key }
      rows.append(row(nil, sorted.flatMap(\.value)))
      if sorted.count > 1 { rows += sorted.map { row($0.key, $0.value) } }
    }
    self.rows = rows
  }
}

extension EffortRules {
  /// The hours of a task, averaged over its classes.
  func meanHours(of id: String) -> ThreePointHours {
    let found = tasks.filter { $0.id == id }.map(\.hours)
    let sum = found.reduce(ThreePointHours(0, 0, 0), +)
    return sum.scaled(by: 1 / Double(max(1, found.count)))
  }
}
