import ModelGraph

/// Declared types of a file as slots, with the user's pins applied.
extension NodeInference {
  /// The slot of a declared type; unnamed dims are unknown.
  mutating func slot(of type: ValueType, pins: InputPins) -> TypeSlot {
    switch type {
    case .tensor(let tensor): return tensorSlot(tensor, .tensor, pins)
    case .sparseTensor(let tensor): return tensorSlot(tensor, .sparseTensor, pins)
    case .sequence(let element): return containerSlot(.sequence, element, pins)
    case .optional(let element): return containerSlot(.optional, element, pins)
    case .map(let key, let value):
      var slot = containerSlot(.map, value, pins)
      slot.element = key
      return slot
    case .opaque: return TypeSlot(kind: .opaque)
    }
  }

  private mutating func containerSlot(
    _ kind: TypeSlot.Kind, _ element: ValueType?, _ pins: InputPins
  ) -> TypeSlot {
    let content = element.map { slot(of: $0, pins: pins) } ?? .unknown
    return container(kind, of: content)
  }

  private mutating func tensorSlot(
    _ type: TensorType, _ kind: TypeSlot.Kind, _ pins: InputPins
  ) -> TypeSlot {
    var slot = TypeSlot(kind: kind, element: type.elementType)
    let shape = type.shape?.map { dim(of: $0, pins) }
    if let run = shape.flatMap({ store($0) }) { slot.setShape(run) }
    return slot
  }

  private mutating func dim(of dimension: Dimension, _ pins: InputPins) -> Dim {
    switch dimension {
    case .fixed(let extent): return extent < 0 ? .unknown : dims.fixed(extent)
    case .symbol(let name):
      if let extent = pins.symbols[name] { return extent < 0 ? .unknown : dims.fixed(extent) }
      return Self.placeholders.contains(name) ? .unknown : dims.symbol(name)
    case .unknown: return .unknown
    }
  }

  /// What exporters write for a dim they have no name for; two of them need not be equal.
  private static let placeholders: Set<String> = ["", "?", "-1", "None", "unk"]

  /// The slot of a stored constant.
  mutating func slot(of tensor: TensorReference) -> TypeSlot {
    let entry = graph.tensors[tensor.index]
    var slot = TypeSlot.tensor(entry.elementType)
    guard let run = storeExtents(entry.dims) else { return slot }
    slot.setShape(run)
    return slot
  }

  /// Puts extents of the graph's pool into the pool of dims.
  private mutating func storeExtents(_ extents: Run) -> Run? {
    guard extents.count <= Self.highestRank, hasRoom else { return nil }
    let run = Run(start: pool.count, count: Int(extents.count))
    for position in extents.range {
      let extent = graph.integerPool[position]
      pool.append(extent < 0 ? .unknown : dims.fixed(extent))
    }
    return run
  }

  /// Gives the unnamed dims of an input names of their own, and applies pinned extents.
  mutating func named(
    _ slot: TypeSlot, input value: ValueReference, pinned: [Int64?]?
  ) -> TypeSlot {
    guard slot.isTensor else { return slot }
    var result = slot
    let declared: [Dim]
    if let shape = shape(of: slot) {
      declared = shape
    } else if let pinned {
      declared = Array(repeating: .unknown, count: pinned.count)
    } else {
      return slot
    }
    var shape: [Dim] = []
    for (axis, dim) in declared.enumerated() {
      if let pinned, pinned.count == declared.count, let extent = pinned[axis], extent >= 0 {
        shape.append(dims.fixed(extent))
      } else {
        shape.append(dim.isUnknown ? dims.anonymous(value, axis: axis) : dim)
      }
    }
    if let run = store(shape) { result.setShape(run) }
    return result
  }
}
