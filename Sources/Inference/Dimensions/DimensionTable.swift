import ModelGraph

/// All dimensions that are no small number, each distinct expression once.
///
/// Not copyable, so that no copy is made, or looked at, while an argument adds to the table.
struct DimensionTable: ~Copyable, Sendable {
  /// What a code below 0 stands for.
  enum Entry: Sendable, Hashable {
    /// A number that does not fit a code.
    case number(Int64)
    /// A sum of products of atoms, not constant.
    case polynomial(Polynomial)
    /// A fraction, exact; only elements of floating-point tensors are such.
    case ratio(Dim, denominator: Int64)
    /// A floating-point constant that is no whole number.
    case real(Double)
  }

  /// What expressions are built from.
  enum Atom: Sendable, Hashable {
    /// A named dimension; at least 1.
    case symbol(String)
    /// A dimension that the file leaves without name: the axis of an input; at least 1.
    case anonymous(ValueReference, axis: Int32)
    /// An extent that the data decide; at least 0. `serial` tells calls of one function apart.
    case dataDependent(NodeReference, number: Int32, serial: Int32)
    /// Division that rounds down.
    case quotient(Dim, Dim)
    case maximum(Dim, Dim)
    case minimum(Dim, Dim)
    /// A dimension times a factor that no short fraction stands for, rounded down.
    case scaled(Dim, Double)
  }

  enum Operation: Hashable {
    case sum, product, quotient, maximum, minimum
  }

  private struct Request: Hashable {
    let operation: Operation
    let left: Dim
    let right: Dim
  }

  private(set) var entries: [Entry] = []
  private(set) var atoms: [Atom] = []
  private var entryIndex: [Entry: Dim] = [:]
  private var atomIndex: [Atom: Int32] = [:]
  private var memory: [Request: Dim] = [:]

  /// Nesting of quotients, maxima and minima in an atom, at most.
  static let deepestNesting = 6
  private var depths: [Int8] = []
}

// MARK: - Making dimensions

extension DimensionTable {
  mutating func fixed(_ value: Int64) -> Dim {
    if value >= 0, value <= Int64(Int32.max) { return Dim(code: Int32(value)) }
    return intern(.number(value))
  }

  mutating func symbol(_ name: String) -> Dim { atom(.symbol(name), depth: 0) }

  mutating func anonymous(_ value: ValueReference, axis: Int) -> Dim {
    atom(.anonymous(value, axis: Int32(truncatingIfNeeded: axis)), depth: 0)
  }

  mutating func dataDependent(_ node: NodeReference, number: Int, serial: Int) -> Dim {
    let number = Int32(truncatingIfNeeded: number)
    let serial = Int32(truncatingIfNeeded: serial)
    return atom(.dataDependent(node, number: number, serial: serial), depth: 0)
  }

  mutating func real(_ value: Double) -> Dim {
    if let whole = Int64(exactly: value) { return fixed(whole) }
    return value.isFinite ? intern(.real(value)) : .unknown
  }

  mutating func intern(_ entry: Entry) -> Dim {
    if let known = entryIndex[entry] { return known }
    guard entries.count < Int(Int32.max) else { return .unknown }
    let dim = Dim(code: ~Int32(entries.count))
    entries.append(entry)
    entryIndex[entry] = dim
    return dim
  }

  private mutating func atom(_ atom: Atom, depth: Int8) -> Dim {
    if let known = atomIndex[atom] { return intern(.polynomial(Polynomial(atom: known))) }
    guard atoms.count < Int(Int32.max) else { return .unknown }
    let position = Int32(atoms.count)
    atoms.append(atom)
    depths.append(depth)
    atomIndex[atom] = position
    return intern(.polynomial(Polynomial(atom: position)))
  }

  /// An atom over two dimensions, or unknown when it would nest too deep.
  mutating func atom(_ atom: Atom, over left: Dim, _ right: Dim) -> Dim {
    let depth = max(depth(of: left), depth(of: right)) + 1
    return depth > Self.deepestNesting ? .unknown : self.atom(atom, depth: Int8(depth))
  }

  private func depth(of dim: Dim) -> Int {
    guard let polynomial = polynomial(dim) else { return 0 }
    var deepest = 0
    for term in polynomial.terms {
      for factor in term.factors { deepest = max(deepest, Int(depths[Int(factor)])) }
    }
    return deepest
  }

  private mutating func dim(_ polynomial: Polynomial?) -> Dim {
    guard let polynomial else { return .unknown }
    if let constant = polynomial.constant { return fixed(constant) }
    return intern(.polynomial(polynomial))
  }
}

