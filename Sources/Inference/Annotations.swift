public import ModelGraph
public import OperatorCatalogue

/// Infers what every value of a model is.
public enum Inference {
  /// Infers element types, shapes and small integer values of all values of `graph`.
  ///
  /// Never fails: what cannot be inferred stays unknown, what contradicts itself is listed. Linear in
  /// the number of nodes.
  public static func annotate(
    _ graph: ModelGraph, catalogue: OperatorCatalogue, pins: InputPins = .none
  ) -> Annotations {
    var inferrer = Inferrer(graph: graph, catalogue: catalogue, pins: pins)
    inferrer.run()
    let conflicts = inferrer.disagreements
    let order = inferrer.order
    return Annotations(
      graph: graph, state: inferrer.finished(), order: order, conflicts: conflicts, pins: pins)
  }
}

/// A value whose declared type and inferred type cannot both be right.
public struct Disagreement: Sendable, Hashable {
  /// The value.
  public let value: ValueReference
  /// What the file declares.
  public let declared: ValueType
  /// What follows from the inputs.
  public let inferred: InferredType
}

/// A node whose inputs cannot be right together.
public struct Contradiction: Sendable, Hashable {
  /// The node.
  public let node: NodeReference
  /// What does not fit, in plain words.
  public let detail: String
}

/// What is known of every value of a model.
public struct Annotations: Sendable {
  let graph: ModelGraph
  let slots: [TypeSlot]
  let pool: [Dim]
  let contained: [TypeSlot]
  private let storedConstants: [TensorReference]
  private let dimensions: SharedDimensions
  /// The order in which the nodes of each scope can run.
  public let order: NodeOrder
  /// Values whose declared type contradicts the inferred one, in order of inference.
  public private(set) var disagreements: [Disagreement] = []
  /// Nodes whose inputs do not fit together; at most a thousand are listed.
  public let contradictions: [Contradiction]
  /// Pins that fit nothing in the model: symbols that do not occur, inputs that do not exist or have
  /// another rank; sorted.
  public let unusedPins: [String]

  init(
    graph: ModelGraph, state: consuming NodeInference, order: NodeOrder,
    conflicts: [Inferrer.DeclaredConflict], pins: InputPins
  ) {
    self.graph = graph
    self.order = order
    slots = state.slots
    pool = state.pool
    contained = state.contained
    storedConstants = state.storedConstants
    contradictions = Self.distinct(state.contradictions)
    dimensions = SharedDimensions(state.takeDimensions())
    unusedPins = pins.unused(in: graph)
    disagreements = Self.distinct(conflicts.compactMap { disagreement(for: $0) })
  }

  private static func distinct<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }

  private func disagreement(for conflict: Inferrer.DeclaredConflict) -> Disagreement? {
    guard let declared = graph.declaredType(of: conflict.value) else { return nil }
    return Disagreement(
      value: conflict.value, declared: declared, inferred: type(of: conflict.inferred))
  }
}

/// Dimensions that several copies of one result refer to.
final class SharedDimensions: Sendable {
  let table: DimensionTable

  init(_ table: consuming DimensionTable) { self.table = table }
}

// MARK: - Types

extension Annotations {
  /// What is known of a value.
  public func type(of value: ValueReference) -> InferredType {
    value.isNone ? .unknown : type(of: slots[value.index])
  }

  /// Whether a value is a dense tensor, or nothing speaks against it.
  public func isTensor(_ value: ValueReference) -> Bool {
    guard !value.isNone else { return false }
    return slots[value.index].kind == .tensor || slots[value.index].kind == .unknown
  }

  /// The element type of a tensor; `undefined` when it is unknown or no tensor.
  public func elementType(of value: ValueReference) -> ElementType {
    guard !value.isNone, slots[value.index].isTensor else { return .undefined }
    return slots[value.index].element
  }

  /// Number of dims of a tensor, or nil.
  public func rank(of value: ValueReference) -> Int? {
    value.isNone ? nil : slots[value.index].rank
  }

  /// The dims of a tensor, or nil when the rank is unknown.
  public func shape(of value: ValueReference) -> [SymbolicDimension]? {
    value.isNone ? nil : shape(of: slots[value.index])
  }

  /// One dim of a tensor; negative axes count from the end.
  public func dimension(_ axis: Int, of value: ValueReference) -> SymbolicDimension {
    dim(axis, of: value).map { dimension($0) } ?? .unknown
  }

  /// One dim of a tensor when it is a number; cheaper than `dimension(_:of:)`.
  public func extent(_ axis: Int, of value: ValueReference) -> Int64? {
    dim(axis, of: value).flatMap { dimensions.table.value($0) }
  }

  /// All dims when all are numbers.
  public func extents(of value: ValueReference) -> [Int64]? {
    guard !value.isNone, let run = slots[value.index].shape else { return nil }
    var result: [Int64] = []
    for dim in pool[run.range] {
      guard let extent = dimensions.table.value(dim) else { return nil }
      result.append(extent)
    }
    return result
  }

