/// Arithmetic of floating-point elements that carry shapes, as far as it is exact.
extension DimensionTable {
  /// Largest denominator that a floating-point factor is turned into.
  private static let largestDenominator = 1024.0

  /// A product in which at least one factor is a fraction.
  mutating func fractionProduct(_ left: Dim, _ right: Dim) -> Dim {
    if let x = number(left), let y = number(right) { return real(x * y) }
    switch (entry(left), entry(right)) {
    case (.ratio(let dividend, let denominator), _):
      return ratio(product(dividend, right), over: denominator)
    case (_, .ratio(let dividend, let denominator)):
      return ratio(product(dividend, left), over: denominator)
    case (.real(let factor), _): return scaled(right, by: factor)
    case (_, .real(let factor)): return scaled(left, by: factor)
    default: return .unknown
    }
  }

  /// Division of floating-point elements.
  mutating func fraction(_ left: Dim, over right: Dim) -> Dim {
    if let x = number(left), let y = number(right) { return y == 0 ? .unknown : real(x / y) }
    if let divisor = value(right) { return divisor > 0 ? ratio(left, over: divisor) : .unknown }
    guard case .real(let divisor) = entry(right) else {
      guard let exact = exactQuotient(left, right) else { return .unknown }
      return exact
    }
    return scaled(left, by: 1 / divisor)
  }

  private mutating func exactQuotient(_ left: Dim, _ right: Dim) -> Dim? {
    guard let x = polynomial(left), let y = polynomial(right), x.dividedExactly(by: y) != nil else {
      return nil
    }
    return floorQuotient(left, right)
  }

  /// The largest whole number that is not above.
  mutating func floor(_ dim: Dim) -> Dim {
    switch entry(dim) {
    case .ratio(let dividend, let denominator): return floorQuotient(dividend, fixed(denominator))
    case .real(let value): return real(value.rounded(.down))
    default: return dim
    }
  }

  /// The smallest whole number that is not below.
  mutating func ceiling(_ dim: Dim) -> Dim {
    switch entry(dim) {
    case .ratio(let dividend, let denominator): return ceilingQuotient(dividend, fixed(denominator))
    case .real(let value): return real(value.rounded(.up))
    default: return dim
    }
  }

  /// What a conversion to a whole number gives.
  mutating func truncated(_ dim: Dim) -> Dim {
    switch entry(dim) {
    case .ratio(let dividend, _):
      guard let least = lowerBound(dividend), least >= 0 else { return .unknown }
      return floor(dim)
    case .real(let value): return real(value.rounded(.towardZero))
    default: return dim
    }
  }

  /// Whether the element is known to be whole.
  func isWhole(_ dim: Dim) -> Bool {
    switch entry(dim) {
    case .ratio, .real: false
    default: !dim.isUnknown
    }
  }

  /// The number, whole or not, when it is known.
  func number(_ dim: Dim) -> Double? {
    if case .real(let value) = entry(dim) { return value }
    return value(dim).flatMap { Double(exactly: $0) }
  }

  /// A dimension times a positive factor, rounded down.
  mutating func floorOfProduct(_ dim: Dim, _ factor: Double) -> Dim {
    let exact = floor(product(dim, real(factor)))
    guard exact.isUnknown, !dim.isUnknown, factor > 0, factor.isFinite else { return exact }
    return atom(.scaled(dim, factor), over: dim, .zero)
  }

  /// Multiplies by a factor that is a short fraction of powers of two; others would round.
  private mutating func scaled(_ dim: Dim, by factor: Double) -> Dim {
    var denominator = 1.0
    while denominator <= Self.largestDenominator {
      if let numerator = Int64(exactly: factor * denominator) {
        return ratio(product(dim, fixed(numerator)), over: Int64(denominator))
      }
      denominator *= 2
    }
    return .unknown
  }

  private mutating func ratio(_ dividend: Dim, over denominator: Int64) -> Dim {
    if case .ratio(let inner, let first) = entry(dividend) {
      let (product, overflow) = first.multipliedReportingOverflow(by: denominator)
      return overflow ? .unknown : ratio(inner, over: product)
    }
    guard let polynomial = polynomial(dividend) else { return .unknown }
    if polynomial.dividedExactly(by: Polynomial(constant: denominator)) != nil {
      return floorQuotient(dividend, fixed(denominator))
    }
    let common = Int64(
      Polynomial.greatestCommonDivisor(
        UInt64(polynomial.content(withConstant: true)), UInt64(denominator)))
    let reduced = floorQuotient(dividend, fixed(common))
    return reduced.isUnknown ? .unknown : intern(.ratio(reduced, denominator: denominator / common))
  }
}
