import Bytes

/// How many records of each kind a graph holds: counted in a small one, told from the first ones in a
/// big one.
struct GraphSize {
  private static let mostCounted = 4096
  /// What is reserved and not needed costs only addresses, but these should stay few.
  private static let mostReserved = 1 << 21

  private(set) var nodes = 0
  private(set) var initializers = 0
  private(set) var others = 0

  /// Looks at the first records of a graph.
  init(of record: ByteRange, _ bytes: Span<UInt8>) throws(WireFailure) {
    var rest = record
    var counted = 0
    while !rest.isEmpty, counted < Self.mostCounted {
      let tag = try bytes.tag(&rest)
      switch tag.field {
      case Field.Graph.node: nodes += 1
      case Field.Graph.initializer: initializers += 1
      default: others += 1
      }
      try bytes.skip(tag, &rest)
      counted += 1
    }
    guard !rest.isEmpty else { return }
    let scale = Double(record.count) / Double(record.count - rest.count)
    nodes = Self.scaled(nodes, scale)
    initializers = Self.scaled(initializers, scale)
    others = Self.scaled(others, scale)
  }

  private static func scaled(_ count: Int, _ scale: Double) -> Int {
    // A little more, since the first names have the shortest numbers in them.
    Int(min(Double(count) * scale * 1.1, Double(mostReserved)))
  }
}