// MARK: - Reading dimensions

extension DimensionTable {
  func entry(_ dim: Dim) -> Entry? {
    guard dim.code < 0, !dim.isUnknown else { return nil }
    return entries[Int(~dim.code)]
  }

  /// The number, when it is known.
  func value(_ dim: Dim) -> Int64? {
    if dim.code >= 0 { return Int64(dim.code) }
    guard case .number(let value) = entry(dim) else { return nil }
    return value
  }

  func polynomial(_ dim: Dim) -> Polynomial? {
    if let value = value(dim) { return Polynomial(constant: value) }
    guard case .polynomial(let polynomial) = entry(dim) else { return nil }
    return polynomial
  }

  /// The least value a dimension can have, as far as its form tells.
  func lowerBound(_ dim: Dim) -> Int64? {
    if let value = value(dim) { return value }
    guard let polynomial = polynomial(dim) else { return nil }
    var bound: Int64 = 0
    for term in polynomial.terms {
      guard let part = lowerBound(term) else { return nil }
      let (sum, overflow) = bound.addingReportingOverflow(part)
      if overflow { return nil }
      bound = sum
    }
    return bound
  }

  private func lowerBound(_ term: Polynomial.Term) -> Int64? {
    if term.factors.isEmpty { return term.coefficient }
    if term.coefficient < 0 { return nil }
    var bound = term.coefficient
    for factor in term.factors {
      guard let least = lowerBound(atoms[Int(factor)]), least >= 0 else { return nil }
      let (product, overflow) = bound.multipliedReportingOverflow(by: least)
      if overflow { return nil }
      bound = product
    }
    return bound
  }

  /// Ends because atoms nest at most `deepestNesting` deep.
  private func lowerBound(_ atom: Atom) -> Int64? {
    switch atom {
    case .symbol, .anonymous: return 1
    case .dataDependent: return 0
    case .quotient(let dividend, let divisor):
      guard let least = lowerBound(dividend) else { return nil }
      if let divisor = value(divisor), divisor > 0 {
        return Polynomial.floorQuotient(least, divisor)
      }
      return least >= 0 && (lowerBound(divisor) ?? -1) >= 0 ? 0 : nil
    case .maximum(let left, let right):
      guard let first = lowerBound(left) else { return lowerBound(right) }
      return lowerBound(right).map { max(first, $0) } ?? first
    case .scaled: return 0
    case .minimum(let left, let right):
      guard let first = lowerBound(left), let second = lowerBound(right) else { return nil }
      return min(first, second)
    }
  }
}

// MARK: - Arithmetic

extension DimensionTable {
  mutating func sum(_ left: Dim, _ right: Dim) -> Dim { combine(.sum, left, right) }

  mutating func product(_ left: Dim, _ right: Dim) -> Dim { combine(.product, left, right) }

  mutating func difference(_ left: Dim, _ right: Dim) -> Dim {
    sum(left, product(right, fixed(-1)))
  }

  /// Division that rounds down; unknown when `right` can be 0.
  mutating func floorQuotient(_ left: Dim, _ right: Dim) -> Dim { combine(.quotient, left, right) }

  /// Division that rounds up.
  mutating func ceilingQuotient(_ left: Dim, _ right: Dim) -> Dim {
    let raised = sum(left, difference(right, .one))
    return floorQuotient(raised, right)
  }

  mutating func maximum(_ left: Dim, _ right: Dim) -> Dim { combine(.maximum, left, right) }

  mutating func minimum(_ left: Dim, _ right: Dim) -> Dim { combine(.minimum, left, right) }

  mutating func product(of dims: some Sequence<Dim>) -> Dim {
    var result = Dim.one
    for dim in dims { result = product(result, dim) }
    return result
  }

  private mutating func combine(_ operation: Operation, _ left: Dim, _ right: Dim) -> Dim {
    if operation == .product, left == .zero || right == .zero { return .zero }
    if left.isUnknown || right.isUnknown { return .unknown }
    if let x = left.inlineValue, let y = right.inlineValue { return number(operation, x, y) }
    if let same = unchanged(operation, left, right) { return same }
    let request = Request(operation: operation, left: left, right: right)
    if let known = memory[request] { return known }
    let result = computed(operation, left, right)
    memory[request] = result
    return result
  }

  /// The left operand where the right one changes nothing.
  private func unchanged(_ operation: Operation, _ left: Dim, _ right: Dim) -> Dim? {
    switch operation {
    case .sum: right == .zero ? left : left == .zero ? right : nil
    case .product: right == .one ? left : left == .one ? right : nil
    case .quotient: right == .one ? left : left == right ? .one : nil
    case .maximum, .minimum: left == right ? left : nil
    }
  }

