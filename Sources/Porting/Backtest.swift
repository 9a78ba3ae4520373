public import Bytes
public import Capabilities

/// How well the hours of tasks hold what histories show, in commit-day effort.
///
/// Days with commits are an upper bound of the full days that a change took. So a change of d days is
/// read as more than d − 1 and at most d days of `hours_per_commit_day_likely` hours, and counts for the
/// share of its last day that lies in an interval. Where hours differ by class, classes weigh as much as
/// the history has changes of them, since a history does not tell classes.
public struct Backtest: Sendable {
  /// Changes that are held against one task.
  public struct Row: Sendable {
    /// The task that stands for them.
    public let task: String
    /// The kinds in the history.
    public let kinds: [String]
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

  /// A row for each task, for its kinds of work where it has several, and for their repositories.
  public let rows: [Row]

  private struct Change {
    let kind: String
    let repository: String
    let days: Double
  }

  /// Compares a history, a table with the columns `repo`, `work_kind` and `active_days`.
  ///
  /// - Throws: `ManifestFailure` with the line of what is wrong.
  public init(
    _ effort: EffortRules, file: String, _ source: ByteSource
  ) throws(ManifestFailure) {
    let changes = try Self.changes(file, source)
    let hoursPerDay =
      effort.parameters.first { $0.name == "hours_per_commit_day_likely" }?.value ?? 5
    var rows: [Row] = []
    for task in effort.tasks where !rows.contains(where: { $0.task == task.id }) {
      let known = changes.filter { task.history.contains($0.kind) }
      guard !known.isEmpty else { continue }
      let hours = effort.meanHours(of: task.id)
      let range = hours.range(spread: effort.spread(of: task))
      func row(_ kinds: [String], _ repository: String?, _ changes: [Change]) -> Row {
        let days = changes.map(\.days)
        let interval = range.p10...max(range.p10, range.p90)
        let points = hours.optimistic...hours.pessimistic
        return Row(
          task: task.id, kinds: kinds, repository: repository, count: changes.count,
          interval: interval, covered: Self.share(of: days, hoursPerDay, within: interval),
          points: points, coveredByPoints: Self.share(of: days, hoursPerDay, within: points))
      }
      let kinds = Set(known.map(\.kind)).sorted()
      rows.append(row(kinds, nil, known))
      for kind in kinds {
        let ofKind = known.filter { $0.kind == kind }
        let repositories = Set(ofKind.map(\.repository)).sorted()
        if kinds.count > 1 { rows.append(row([kind], nil, ofKind)) }
        guard repositories.count > 1 else { continue }
        rows += repositories.map { name in
          row([kind], name, ofKind.filter { $0.repository == name })
        }
      }
    }
    self.rows = rows
  }

  private static func changes(
    _ file: String, _ source: ByteSource
  ) throws(ManifestFailure) -> [Change] {
    let table = try CSVTable(file: file, source: source)
    let kind = try table.index(of: "work_kind")
    let repository = try table.index(of: "repo")
    let days = try table.index(of: "active_days")
    var changes: [Change] = []
    for row in table.rows where !row.fields[days].isEmpty {
      guard let number = Double(row.fields[days]), number.isFinite, number >= 0 else {
        throw table.failure(
          row, column: "active_days", "\"\(row.fields[days])\" is no number of days")
      }
      changes.append(
        Change(kind: row.fields[kind], repository: row.fields[repository], days: number))
    }
    return changes
  }

  /// The share of changes within an interval of hours, each spread evenly over its last day.
  static func share(
    of days: [Double], _ hoursPerDay: Double, within interval: ClosedRange<Double>
  ) -> Double {
    let inside = days.reduce(0.0) { sum, days in
      let (low, high) = (max(0, days - 1) * hoursPerDay, days * hoursPerDay)
      guard high > low else { return sum + (interval.contains(high) ? 1 : 0) }
      let common = min(high, interval.upperBound) - max(low, interval.lowerBound)
      return sum + max(0, common) / (high - low)
    }
    return inside / Double(max(1, days.count))
  }
}

extension EffortRules {
  /// The hours of a task, averaged over its classes as the history has changes of them.
  func meanHours(of id: String) -> ThreePointHours {
    let found = tasks.filter { $0.id == id }
    let isWeighted = found.contains { ($0.changes ?? 0) > 0 }
    let weights = found.map { isWeighted ? Double($0.changes ?? 0) : 1 }
    let sum = zip(found, weights).reduce(ThreePointHours(0, 0, 0)) { sum, next in
      sum + next.0.hours.scaled(by: next.1)
    }
    return sum.scaled(by: 1 / max(1, weights.reduce(0, +)))
  }
}
