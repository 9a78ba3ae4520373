/// The day of a source as far as it is known: a year, a month or a day.
public struct EvidenceDate: Sendable, Hashable, Comparable, CustomStringConvertible {
  private let year: Int
  private let month: Int
  private let day: Int
  /// The date as it was written, as far as it was understood.
  public let description: String

  /// Reads what a text begins with: `2025`, `2025-09` or `2025-09-30`; nil when it begins otherwise.
  public init?(_ text: String) {
    let parts = text.prefix { $0.isASCII && $0.isNumber || $0 == "-" }.split(separator: "-")
    guard let first = parts.first, first.count == 4, let year = Int(first) else { return nil }
    self.year = year
    let month = parts.dropFirst().first.flatMap { $0.count == 2 ? Int($0) : nil }
    let day = parts.dropFirst(2).first.flatMap { $0.count == 2 ? Int($0) : nil }
    self.month = month.map { min(max($0, 1), 12) } ?? 1
    self.day = month == nil ? 1 : day.map { min(max($0, 1), 31) } ?? 1
    let count = month == nil ? 1 : day == nil ? 2 : 3
    description = parts.prefix(count).joined(separator: "-")
  }

  /// Makes the date of a day since 1970-01-01, as clocks count.
  public init(secondsSince1970 seconds: Int64) {
    // Days by the proleptic Gregorian calendar, counted in eras of 400 years from 0000-03-01.
    let days = Int(seconds.clampedToDays) + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    description = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  /// Days from this date to a later one; of a month or year its first day counts.
  public func days(to later: EvidenceDate) -> Int { later.dayNumber - dayNumber }

  private var dayNumber: Int {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  }

  /// Earlier days come first.
  public static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension Int64 {
  /// Whole days of so many seconds, within some millions of years.
  fileprivate var clampedToDays: Int64 {
    let days = self / 86_400 - (self % 86_400 < 0 ? 1 : 0)
    return Swift.min(Swift.max(days, -1_000_000_000), 1_000_000_000)
  }
}