  private mutating func number(_ operation: Operation, _ x: Int64, _ y: Int64) -> Dim {
    switch operation {
    case .sum:
      let (sum, overflow) = x.addingReportingOverflow(y)
      return overflow ? .unknown : fixed(sum)
    case .product:
      let (product, overflow) = x.multipliedReportingOverflow(by: y)
      return overflow ? .unknown : fixed(product)
    case .quotient:
      return y > 0 ? fixed(Polynomial.floorQuotient(x, y)) : .unknown
    case .maximum: return fixed(max(x, y))
    case .minimum: return fixed(min(x, y))
    }
  }

  private mutating func computed(_ operation: Operation, _ left: Dim, _ right: Dim) -> Dim {
    if let x = value(left), let y = value(right) { return number(operation, x, y) }
    guard let x = polynomial(left), let y = polynomial(right) else {
      return operation == .product ? fractionProduct(left, right) : .unknown
    }
    switch operation {
    case .sum: return dim(x.adding(y))
    case .product: return dim(x.multiplied(by: y))
    case .quotient: return quotient(x, y)
    case .maximum: return extremum(left, right, pickLarger: true)
    case .minimum: return extremum(left, right, pickLarger: false)
    }
  }

  private mutating func extremum(_ left: Dim, _ right: Dim, pickLarger: Bool) -> Dim {
    if let bound = lowerBound(difference(left, right)), bound >= 0 {
      return pickLarger ? left : right
    }
    if let bound = lowerBound(difference(right, left)), bound >= 0 {
      return pickLarger ? right : left
    }
    let (first, second) = order(left) < order(right) ? (left, right) : (right, left)
    return atom(
      pickLarger ? .maximum(first, second) : .minimum(first, second), over: first, second)
  }

  /// Expressions in the order of their making, then numbers.
  private func order(_ dim: Dim) -> Int64 {
    dim.code < 0 ? Int64(~dim.code) : Int64(Int32.max) + Int64(dim.code)
  }

  private mutating func quotient(_ dividend: Polynomial, _ divisor: Polynomial) -> Dim {
    if let exact = dividend.dividedExactly(by: divisor) { return dim(exact) }
    if let number = divisor.constant { return quotient(dividend, by: number) }
    // What both sides share cancels: dims that are divided by are not 0.
    var shared: [Int32] = []
    var left = dividend.commonFactors
    for factor in divisor.commonFactors {
      guard let position = left.firstIndex(of: factor) else { continue }
      left.remove(at: position)
      shared.append(factor)
    }
    guard let above = dividend.removing(shared), let below = divisor.removing(shared) else {
      return .unknown
    }
    if let number = below.constant { return quotient(above, by: number) }
    let (numerator, denominator) = (dim(above), dim(below))
    guard let least = lowerBound(denominator), least >= 1 else { return .unknown }
    return atom(.quotient(numerator, denominator), over: numerator, denominator)
  }

  private mutating func quotient(_ dividend: Polynomial, by divisor: Int64) -> Dim {
    guard divisor > 0 else { return .unknown }
    let (whole, rest) = dividend.split(by: divisor)
    if rest.constant != nil { return dim(whole) }
    let common = Int64(
      Polynomial.greatestCommonDivisor(
        UInt64(rest.content(withConstant: false)), UInt64(divisor)))
    // floor((g·x + k) / (g·m)) is floor((x + floor(k / g)) / m).
    let reduced = rest.split(by: common).whole
    let fraction = flattened(reduced, divisor: divisor / common)
    return sum(dim(whole), fraction)
  }

  /// `floor(floor(x / a) + k) / b)` becomes `floor((x + k·a) / (a·b))`.
  private mutating func flattened(_ dividend: Polynomial, divisor: Int64) -> Dim {
    let constant = dividend.constantTerm
    let denominator = fixed(divisor)
    guard let inner = dividend.adding(Polynomial(constant: 0 &- constant))?.singleAtom,
      case .quotient(let numerator, let first) = atoms[Int(inner)], let first = value(first)
    else { return atom(.quotient(dim(dividend), denominator), over: dim(dividend), denominator) }
    let (product, overflow) = first.multipliedReportingOverflow(by: divisor)
    if overflow { return .unknown }
    let shifted = sum(numerator, self.product(fixed(constant), fixed(first)))
    return floorQuotient(shifted, fixed(product))
  }
}
