import Bytes
import ModelGraph
import OperatorCatalogue

/// Infers the outputs of a node from what is known of its inputs.
typealias OperatorRule = @Sendable (inout NodeInference) -> Void

/// The state of inference, seen from the node in hand: what its rule reads and writes.
///
/// Not copyable, so that no copy is made, or looked at, while an argument adds to the tables.
struct NodeInference: ~Copyable {
  /// Tensors with more dims count as of unknown rank.
  static let highestRank = 4096
  /// Longest list of known integers that is followed from node to node.
  static let longestIntegers = 64
  /// The same for floating-point numbers, which carry scales of a few axes.
  private static let longestNumbers: Int64 = 8

  let graph: ModelGraph
  let attributeNames: AttributeNames
  var dims = DimensionTable()
  /// Shapes and known integers.
  var pool: [Dim] = []
  /// What is known, by value.
  var slots: [TypeSlot]
  /// The stored constant that each value is, whether an initializer or put out by a node.
  private(set) var storedConstants: [TensorReference]
  /// What containers contain.
  var contained: [TypeSlot] = []
  var contradictions: [Contradiction] = []

  /// Attributes of the calls that lead to the node in hand; the first entry stands for "no call".
  var calls: [CallBindings] = [CallBindings()]
  var call = 0
  /// Number of the function evaluation that is going on, so that its data-dependent extents differ
  /// from those of other calls.
  var serial = 0

  /// How many conditionals the node in hand stands in.
  var conditionals = 0

  // The node in hand.
  private(set) var reference = NodeReference.none
  private(set) var firstInput = 0
  private(set) var inputCount = 0
  private(set) var outputCount = 0
  private(set) var attributeRun = Run.empty
  private(set) var version = 0
  var outputs: [TypeSlot] = []
  var dataDependentCount = 0

  init(graph: ModelGraph) {
    self.graph = graph
    attributeNames = AttributeNames(of: graph)
    slots = Array(large: .unknown, count: graph.values.count)
    storedConstants = graph.values.map(\.tensor)
  }

  /// Takes the next node in hand; all outputs start unknown.
  mutating func begin(_ reference: NodeReference, version: Int) {
    self.reference = reference
    self.version = version
    let node = graph.nodes[reference.index]
    firstInput = Int(node.operands.start)
    inputCount = Int(node.inputCount)
    outputCount = Int(node.operands.count) - inputCount
    attributeRun = node.attributes
    dataDependentCount = 0
    outputs.removeAll(keepingCapacity: true)
    for _ in 0..<outputCount { outputs.append(.unknown) }
  }
}

extension NodeInference {
  /// Ends the inference and hands over its dimensions.
  consuming func takeDimensions() -> DimensionTable { dims }
}

// MARK: - Inputs

extension NodeInference {
  /// The value at an input, `none` when it is omitted.
  func input(_ index: Int) -> ValueReference {
    index >= 0 && index < inputCount ? graph.operands[firstInput + index] : .none
  }

  func hasInput(_ index: Int) -> Bool { !input(index).isNone }

  /// What is known of an input.
  func slot(_ index: Int) -> TypeSlot {
    let value = input(index)
    return value.isNone ? .unknown : slots[value.index]
  }

  func element(_ index: Int) -> ElementType {
    let slot = slot(index)
    return slot.isTensor ? slot.element : .undefined
  }

  func rank(_ index: Int) -> Int? { slot(index).rank }

  /// The dims of an input, or nil when the rank is unknown.
  func shape(_ index: Int) -> [Dim]? { slot(index).shape.map { Array(pool[$0.range]) } }

  func shape(of slot: TypeSlot) -> [Dim]? { slot.shape.map { Array(pool[$0.range]) } }

  /// One dim of an input; negative axes count from the end; unknown when it is not there.
  func dim(_ index: Int, _ axis: Int) -> Dim {
    guard let run = slot(index).shape else { return .unknown }
    let position = axis < 0 ? Int(run.count) + axis : axis
    guard position >= 0, position < Int(run.count) else { return .unknown }
    return pool[Int(run.start) + position]
  }

  /// The extent, when it is a number.
  func extent(_ dim: Dim) -> Int64? { dims.value(dim) }

  /// The number of elements, when the rank is known.
  mutating func elementCount(_ index: Int) -> Dim? { shape(index).map { dims.product(of: $0) } }
}

// MARK: - Known integers

extension NodeInference {
  /// The elements of a small tensor that carries shapes, outermost first, or nil.
  mutating func integers(_ index: Int) -> [Dim]? {
    let value = input(index)
    return value.isNone ? nil : integers(of: value)
  }

  mutating func integers(of value: ValueReference) -> [Dim]? {
    let slot = slots[value.index]
    if slot.isTensor, slot.detail >= 0, let count = integerCount(of: slot) {
      return Array(pool[Int(slot.detail)..<Int(slot.detail) + count])
    }
    let tensor = storedConstants[value.index]
    return tensor.isNone ? nil : small(tensor)
  }

  /// Notes that an output of the node in hand is a stored constant.
  mutating func setConstant(_ output: Int, _ tensor: TensorReference) {
    setType(output, slot(of: tensor))
    let value = graph.operands[firstInput + inputCount + output]
    if !value.isNone { storedConstants[value.index] = tensor }
  }

  /// The elements of a stored constant that is short enough to be followed.
  mutating func small(_ tensor: TensorReference) -> [Dim]? {
    let entry = graph.tensors[tensor.index]
    guard let count = graph.elementCount(of: entry), count <= Self.longestIntegers else {
      return nil
    }
    if !entry.elementType.isFloatingPoint {
      return graph.integers(of: tensor)?.map { dims.fixed($0) }
    }
    return count > Self.longestNumbers
      ? nil : graph.floats(of: tensor)?.map { dims.real($0) }
  }

  /// The elements, when all of them are numbers; also of constants too long to be followed.
  mutating func constants(_ index: Int) -> [Int64]? {
    let value = input(index)
    guard !value.isNone else { return nil }
    if let known = integers(of: value) {
      var result: [Int64] = []
      for dim in known {
        guard let number = dims.value(dim) else { return nil }
        result.append(number)
      }
      return result
    }
    return graph.integers(of: storedConstants[value.index])
  }

  /// The elements of a floating-point constant.
  func floats(_ index: Int) -> [Double]? {
    let value = input(index)
    guard !value.isNone else { return nil }
    let slot = slots[value.index]
    if slot.isTensor, slot.detail >= 0, let count = integerCount(of: slot) {
      var result: [Double] = []
      for dim in pool[Int(slot.detail)..<Int(slot.detail) + count] {
        guard let number = dims.number(dim) else { return nil }
        result.append(number)
      }
      return result
    }
    return graph.floats(of: storedConstants[value.index])
  }

  /// The single element of an input.
  mutating func scalar(_ index: Int) -> Dim? {
    guard let known = integers(index), known.count == 1 else { return nil }
    return known[0]
  }

  /// Number of elements, when all dims are numbers and there are few.
  func integerCount(of slot: TypeSlot) -> Int? {
    guard let run = slot.shape else { return nil }
    var count: Int64 = 1
    for dim in pool[run.range] {
      guard let extent = dim.inlineValue, extent <= Int64(Self.longestIntegers) else { return nil }
      count *= extent
      if count > Int64(Self.longestIntegers) { return nil }
    }
    return Int(count)
  }
}
