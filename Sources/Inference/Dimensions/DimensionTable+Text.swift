import ModelGraph

/// Writes dimensions the way reports show them.
extension DimensionTable {
  /// The expression, such as `N*8 + 4`, `(H + 1)/2` or `max(N, M)`, division rounding down.
  ///
  /// An unknown dimension is a question mark.
  func text(_ dim: Dim, in graph: ModelGraph) -> String {
    if let value = value(dim) { return String(value) }
    switch entry(dim) {
    case .polynomial(let polynomial): return text(polynomial, in: graph)
    case .ratio(let dividend, let denominator):
      return "\(text(dividend, in: graph))/\(denominator)"
    case .real(let value): return String(value)
    case .number, nil: return "?"
    }
  }

  private func text(_ polynomial: Polynomial, in graph: ModelGraph) -> String {
    var result = ""
    for (position, term) in polynomial.terms.enumerated() {
      let isNegative = term.coefficient < 0
      if position > 0 {
        result += isNegative ? " - " : " + "
      } else if isNegative {
        result += "-"
      }
      result += text(term, isAlone: polynomial.terms.count == 1, in: graph)
    }
    return result
  }

  private func text(_ term: Polynomial.Term, isAlone: Bool, in graph: ModelGraph) -> String {
    let size = String(term.coefficient.magnitude)
    if term.factors.isEmpty { return size }
    let isBare = term.factors.count == 1 && term.coefficient.magnitude == 1
    let factors = term.factors.map {
      text(atoms[Int($0)], needsParentheses: !isBare, in: graph)
    }
    return (factors + (term.coefficient.magnitude == 1 ? [] : [size])).joined(separator: "*")
  }

  /// Ends because atoms nest at most `deepestNesting` deep.
  private func text(_ atom: Atom, needsParentheses: Bool, in graph: ModelGraph) -> String {
    switch atom {
    case .symbol(let name): return name
    case .anonymous(let value, let axis):
      return "\(graph.text(graph.values[value.index].name))[\(axis)]"
    case .dataDependent(let node, let number, _):
      return "\(graph.label(of: node))?\(number)"
    case .quotient(let dividend, let divisor):
      let isProduct = (polynomial(dividend)?.terms.count ?? 0) <= 1
      let above = isProduct ? text(dividend, in: graph) : operand(dividend, in: graph)
      let text = "\(above)/\(operand(divisor, in: graph))"
      return needsParentheses ? "(\(text))" : text
    case .scaled(let dim, let factor): return "floor(\(operand(dim, in: graph))*\(Float(factor)))"
    case .maximum(let left, let right):
      return "max(\(text(left, in: graph)), \(text(right, in: graph)))"
    case .minimum(let left, let right):
      return "min(\(text(left, in: graph)), \(text(right, in: graph)))"
    }
  }

  private func operand(_ dim: Dim, in graph: ModelGraph) -> String {
    let isSimple: Bool
    if let polynomial = polynomial(dim), polynomial.constant == nil {
      isSimple = polynomial.singleAtom.map { !isQuotient(atoms[Int($0)]) } ?? false
    } else {
      isSimple = true
    }
    let text = text(dim, in: graph)
    return isSimple ? text : "(\(text))"
  }

  private func isQuotient(_ atom: Atom) -> Bool {
    if case .quotient = atom { true } else { false }
  }
}
