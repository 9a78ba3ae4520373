import ModelGraph

/// Matrix products.
enum Matrix {
  static func product(_ node: inout NodeInference) { multiply(&node, 0, 1) }

  static func quantizedProduct(_ node: inout NodeInference) { multiply(&node, 0, 3) }

  private static func multiply(_ node: inout NodeInference, _ first: Int, _ second: Int) {
    guard let left = node.shape(first), let right = node.shape(second) else { return }
    if let shape = node.matrixProduct(left, right) { node.setShape(0, shape) }
  }

  static func general(_ node: inout NodeInference) {
    let rows = node.dim(0, node.flag(.transA) ? 1 : 0)
    let columns = node.dim(1, node.flag(.transB) ? 0 : 1)
    node.setShape(0, [rows, columns])
  }

  /// The determinant of the last two dims.
  static func determinant(_ node: inout NodeInference) {
    guard let shape = node.shape(0), shape.count >= 2 else { return }
    node.setShape(0, shape.dropLast(2))
  }

  static func einsum(_ node: inout NodeInference) {
    guard let equation = node.text(.equation), let terms = EinsumEquation(equation),
      terms.inputs.count == node.inputCount
    else { return }
    var extents: [UInt8: Dim] = [:]
    var ellipsis: [Dim] = []
    var isComplete = true
    for (index, term) in terms.inputs.enumerated() {
      guard let shape = node.shape(index) else {
        isComplete = isComplete && !term.contains(EinsumEquation.ellipsis)
        continue
      }
      guard let bound = EinsumEquation.bind(term, shape) else { return }
      for (letter, dim) in bound.letters {
        extents[letter] = extents[letter].map { node.broadcast($0, dim) } ?? dim
      }
      ellipsis = node.broadcast(ellipsis, bound.ellipsis)
    }
    var shape: [Dim] = []
    for letter in terms.output {
      if letter == EinsumEquation.ellipsis {
        guard isComplete else { return }
        shape += ellipsis
      } else {
        shape.append(extents[letter] ?? .unknown)
      }
    }
    node.setShape(0, shape)
  }
}

extension NodeInference {
  /// The shape of a product of matrices or stacks of them; nil when one side is a scalar.
  mutating func matrixProduct(_ left: [Dim], _ right: [Dim]) -> [Dim]? {
    guard let inner = left.last, !right.isEmpty else { return nil }
    let outer = right.count == 1 ? right[0] : right[right.count - 2]
    if let first = extent(inner), let second = extent(outer), first != second {
      contradict("a matrix product over \(first) and \(second)")
    }
    var shape = broadcast(Array(left.dropLast(2)), Array(right.dropLast(2)))
    if left.count > 1 { shape.append(left[left.count - 2]) }
    if right.count > 1, let columns = right.last { shape.append(columns) }
    return shape
  }
}

/// The subscripts of an Einsum, as letters; an ellipsis is one letter of its own.
struct EinsumEquation {
  static let ellipsis = UInt8(ascii: ".")

  var inputs: [[UInt8]]
  var output: [UInt8]

  init?(_ text: String) {
    let letters = text.utf8.filter { $0 != UInt8(ascii: " ") }
    var sides: [[UInt8]] = [[]]
    for letter in letters {
      switch letter {
      case UInt8(ascii: "-"): sides.append([])
      case UInt8(ascii: ">"): break
      default: sides[sides.count - 1].append(letter)
      }
    }
    guard sides.count <= 2 else { return nil }
    let terms = sides[0].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    inputs = []
    output = []
    for term in terms {
      guard let term = Self.withoutRepeatedDots(Array(term)) else { return nil }
      inputs.append(term)
    }
    if sides.count == 2 {
      guard let term = Self.withoutRepeatedDots(sides[1]) else { return nil }
      output = term
    } else {
      output = Self.implicitOutput(inputs)
    }
  }

  /// Turns the three dots of an ellipsis into one; nil for another number of dots.
  private static func withoutRepeatedDots(_ term: [UInt8]) -> [UInt8]? {
    let dots = term.count { $0 == ellipsis }
    if dots == 0 { return term }
    guard dots == 3, let first = term.firstIndex(of: ellipsis),
      term[first..<first + 3].allSatisfy({ $0 == ellipsis })
    else { return nil }
    return Array(term[...first] + term[(first + 3)...])
  }

  /// Without an arrow: the ellipsis, then the letters that occur once, in alphabetical order.
  private static func implicitOutput(_ inputs: [[UInt8]]) -> [UInt8] {
    var counts: [UInt8: Int] = [:]
    for letter in inputs.joined() { counts[letter, default: 0] += 1 }
    let single = counts.filter { $0.value == 1 && $0.key != ellipsis }.map(\.key).sorted()
    return (counts[ellipsis] == nil ? [] : [ellipsis]) + single
  }

  /// The dims that the letters of a term stand for; nil when the rank does not fit.
  static func bind<Extent>(
    _ term: [UInt8], _ shape: [Extent]
  ) -> (letters: [(UInt8, Extent)], ellipsis: [Extent])? {
    let hasEllipsis = term.contains(ellipsis)
    let free = shape.count - term.count + (hasEllipsis ? 1 : 0)
    guard free >= 0, hasEllipsis || free == 0 else { return nil }
    var letters: [(UInt8, Extent)] = []
    var hidden: [Extent] = []
    var position = 0
    for letter in term {
      if letter == ellipsis {
        hidden = Array(shape[position..<position + free])
        position += free
      } else {
        letters.append((letter, shape[position]))
        position += 1
      }
    }
    return (letters, hidden)
  }
}