  /// Whether all dims of a tensor are numbers; nil when one of them is not known at all.
  public func isStatic(_ value: ValueReference) -> Bool? {
    guard !value.isNone, let run = slots[value.index].shape else { return nil }
    var isStatic = true
    for dim in pool[run.range] where dimensions.table.value(dim) == nil {
      if dim.isUnknown { return nil }
      isStatic = false
    }
    return isStatic
  }

  /// Number of elements when all dims are numbers and their product fits.
  public func elementCount(of value: ValueReference) -> Int64? {
    clampedElementCount(of: value).flatMap { $0 == .max ? nil : $0 }
  }

  /// Number of elements when all dims are numbers, or the largest number when it is larger.
  func clampedElementCount(of value: ValueReference) -> Int64? {
    guard !value.isNone, let run = slots[value.index].shape else { return nil }
    var product: Int64 = 1
    for position in run.range {
      guard let extent = dimensions.table.value(pool[position]) else { return nil }
      product = product.timesClamping(extent)
    }
    return product
  }

  private func type(of slot: TypeSlot) -> InferredType {
    switch slot.kind {
    case .unknown: .unknown
    case .tensor: .tensor(slot.element, shape: shape(of: slot))
    case .sparseTensor: .sparseTensor(slot.element, shape: shape(of: slot))
    case .sequence: .sequence(type(of: content(of: slot)))
    case .optional: .optional(type(of: content(of: slot)))
    case .map: .map(key: slot.element, value: type(of: content(of: slot)))
    case .opaque: .opaque
    }
  }

  private func content(of slot: TypeSlot) -> TypeSlot {
    slot.detail >= 0 ? contained[Int(slot.detail)] : .unknown
  }

  private func shape(of slot: TypeSlot) -> [SymbolicDimension]? {
    slot.shape.map { run in pool[run.range].map { dimension($0) } }
  }

  func dim(_ axis: Int, of value: ValueReference) -> Dim? {
    guard !value.isNone, let run = slots[value.index].shape else { return nil }
    let position = axis < 0 ? Int(run.count) + axis : axis
    guard position >= 0, position < Int(run.count) else { return nil }
    return pool[Int(run.start) + position]
  }

  func dimension(_ dim: Dim) -> SymbolicDimension {
    if let value = dimensions.table.value(dim) { return .fixed(value) }
    if dim.isUnknown { return .unknown }
    let text = dimensions.table.text(dim, in: graph)
    return dimensions.table.isNamed(dim) ? .expression(text) : .dynamic(text)
  }
}

// MARK: - Values

extension Annotations {
  /// The elements of a small integer tensor when all are known, stored or computed.
  public func constantIntegers(of value: ValueReference) -> [Int64]? {
    guard !value.isNone else { return nil }
    if let run = integerRun(of: value) {
      var result: [Int64] = []
      for dim in pool[run.range] {
        guard let number = dimensions.table.value(dim) else { return nil }
        result.append(number)
      }
      return result
    }
    return graph.integers(of: storedConstants[value.index])
  }

  /// The elements of a small integer tensor as far as they are known.
  public func symbolicIntegers(of value: ValueReference) -> [SymbolicDimension]? {
    guard !value.isNone else { return nil }
    if let run = integerRun(of: value) { return pool[run.range].map { dimension($0) } }
    return graph.integers(of: storedConstants[value.index])?.map { .fixed($0) }
  }

  /// Whether an element is known for what it is, stored or computed before run time.
  public func isConstant(_ value: ValueReference) -> Bool {
    guard !value.isNone else { return false }
    return !storedConstants[value.index].isNone || constantIntegers(of: value) != nil
  }

  private func integerRun(of value: ValueReference) -> Run? {
    let slot = slots[value.index]
    guard slot.isTensor, slot.detail >= 0, let shape = slot.shape else { return nil }
    var count: Int64 = 1
    for dim in pool[shape.range] {
      guard let extent = dim.inlineValue else { return nil }
      count = count.timesClamping(extent)
    }
    guard count <= Int64(pool.count) - Int64(slot.detail) else { return nil }
    return Run(start: Int(slot.detail), count: Int(count))
  }
}

// MARK: - Dependence

/// What an extent that is no number yet depends on.
public struct Dependence: Sendable, Hashable {
  /// Named dims, sorted; pinning them decides the extent if nothing else is listed.
  public let symbols: [String]
  /// Dims of inputs that the file leaves without name.
  public let inputs: [InputAxis]
  /// Nodes whose data decide the extent, in file order.
  public let nodes: [NodeReference]

  /// An axis of a graph input.
  public struct InputAxis: Sendable, Hashable {
    /// The input.
    public let value: ValueReference
    /// The axis, from 0.
    public let axis: Int
  }
}

extension Annotations {
  /// What one dim of a tensor depends on; nil when nothing is known of the dim.
  public func dependence(ofAxis axis: Int, of value: ValueReference) -> Dependence? {
    guard let dim = dim(axis, of: value), !dim.isUnknown else { return nil }
    let found = dimensions.table.dependence(of: dim)
    return Dependence(
      symbols: found.symbols.sorted(),
      inputs: found.inputs
        .map { Dependence.InputAxis(value: $0.value, axis: Int($0.axis)) }
        .sorted { ($0.value.position, $0.axis) < ($1.value.position, $1.axis) },
      nodes: found.nodes.sorted { $0.position < $1.position })
  }
}
