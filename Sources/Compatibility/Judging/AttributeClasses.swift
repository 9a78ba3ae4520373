import ModelGraph

/// Numbers for lists of attributes, the same for nodes whose attributes are the same.
///
/// Tensors, graphs and types count by their kind alone: no condition looks into them.
struct AttributeClasses {
  /// The number of nodes without attributes.
  static let none: Int32 = 0
  /// The number of all nodes that came when there were too many classes already.
  static let others: Int32 = -1
  private static let most = 1024

  /// For each class, a node of it.
  private var examples: [Node] = []
  private var classes: [Int: [Int32]] = [:]

  /// The number of a node's class.
  mutating func place(of node: Node, in graph: ModelGraph) -> Int32 {
    guard node.attributes.count > 0 else { return Self.none }
    var hasher = Hasher()
    for position in node.attributes.range { graph.hash(attribute: position, into: &hasher) }
    let hash = hasher.finalize()
    for known in classes[hash] ?? [] {
      let example = examples[Int(known) - 1].attributes
      guard example.count == node.attributes.count else { continue }
      let isSame = zip(example.range, node.attributes.range).allSatisfy {
        graph.isSame(attribute: $0, as: $1)
      }
      if isSame { return known }
    }
    guard examples.count < Self.most else { return Self.others }
    examples.append(node)
    let added = Int32(examples.count)
    classes[hash, default: []].append(added)
    return added
  }
}

extension ModelGraph {
  fileprivate func hash(attribute position: Int, into hasher: inout Hasher) {
    let attribute = attributes[position]
    hasher.combine(attribute.name.position)
    switch attribute.value {
    case .int(let number): hasher.combine(number)
    case .float(let number): hasher.combine(number.bitPattern)
    case .string(let name): hasher.combine(text(name))
    case .ints(let run): for index in run.range { hasher.combine(integerPool[index]) }
    default: break
    }
  }

  fileprivate func isSame(attribute left: Int, as right: Int) -> Bool {
    guard attributes[left].name == attributes[right].name else { return false }
    switch (attributes[left].value, attributes[right].value) {
    case (.int(let one), .int(let other)): return one == other
    case (.float(let one), .float(let other)): return one.bitPattern == other.bitPattern
    case (.string(let one), .string(let other)): return text(one) == text(other)
    case (.ints(let one), .ints(let other)):
      return integerPool[one.range].elementsEqual(integerPool[other.range])
    case (.floats(let one), .floats(let other)):
      return floatPool[one.range].elementsEqual(floatPool[other.range]) {
        $0.bitPattern == $1.bitPattern
      }
    case (.strings(let one), .strings(let other)):
      return textPool[one.range].elementsEqual(textPool[other.range]) {
        text($0) == text($1)
      }
    case (.longList(let kind, let count), .longList(let otherKind, let otherCount)):
      return kind == otherKind && count == otherCount
    case (.reference(let one, let kind), .reference(let other, let otherKind)):
      return one == other && kind == otherKind
    case (.tensor, .tensor), (.tensors, .tensors), (.graph, .graph), (.graphs, .graphs),
      (.sparseTensor, .sparseTensor), (.sparseTensors, .sparseTensors), (.type, .type),
      (.types, .types), (.undefined, .undefined):
      return true
    default: return false
    }
  }
}
