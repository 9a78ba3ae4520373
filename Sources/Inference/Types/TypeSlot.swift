import ModelGraph

/// What is known of one value, in twelve bytes; dims, element types of containers and known integers
/// stand in pools.
struct TypeSlot: Sendable, Equatable {
  enum Kind: UInt8, Sendable {
    case unknown, tensor, sparseTensor, sequence, optional, map, opaque
  }

  var kind = Kind.unknown
  /// Of a tensor; of a map, its keys.
  var element = ElementType.undefined
  /// Number of dims, −1 for unknown, −2 for a tensor that a container has never held.
  private(set) var rankCode: Int16 = -1
  /// Place of the first dim in the pool.
  private(set) var shapeStart: Int32 = 0
  /// Of a tensor, the place of its first known integer in the pool; of a container, the place of what
  /// it contains; −1 for neither.
  var detail: Int32 = -1

  static let unknown = TypeSlot()

  static func tensor(_ element: ElementType = .undefined) -> TypeSlot {
    TypeSlot(kind: .tensor, element: element)
  }

  /// The element type of a sequence without elements: it has any shape that is asked for.
  static func vacant(_ element: ElementType) -> TypeSlot {
    var slot = TypeSlot.tensor(element)
    slot.rankCode = -2
    return slot
  }

  var isVacant: Bool { rankCode == -2 }

  /// Whether this is a dense or sparse tensor.
  var isTensor: Bool { kind == .tensor || kind == .sparseTensor }

  /// Whether this is a sequence, optional or map.
  var isContainer: Bool { kind == .sequence || kind == .optional || kind == .map }

  var rank: Int? { rankCode < 0 ? nil : Int(rankCode) }

  /// Where the dims stand, or nil without rank.
  var shape: Run? { rankCode < 0 ? nil : Run(start: Int(shapeStart), count: Int(rankCode)) }

  mutating func setShape(_ run: Run) {
    shapeStart = run.start
    rankCode = Int16(truncatingIfNeeded: run.count)
  }

  mutating func forgetShape() {
    shapeStart = 0
    rankCode = -1
    if isTensor { detail = -1 }
  }
}
