import ModelGraph

/// Operators that make tensors rather than transform them.
enum Generation {
  static func constant(_ node: inout NodeInference) {
    if case .tensor(let tensor) = node.attribute(.value) {
      node.setConstant(0, tensor)
    } else if case .sparseTensor(let values, _) = node.attribute(.sparseValue), !values.isNone {
      node.setElement(0, node.graph.tensors[values.index].elementType)
    } else if let value = node.integer(.valueInt) {
      node.setElement(0, .int64)
      node.setScalar(0)
      node.setIntegers(0, [node.dims.fixed(value)])
    } else if let count = node.count(.valueInts) {
      setList(&node, .int64, count)
      node.setIntegers(0, node.integers(.valueInts)?.map { node.dims.fixed($0) })
    } else if let value = node.number(.valueFloat) {
      node.setElement(0, .float32)
      node.setScalar(0)
      node.setIntegers(0, [node.dims.real(Double(value))])
    } else if let count = node.count(.valueFloats) {
      setList(&node, .float32, count)
      node.setIntegers(0, node.numbers(.valueFloats)?.map { node.dims.real(Double($0)) })
    } else if node.attribute(.valueString) != nil {
      node.setElement(0, .string)
      node.setScalar(0)
    } else if let count = node.count(.valueStrings) {
      setList(&node, .string, count)
    }
  }

  private static func setList(_ node: inout NodeInference, _ element: ElementType, _ count: Int) {
    node.setElement(0, element)
    node.setShape(0, [node.dims.fixed(Int64(count))])
  }

  static func constantOfShape(_ node: inout NodeInference) {
    node.setElement(0, .float32)
    var filling = TensorReference.none
    if case .tensor(let tensor) = node.attribute(.value) {
      filling = tensor
      node.setElement(0, node.graph.tensors[tensor.index].elementType)
    }
    setShapeOfInput(&node, 0)
    guard let count = node.integerCount(of: node.outputs[0]) else { return }
    let fill = filling.isNone ? .zero : node.small(filling)?.first ?? .unknown
    node.setIntegers(0, Array(repeating: fill, count: count))
  }

  /// The elements of an input are the dims of the output.
  private static func setShapeOfInput(_ node: inout NodeInference, _ input: Int) {
    if let shape = node.integers(input) {
      node.setShape(0, shape.map { node.dims.truncated($0) })
    } else if let rank = node.extent(node.dim(input, 0)) {
      node.setRank(0, Int(clamping: rank))
    }
  }

  static func shape(_ node: inout NodeInference) {
    guard let shape = node.shape(0) else { return node.setRank(0, 1) }
    let count = Int64(shape.count)
    func place(_ bound: Int64) -> Int {
      Int(min(max(bound < 0 ? max(bound, -count) + count : bound, 0), count))
    }
    let start = place(node.integer(.start, default: 0))
    let end = max(start, place(node.integer(.end, default: count)))
    node.setShape(0, [node.dims.fixed(Int64(end - start))])
    node.setIntegers(0, Array(shape[start..<end]))
  }

  static func size(_ node: inout NodeInference) {
    node.setScalar(0)
    if let count = node.elementCount(0) { node.setIntegers(0, [count]) }
  }

  static func range(_ node: inout NodeInference) {
    guard let start = node.scalar(0), let limit = node.scalar(1) else {
      return node.setShape(0, [node.dataDependent()])
    }
    let step = node.hasInput(2) ? node.scalar(2) ?? .unknown : .one
    var count = Dim.unknown
    if let first = node.dims.number(start), let last = node.dims.number(limit),
      let step = node.dims.number(step), step != 0
    {
      let exact = ((last - first) / step).rounded(.up)
      count = node.dims.real(max(exact, 0))
    } else if let step = node.extent(step), step > 0 {
      let span = node.dims.difference(limit, start)
      let room = node.dims.maximum(span, .zero)
      count = node.dims.ceilingQuotient(room, node.dims.fixed(step))
    }
    node.setShape(0, [count.isUnknown ? node.dataDependent() : count])
    guard let number = node.integerCount(of: node.outputs[0]) else { return }
    var values: [Dim] = []
    var next = start
    for _ in 0..<number {
      values.append(next)
      next = node.dims.sum(next, step)
    }
    node.setIntegers(0, values)
  }

  static func random(_ node: inout NodeInference) {
    node.setElement(0, node.elementType(.dtype) ?? .float32)
    if let shape = node.integers(.shape) { node.setShape(0, shape.map { node.dims.fixed($0) }) }
  }

  /// Shape of the input; element type of the attribute or else of the input.
  static func like(_ node: inout NodeInference) {
    node.setElement(0, node.elementType(.dtype) ?? node.element(0))
    node.setShape(0, like: 0)
  }

  static func multinomial(_ node: inout NodeInference) {
    node.setElement(0, node.elementType(.dtype) ?? .int32)
    node.setShape(0, [node.dim(0, 0), node.dims.fixed(node.integer(.sampleSize, default: 1))])
  }
}
