import ModelGraph

/// Operators on sequences and optionals.
enum SequenceAndOptional {
  static func construct(_ node: inout NodeInference) {
    var content = node.slot(0).withoutIntegers
    for index in 1..<max(1, node.inputCount) {
      content = node.either(content, node.slot(index).withoutIntegers)
    }
    set(&node, node.container(.sequence, of: content))
  }

  private static func set(_ node: inout NodeInference, _ slot: TypeSlot) { node.setType(0, slot) }

  static func empty(_ node: inout NodeInference) {
    let element = node.elementType(.dtype) ?? .float32
    set(&node, node.container(.sequence, of: .vacant(element)))
  }

  static func insert(_ node: inout NodeInference) {
    let sequence = node.slot(0)
    let added = node.slot(1).withoutIntegers
    let content = sequence.kind == .sequence ? node.content(of: sequence) : .unknown
    let merged = content.kind == .unknown ? added : node.either(content, added)
    set(&node, node.container(.sequence, of: merged))
  }

  /// The sequence without one of its elements.
  static func erase(_ node: inout NodeInference) { node.setType(0, like: 0) }

  static func at(_ node: inout NodeInference) {
    guard node.slot(0).kind == .sequence else { return }
    let content = node.content(of: node.slot(0))
    set(&node, content.isVacant ? .tensor(content.element) : content)
  }

  static func length(_ node: inout NodeInference) { node.setScalar(0) }

  static func split(_ node: inout NodeInference) {
    var part = TypeSlot.tensor(node.element(0))
    if var shape = node.shape(0), let axis = node.axis(.axis, default: 0, rank: shape.count) {
      shape[axis] = partExtent(&node, shape[axis])
      if !node.hasInput(1), !node.flag(.keepDims, default: true) { shape.remove(at: axis) }
      if let run = node.store(shape) { part.setShape(run) }
    }
    set(&node, node.container(.sequence, of: part))
  }

  /// The extent that all parts have, when it is one.
  private static func partExtent(_ node: inout NodeInference, _ extent: Dim) -> Dim {
    guard node.hasInput(1) else { return .one }
    guard let sizes = node.constants(1), let first = sizes.first else { return .unknown }
    if node.rank(1) == 0 {
      guard let total = node.extent(extent), first > 0, total % first == 0 else { return .unknown }
      return node.dims.fixed(first)
    }
    return sizes.allSatisfy { $0 == first } ? node.dims.fixed(first) : .unknown
  }

  static func concatenate(_ node: inout NodeInference) {
    let content = node.slot(0).kind == .sequence ? node.content(of: node.slot(0)) : .unknown
    guard content.isTensor else { return }
    node.setElement(0, content.element)
    guard var shape = node.shape(of: content) else { return }
    let isNew = node.flag(.newAxis)
    let rank = shape.count + (isNew ? 1 : 0)
    guard let axis = node.axis(.axis, default: 0, rank: rank) else { return }
    if isNew { shape.insert(.unknown, at: axis) } else { shape[axis] = .unknown }
    node.setShape(0, shape)
  }

  static func optional(_ node: inout NodeInference) {
    if node.hasInput(0) {
      return set(&node, node.container(.optional, of: node.slot(0).withoutIntegers))
    }
    guard case .type(let type) = node.attribute(.type), !type.isNone else { return }
    let content = node.slot(of: node.graph.types[type.index], pins: .none)
    set(&node, node.container(.optional, of: content))
  }

  /// The content of an optional; anything else passes through.
  static func element(_ node: inout NodeInference) {
    let slot = node.slot(0)
    set(&node, slot.kind == .optional ? node.content(of: slot) : slot)
  }

  static func hasElement(_ node: inout NodeInference) { node.setScalar(0) }
}
