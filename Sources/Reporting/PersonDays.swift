/// Person-days, which every form writes alike: with at most one decimal.
public struct PersonDays: Sendable, Hashable, CustomStringConvertible {
  /// How many, as exact as they were computed.
  public let value: Double

  /// Makes so many.
  public init(_ value: Double) { self.value = value }

  /// The number, such as `7.9` or `12`.
  public var description: String {
    guard value.isFinite else { return "?" }
    return Self.text(ofTenths: tenths)
  }

  /// How many more they are than `before`, with a sign, such as `+0.5`; what readers get when they
  /// subtract the written numbers.
  public func change(from before: PersonDays) -> String {
    guard value.isFinite, before.value.isFinite else { return "?" }
    let difference = tenths - before.tenths
    if difference == 0 { return "±0" }
    return (difference > 0 ? "+" : "-") + Self.text(ofTenths: abs(difference))
  }

  /// Two of them as a range, such as `6.1–9`; one number where both are written alike.
  public static func range(_ low: PersonDays, _ high: PersonDays) -> String {
    let (low, high) = (low.description, high.description)
    return low == high ? low : "\(low)–\(high)"
  }

  private var tenths: Int64 { Int64((min(max(value, -1e12), 1e12) * 10).rounded()) }

  private static func text(ofTenths tenths: Int64) -> String {
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
  }
}
