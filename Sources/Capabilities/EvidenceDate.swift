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

/// How old evidence may be before it is marked.
public struct EvidenceLimit: Sendable, Hashable {
  /// The greatest age in days.
  public let days: Int
  /// The day that ages are counted to.
  public let today: EvidenceDate

  /// Makes a limit.
  public init(days: Int, today: EvidenceDate) {
    self.days = days
    self.today = today
  }

  /// The age of evidence in days if it is too old.
  public func excessiveAge(of date: EvidenceDate) -> Int? {
    let age = date.days(to: today)
    return age > days ? age : nil
  }
}
