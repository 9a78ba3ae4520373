import ModelGraph
import OperatorCatalogue

/// How one operator of one operator-set version is inferred; made once, used by all its nodes.
///
/// A class, so that taking it in hand for a node costs one reference count.
final class OperatorPlan: Sendable {
  /// Where the element type of an output comes from.
  enum ElementSource: Sendable {
    case unknown
    /// The only type the operator allows.
    case fixed(ElementType)
    /// The type of this input.
    case input(Int)
    /// The type of the first of these inputs that is known, or else the only one allowed; a bit for
    /// each input, since a list would be counted anew for every node.
    case inputs(mask: UInt64, only: ElementType)
    /// The type of the first known input from this one on.
    case tail(Int)
  }

  /// What a node holds that has to be inferred in its own right.
  enum Flow: Sendable, Equatable {
    case none, conditional, loop, scan, map
    /// Calls `ModelGraph.functions[index]`.
    case call(Int)
    /// May hold graphs whose meaning is not known here.
    case graphs
  }

  /// First operator-set version of the schema in force.
  let version: Int
  let rule: OperatorRule?
  let flow: Flow
  private let elements: [ElementSource]
  /// Whether the last element source serves all further outputs.
  private let isVariadic: Bool

  init(schema: OperatorSchema?, version: Int, rule: OperatorRule?, flow: Flow) {
    self.version = version
    self.rule = rule
    self.flow = flow
    elements = schema.map { schema in schema.outputs.map { Self.source($0, schema) } } ?? []
    isVariadic = schema?.outputs.last.map { $0.option == .variadic } ?? false
  }

  func source(ofOutput index: Int) -> ElementSource {
    if index < elements.count { return elements[index] }
    return isVariadic ? elements[elements.count - 1] : .unknown
  }

  private static func source(
    _ output: OperatorParameter, _ schema: OperatorSchema
  ) -> ElementSource {
    if output.option == .variadic, !output.isHomogeneous { return .unknown }
    let sharing = schema.inputs.indices.filter {
      schema.inputs[$0].typeParameter == output.typeParameter
    }
    if let last = sharing.last, schema.inputs[last].option == .variadic {
      return schema.inputs[last].isHomogeneous ? .tail(sharing[0]) : .unknown
    }
    let allowed = schema.typeParameters[output.typeParameter]?.tensors.types ?? []
    let only = allowed.count == 1 ? allowed[0] : .undefined
    if sharing.count == 1, only == .undefined { return .input(sharing[0]) }
    if !sharing.isEmpty {
      return .inputs(mask: sharing.reduce(0) { $0 | 1 << UInt64($1) }, only: only)
    }
    return only == .undefined ? .unknown : .fixed(only)
  }
}

extension NodeInference {
  /// Gives the outputs the element types that follow from the operator's type parameters.
  mutating func applyElements(of plan: OperatorPlan) {
    for output in outputs.indices {
      switch plan.source(ofOutput: output) {
      case .unknown: break
      case .fixed(let element): outputs[output] = .tensor(element)
      case .input(let input): adopt(input, for: output)
      case .inputs(let mask, let only):
        adopt(mask, for: output)
        if only != .undefined, outputs[output].kind == .unknown { outputs[output] = .tensor(only) }
      case .tail(let first): adopt(first..<max(first, inputCount), for: output)
      }
    }
  }

  private mutating func adopt(_ mask: UInt64, for output: Int) {
    var rest = mask
    while rest != 0 {
      if adopt(rest.trailingZeroBitCount, for: output) { return }
      rest &= rest - 1
    }
  }

  private mutating func adopt(_ inputs: Range<Int>, for output: Int) {
    for index in inputs {
      if adopt(index, for: output) { return }
    }
  }

  /// Gives an output the element type of an input, if that is known.
  @discardableResult
  private mutating func adopt(_ input: Int, for output: Int) -> Bool {
    let slot = slot(input)
    if slot.isTensor, slot.element != .undefined {
      outputs[output] = .tensor(slot.element)
      outputs[output].kind = slot.kind
      return true
    }
    if slot.isContainer { outputs[output] = slot }
    return slot.isContainer
  }
}
