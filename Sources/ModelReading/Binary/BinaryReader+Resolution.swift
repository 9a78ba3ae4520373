import Bytes
import ModelGraph

extension BinaryReader {
  /// Turns the names of a scope that has been read into values.
  ///
  /// Outer scopes have been resolved before, since they are queued before the graphs they hold.
  mutating func resolveScope(_ scope: ScopeReference, _ bytes: Span<UInt8>) {
    if scope.index == 0 {
      staging.mainBindings = Array(
        large: .none, count: graph.names.count + staging.nameCount)
    }
    defineInputs(of: scope, bytes)
    defineConstants(of: scope, bytes)
    defineNodeOutputs(of: scope)
    for info in staging.valueInfos where !info.name.isEmpty {
      let value = boundHere(name(info.name, bytes), in: scope)
      guard !value.isNone else { continue }
      graph.values[value.index].declaredType = info.type
    }
    for output in staging.outputs {
      let value = use(name(output.name, bytes), in: scope)
      graph.scopes[scope.index].outputs.append(value)
      guard !value.isNone, !output.type.isNone else { continue }
      if graph.values[value.index].scope == scope {
        graph.values[value.index].declaredType = output.type
      }
    }
    resolveInputs(of: scope)
  }

  /// The reference of a value's name; the empty name stands for an omitted value.
  private mutating func name(_ range: ByteRange, _ bytes: Span<UInt8>) -> NameReference {
    range.isEmpty ? .none : NameReference(graph.names.intern(range, in: bytes))
  }

  private mutating func defineInputs(of scope: ScopeReference, _ bytes: Span<UInt8>) {
    for input in staging.inputs {
      let value = define(
        name(input.name, bytes), in: scope, origin: .input, at: position(of: scope))
      if !value.isNone { graph.values[value.index].declaredType = input.type }
      graph.scopes[scope.index].inputs.append(value)
    }
  }

  private mutating func defineConstants(of scope: ScopeReference, _ bytes: Span<UInt8>) {
    for tensor in staging.initializers {
      let value = constant(
        tensor, in: scope, at: graph.tensors[tensor.index].position, bytes)
      guard !value.isNone else { continue }
      graph.values[value.index].tensor = tensor
      graph.scopes[scope.index].initializers.append(value)
    }
    for sparse in staging.sparseInitializers {
      let value = constant(sparse.values, in: scope, at: sparse.position, bytes)
      guard !value.isNone else { continue }
      graph.sparseInitializers.append(
        SparseInitializer(
          value: value, values: sparse.values, indices: sparse.indices, dims: sparse.dims))
    }
  }

  /// Defines an initializer, or makes it the default of the input with the same name.
  private mutating func constant(
    _ tensor: TensorReference, in scope: ScopeReference, at position: SourcePosition,
    _ bytes: Span<UInt8>
  ) -> ValueReference {
    let text = graph.tensors[tensor.index].name
    guard !text.isNone else { return .none }
    let name = name(graph.texts.range(text.index), bytes)
    let input = boundHere(name, in: scope)
    if !input.isNone, graph.values[input.index].origin == .input {
      graph.values[input.index].origin = .inputWithDefault
      return input
    }
    return define(name, in: scope, origin: .initializer, at: position)
  }

  private mutating func defineNodeOutputs(of scope: ScopeReference) {
    for index in graph.scopes[scope.index].nodes.range {
      let node = graph.nodes[index]
      let outputs = Int(node.inputCount)..<Int(node.operands.count)
      for offset in outputs {
        let operand = Int(node.operands.start) + offset
        let name = NameReference(graph.operands[operand].index)
        let value = define(name, in: scope, origin: .node, at: node.position, by: index)
        graph.operands[operand] = value
        guard !value.isNone else { continue }
        graph.values[value.index].producer = NodeReference(index)
        graph.values[value.index].outputIndex = Int32(offset - Int(node.inputCount))
      }
    }
  }

  private mutating func resolveInputs(of scope: ScopeReference) {
    for index in graph.scopes[scope.index].nodes.range {
      let node = graph.nodes[index]
      for operand in Int(node.operands.start)..<Int(node.operands.start) + Int(node.inputCount) {
        graph.operands[operand] = use(
          NameReference(graph.operands[operand].index), in: scope)
      }
    }
  }

  // MARK: Bindings

  private func position(of scope: ScopeReference) -> SourcePosition {
    graph.scopes[scope.index].position
  }

  /// Adds a value; a second definition of the same name in one scope is noted and gets its own value.
  private mutating func define(
    _ name: NameReference, in scope: ScopeReference, origin: Value.Origin,
    at position: SourcePosition, by node: Int = -1
  ) -> ValueReference {
    guard !name.isNone else { return .none }
    if !boundHere(name, in: scope).isNone {
      note(
        .duplicateDefinition, "value \"\(graph.text(name))\" is defined more than once",
        node: NodeReference(node), at: position.byteOffset ?? 0)
    } else if scope.index != 0, !boundAround(name, of: scope).isNone {
      note(
        .shadowedDefinition,
        "value \"\(graph.text(name))\" hides a value of the graph around it",
        node: NodeReference(node), at: position.byteOffset ?? 0)
    }
    let value = ValueReference(graph.values.count)
    graph.values.append(Value(name: name, scope: scope, origin: origin))
    bind(name, to: value, in: scope)
    return value
  }

  /// The value that a name stands for, made up as undefined if nothing defines it.
  private mutating func use(_ name: NameReference, in scope: ScopeReference) -> ValueReference {
    guard !name.isNone else { return .none }
    let own = boundHere(name, in: scope)
    if !own.isNone { return own }
    let outer = boundAround(name, of: scope)
    if !outer.isNone { return outer }
    let value = ValueReference(graph.values.count)
    graph.values.append(Value(name: name, scope: scope, origin: .undefined))
    bind(name, to: value, in: scope)
    return value
  }

  private func boundHere(_ name: NameReference, in scope: ScopeReference) -> ValueReference {
    if scope.index == 0 {
      return name.index < staging.mainBindings.count ? staging.mainBindings[name.index] : .none
    }
    return staging.nestedBindings[scope]?[name] ?? .none
  }

  private func boundAround(_ name: NameReference, of scope: ScopeReference) -> ValueReference {
    var current = graph.scopes[scope.index].parent
    while !current.isNone {
      let value = boundHere(name, in: current)
      if !value.isNone, graph.values[value.index].origin != .undefined { return value }
      current = graph.scopes[current.index].parent
    }
    return .none
  }

  private mutating func bind(
    _ name: NameReference, to value: ValueReference, in scope: ScopeReference
  ) {
    if scope.index == 0 {
      staging.mainBindings[name.index] = value
    } else {
      staging.nestedBindings[scope, default: [:]][name] = value
    }
  }
}
