import ModelGraph

/// Extents that the user fixes before inference.
public struct InputPins: Sendable, Hashable {
  /// Extents by symbol, as in `--dim batch=1`.
  public var symbols: [String: Int64]
  /// Shapes by graph input, as in `--input-shape x=1x3x224x224`; nil leaves a dim as declared.
  public var shapes: [String: [Int64?]]

  /// Makes pins; without arguments nothing is fixed.
  public init(symbols: [String: Int64] = [:], shapes: [String: [Int64?]] = [:]) {
    self.symbols = symbols
    self.shapes = shapes
  }

  /// No pins.
  public static let none = InputPins()
}

extension InputPins {
  /// The pins that fit nothing in `graph`, sorted.
  func unused(in graph: ModelGraph) -> [String] {
    var known: Set<String> = []
    for type in graph.types { type.collectSymbols(into: &known) }
    var result = symbols.keys.filter { !known.contains($0) }
    let inputs = graph.main?.inputs ?? []
    for (name, shape) in shapes {
      let input = inputs.first {
        !$0.isNone && graph.text(graph.values[$0.index].name) == name
      }
      guard let input else {
        result.append(name)
        continue
      }
      if case .tensor(let type) = graph.declaredType(of: input), let declared = type.shape,
        declared.count != shape.count
      {
        result.append(name)
      }
    }
    return result.sorted()
  }
}

extension ValueType {
  fileprivate func collectSymbols(into symbols: inout Set<String>) {
    switch self {
    case .tensor(let tensor), .sparseTensor(let tensor):
      for case .symbol(let name) in tensor.shape ?? [] { symbols.insert(name) }
    case .sequence(let content), .optional(let content), .map(_, let content):
      content?.collectSymbols(into: &symbols)
    case .opaque: break
    }
  }
}

extension InputPins {
  /// These extents, and those of others where these say nothing.
  public func joined(with others: InputPins) -> InputPins {
    var all = self
    all.symbols.merge(others.symbols) { mine, _ in mine }
    all.shapes.merge(others.shapes) { mine, _ in mine }
    return all
  }
}
