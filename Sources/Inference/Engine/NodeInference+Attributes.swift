import ModelGraph

/// The attributes that a call gives to the body of a function.
struct CallBindings: Sendable {
  var attributes: [Attribute] = []
}

extension NodeInference {
  /// The attribute of that name, references to the enclosing function's resolved.
  func attribute(_ name: AttributeName) -> AttributeValue? {
    for index in attributeRun.range
    where attributeNames.isName(graph.attributes[index].name, name) {
      return resolved(graph.attributes[index].value)
    }
    return nil
  }

  func resolved(_ value: AttributeValue) -> AttributeValue? {
    guard case .reference(let name, _) = value else { return value }
    let bound = calls[call].attributes.first { $0.name == name }
    return bound?.value
  }

  /// What a call of a function binds: the attributes of the node in hand, then the defaults.
  func bindings(defaults: Run) -> CallBindings {
    var result: [Attribute] = []
    for attribute in graph.attributes[attributeRun.range] {
      if let value = resolved(attribute.value) {
        result.append(Attribute(name: attribute.name, value: value))
      }
    }
    for attribute in graph.attributes[defaults.range]
    where !result.contains(where: { $0.name == attribute.name }) {
      result.append(attribute)
    }
    return CallBindings(attributes: result)
  }

  func integer(_ name: AttributeName) -> Int64? {
    guard case .int(let value) = attribute(name) else { return nil }
    return value
  }

  func integer(_ name: AttributeName, default value: Int64) -> Int64 { integer(name) ?? value }

  func flag(_ name: AttributeName, default value: Bool = false) -> Bool {
    integer(name).map { $0 != 0 } ?? value
  }

  func integers(_ name: AttributeName) -> [Int64]? {
    run(name).map { Array(graph.integerPool[$0.range]) }
  }

  /// Where the whole numbers of a list stand in the graph's pool.
  func run(_ name: AttributeName) -> Run? {
    guard case .ints(let run) = attribute(name) else { return nil }
    return run
  }

  func number(_ name: AttributeName) -> Float? {
    guard case .float(let value) = attribute(name) else { return nil }
    return value
  }

  func numbers(_ name: AttributeName) -> [Float]? {
    guard case .floats(let run) = attribute(name) else { return nil }
    return Array(graph.floatPool[run.range])
  }

  func text(_ name: AttributeName) -> String? {
    guard case .string(let text) = attribute(name) else { return nil }
    return graph.text(text)
  }

  /// The element type that an attribute names by its ONNX number.
  func elementType(_ name: AttributeName) -> ElementType? {
    integer(name).flatMap { UInt8(exactly: $0) }.flatMap(ElementType.init(rawValue:))
  }

  /// Number of elements of a list, also of one too long to be kept.
  func count(_ name: AttributeName) -> Int? {
    switch attribute(name) {
    case .ints(let run), .floats(let run), .strings(let run): Int(run.count)
    case .longList(_, let count): count
    default: nil
    }
  }

  /// The axis that an attribute gives, negative ones counted from the end, or nil out of range.
  func axis(_ name: AttributeName, default value: Int64, rank: Int) -> Int? {
    position(of: integer(name, default: value), rank: rank)
  }

  /// The place that an axis stands for in a tensor of `rank` dims, or nil.
  func position(of axis: Int64, rank: Int) -> Int? {
    let rank = Int64(rank)
    guard axis >= -rank, axis < rank else { return nil }
    return Int(axis < 0 ? axis + rank : axis)
  }
}
