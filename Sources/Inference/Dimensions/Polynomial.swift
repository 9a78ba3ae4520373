/// A sum of products of atoms with whole coefficients, in one canonical order.
///
/// Equal polynomials have equal terms. Sizes are bounded: an operation whose result would exceed
/// `maximumTerms` or `maximumDegree`, or overflow, gives nil.
struct Polynomial: Sendable, Hashable {
  /// A coefficient times a product of atoms; no atom at all is the constant term.
  struct Term: Sendable, Hashable {
    var coefficient: Int64
    /// Positions in the table of atoms, ascending, repeated for powers.
    var factors: [Int32]
  }

  static let maximumTerms = 12
  static let maximumDegree = 8

  /// Never with a zero coefficient; higher degrees first, then by atoms.
  private(set) var terms: [Term]

  init(constant: Int64) {
    terms = constant == 0 ? [] : [Term(coefficient: constant, factors: [])]
  }

  init(atom: Int32) {
    terms = [Term(coefficient: 1, factors: [atom])]
  }

  /// Adds up terms in any order.
  init?(terms: some Sequence<Term>) {
    self.terms = []
    for term in terms.sorted(by: { Self.precedes($0.factors, $1.factors) }) {
      if let last = self.terms.last, last.factors == term.factors {
        let (sum, overflow) = last.coefficient.addingReportingOverflow(term.coefficient)
        if overflow { return nil }
        self.terms.removeLast()
        if sum != 0 { self.terms.append(Term(coefficient: sum, factors: term.factors)) }
      } else if term.coefficient != 0 {
        self.terms.append(term)
      }
    }
    if self.terms.count > Self.maximumTerms { return nil }
  }

  /// The value, when no atom is left.
  var constant: Int64? {
    if terms.isEmpty { return 0 }
    return terms.count == 1 && terms[0].factors.isEmpty ? terms[0].coefficient : nil
  }

  /// The term without atoms.
  var constantTerm: Int64 {
    guard let last = terms.last, last.factors.isEmpty else { return 0 }
    return last.coefficient
  }

  /// The atom, when this is one atom and nothing else.
  var singleAtom: Int32? {
    guard terms.count == 1, terms[0].coefficient == 1, terms[0].factors.count == 1 else {
      return nil
    }
    return terms[0].factors[0]
  }

  /// A monomial order that multiplication respects: degree first, then the atoms.
  static func precedes(_ a: [Int32], _ b: [Int32]) -> Bool {
    a.count == b.count ? a.lexicographicallyPrecedes(b) : a.count > b.count
  }
}

// MARK: - Arithmetic

extension Polynomial {
  func adding(_ other: Polynomial) -> Polynomial? { Polynomial(terms: terms + other.terms) }

  func multiplied(by factor: Int64) -> Polynomial? {
    var result = Polynomial(constant: 0)
    if factor == 0 { return result }
    for term in terms {
      let (product, overflow) = term.coefficient.multipliedReportingOverflow(by: factor)
      if overflow { return nil }
      result.terms.append(Term(coefficient: product, factors: term.factors))
    }
    return result
  }

  func multiplied(by other: Polynomial) -> Polynomial? {
    var products: [Term] = []
    for left in terms {
      for right in other.terms {
        let (product, overflow) = left.coefficient.multipliedReportingOverflow(
          by: right.coefficient)
        let factors = (left.factors + right.factors).sorted()
        guard !overflow, factors.count <= Self.maximumDegree else { return nil }
        products.append(Term(coefficient: product, factors: factors))
      }
    }
    return Polynomial(terms: products)
  }

  func subtracting(_ other: Polynomial) -> Polynomial? {
    other.multiplied(by: -1).flatMap { adding($0) }
  }

  /// The quotient when `divisor` divides without remainder, by long division.
  func dividedExactly(by divisor: Polynomial) -> Polynomial? {
    guard let leading = divisor.terms.first else { return nil }
    var rest = self
    var quotient: [Term] = []
    while let first = rest.terms.first {
      guard quotient.count < Self.maximumTerms,
        leading.coefficient != -1,
        first.coefficient % leading.coefficient == 0,
        let factors = Self.removing(leading.factors, from: first.factors)
      else { return nil }
      let term = Term(coefficient: first.coefficient / leading.coefficient, factors: factors)
      guard let step = Polynomial(terms: [term])?.multiplied(by: divisor),
        let remainder = rest.subtracting(step)
      else { return nil }
      quotient.append(term)
      rest = remainder
    }
    return Polynomial(terms: quotient)
  }

  /// The factors without those of `part`, or nil when `part` is not contained.
  static func removing(_ part: [Int32], from factors: [Int32]) -> [Int32]? {
    var left = factors
    for factor in part {
      guard let position = left.firstIndex(of: factor) else { return nil }
      left.remove(at: position)
    }
    return left
  }

  /// The atoms that every term contains, as often as every term does.
  var commonFactors: [Int32] {
    guard var common = terms.first?.factors else { return [] }
    for term in terms.dropFirst() {
      var left = term.factors
      common = common.filter { factor in
        guard let position = left.firstIndex(of: factor) else { return false }
        left.remove(at: position)
        return true
      }
    }
    return common
  }

  /// The polynomial with `factors` taken out of every term; they must be common to all.
  func removing(_ factors: [Int32]) -> Polynomial? {
    var result: [Term] = []
    for term in terms {
      guard let left = Self.removing(factors, from: term.factors) else { return nil }
      result.append(Term(coefficient: term.coefficient, factors: left))
    }
    return Polynomial(terms: result)
  }

  /// The greatest common divisor of all coefficients, the constant term left out if asked.
  func content(withConstant: Bool) -> Int64 {
    var divisor: UInt64 = 0
    for term in terms where withConstant || !term.factors.isEmpty {
      divisor = Self.greatestCommonDivisor(divisor, term.coefficient.magnitude)
    }
    return Int64(exactly: divisor) ?? 1
  }

  static func greatestCommonDivisor(_ a: UInt64, _ b: UInt64) -> UInt64 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  /// Splits into the part that `divisor` divides, already divided, and the rest, whose constant is
  /// in `0..<divisor`.
  func split(by divisor: Int64) -> (whole: Polynomial, rest: Polynomial) {
    var whole = Polynomial(constant: 0)
    var rest = Polynomial(constant: 0)
    for term in terms {
      if term.coefficient % divisor == 0 {
        whole.terms.append(Term(coefficient: term.coefficient / divisor, factors: term.factors))
      } else if term.factors.isEmpty {
        let quotient = Self.floorQuotient(term.coefficient, divisor)
        if quotient != 0 { whole.terms.append(Term(coefficient: quotient, factors: [])) }
        rest.terms.append(
          Term(coefficient: term.coefficient - quotient * divisor, factors: []))
      } else {
        rest.terms.append(term)
      }
    }
    return (whole, rest)
  }

  /// Division that rounds towards negative infinity; `divisor` must be positive.
  static func floorQuotient(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }
}
