import ModelGraph

/// What an extent depends on before it is a number.
struct DimensionDependence: Sendable {
  var symbols: Set<String> = []
  var inputs: Set<InputAxis> = []
  var nodes: Set<NodeReference> = []

  struct InputAxis: Hashable, Sendable {
    let value: ValueReference
    let axis: Int32
  }
}

extension DimensionTable {
  /// The symbols, unnamed input axes and nodes that a dimension is made of.
  func dependence(of dim: Dim) -> DimensionDependence {
    var result = DimensionDependence()
    var pending = [dim]
    var seen: Set<Int32> = []
    while let next = pending.popLast() {
      if case .ratio(let dividend, _) = entry(next) { pending.append(dividend) }
      guard let polynomial = polynomial(next) else { continue }
      for term in polynomial.terms {
        for factor in term.factors where seen.insert(factor).inserted {
          collect(atoms[Int(factor)], into: &result, &pending)
        }
      }
    }
    return result
  }

  /// Whether the text form names nothing but symbols, so that a reader can pin it.
  func isNamed(_ dim: Dim) -> Bool {
    guard entry(dim) != nil else { return dim.code >= 0 }
    let dependence = dependence(of: dim)
    return dependence.inputs.isEmpty && dependence.nodes.isEmpty
  }

  private func collect(
    _ atom: Atom, into result: inout DimensionDependence, _ pending: inout [Dim]
  ) {
    switch atom {
    case .symbol(let name): result.symbols.insert(name)
    case .anonymous(let value, let axis):
      result.inputs.insert(DimensionDependence.InputAxis(value: value, axis: axis))
    case .dataDependent(let node, _, _): result.nodes.insert(node)
    case .scaled(let dim, _): pending.append(dim)
    case .quotient(let left, let right), .maximum(let left, let right),
      .minimum(let left, let right):
      pending += [left, right]
    }
  }
}
