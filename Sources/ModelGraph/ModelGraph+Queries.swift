import Bytes

extension ModelGraph {
  /// The main graph.
  public var main: Scope? { scopes.first }

  /// The name of a value; the empty string for `none`.
  public func text(_ name: NameReference) -> String { names.text(at: name.index) }

  /// A name or text; the empty string for `none`.
  public func text(_ text: TextReference) -> String { texts.text(at: text.index) }

  /// The operator that a node asks for.
  @inlinable
  public func operation(of node: Node) -> OperatorIdentity { operators[node.operation.index] }

  /// The inputs of a node in order; omitted ones are `none`.
  @inlinable
  public func inputs(of node: Node) -> ArraySlice<ValueReference> {
    operands[node.operands.range].prefix(Int(node.inputCount))
  }

  /// The outputs of a node in order; omitted ones are `none`.
  @inlinable
  public func outputs(of node: Node) -> ArraySlice<ValueReference> {
    operands[node.operands.range].dropFirst(Int(node.inputCount))
  }

  /// Input `index` of a node, or `none` if it is omitted.
  @inlinable
  public func input(_ index: Int, of node: Node) -> ValueReference {
    index >= 0 && index < Int(node.inputCount) ? operands[Int(node.operands.start) + index] : .none
  }

  /// Output `index` of a node, or `none` if it is omitted.
  @inlinable
  public func output(_ index: Int, of node: Node) -> ValueReference {
    let position = Int(node.inputCount) + index
    return index >= 0 && position < Int(node.operands.count)
      ? operands[Int(node.operands.start) + position] : .none
  }

  /// The attribute of that name, or nil.
  public func attribute(_ name: String, of node: Node) -> AttributeValue? {
    for attribute in attributes[node.attributes.range] where text(attribute.name) == name {
      return attribute.value
    }
    return nil
  }

  /// The declared type of a value, or nil; a constant's own type counts as declared.
  public func declaredType(of value: ValueReference) -> ValueType? {
    guard !value.isNone else { return nil }
    let entry = values[value.index]
    if !entry.declaredType.isNone { return types[entry.declaredType.index] }
    guard !entry.tensor.isNone else { return nil }
    let tensor = tensors[entry.tensor.index]
    return .tensor(TensorType(tensor.elementType, shape: dims(of: tensor).map { .fixed($0) }))
  }

  /// The extents of a constant.
  public func dims(of tensor: Tensor) -> ArraySlice<Int64> { integerPool[tensor.dims.range] }

  /// Number of elements of a constant; nil when an extent is negative or the product overflows.
  public func elementCount(of tensor: Tensor) -> Int64? {
    var product: Int64 = 1
    for extent in dims(of: tensor) {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow else { return nil }
      product = next
    }
    return product
  }

  /// The function that a node calls, or nil when the operator is not defined in the file.
  public func function(called identity: OperatorIdentity) -> Function? {
    functions.first { $0.identity == identity }
  }

  /// Operator sets that apply in a scope: the function's own, or the model's.
  public func opsetImports(in scope: ScopeReference) -> [OpsetImport] {
    var current = scope
    while !current.isNone {
      let entry = scopes[current.index]
      if case .function(let index) = entry.kind { return functions[index].opsetImports }
      current = entry.parent
    }
    return opsetImports
  }

  /// For each scope, whose operator sets apply: 0 for the model's, i + 1 for function i's.
  public var environments: [Int] {
    var environments: [Int] = []
    for scope in scopes {
      if case .function(let index) = scope.kind {
        environments.append(index + 1)
      } else {
        // Scopes around a subgraph stand before it.
        environments.append(scope.parent.isNone ? 0 : environments[scope.parent.index])
      }
    }
    return environments
  }

  /// Where a scope stands, as people read it: `main`, `main/If_3.then_branch`, `function f::g`.
  public func path(of scope: ScopeReference) -> String {
    var parts: [String] = []
    var current = scope
    while !current.isNone {
      let entry = scopes[current.index]
      switch entry.kind {
      case .main: parts.append("main")
      case .training: parts.append("training")
      case .function(let index): parts.append("function \(functions[index].identity)")
      case .attributeDefault(let attribute): parts.append("default of \(text(attribute))")
      case .subgraph(let node, let attribute, let index):
        let suffix = index == 0 ? "" : "[\(index)]"
        parts.append("\(label(of: node)).\(text(attribute))\(suffix)")
      }
      current = entry.parent
    }
    return parts.reversed().joined(separator: "/")
  }

  /// Bytes of a node's message in a binary file, from the node's position on; nil for text forms.
  public func storedByteCount(of node: NodeReference) -> Int? {
    guard let start = nodes[node.index].position.byteOffset else { return nil }
    return source.withBytes { bytes in
      guard start > 1, start <= bytes.count, bytes[start - 1] < 0x80 else { return nil }
      // The length stands before the message: of a varint all bytes but the last have the top bit.
      var first = start - 1
      while first > 0, start - first < 5, bytes[first - 1] >= 0x80 { first -= 1 }
      let length = (first..<start).reduce(0) { sum, index in
        sum | Int(bytes[index] & 0x7F) << (7 * (index - first))
      }
      return length <= bytes.count - start ? length : nil
    }
  }

  /// A node's name, or its operator and place among the scope's nodes when it has none.
  public func label(of node: NodeReference) -> String {
    let entry = nodes[node.index]
    let name = text(entry.name)
    if !name.isEmpty { return name }
    let place = node.index - Int(scopes[entry.scope.index].nodes.start)
    return "\(operators[entry.operation.index].name)#\(place)"
  }
}
