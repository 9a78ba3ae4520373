import Bytes
import ModelGraph
import Threads

/// The names of nodes' inputs and outputs on their way into the graph's table of names.
///
/// They are looked up when all nodes of a scope are read; those of a big main graph in pieces by a
/// second thread, while the reader goes on.
struct OperandNames {
  /// Below this the second thread would not have got going before the reader is done.
  private static let leastNodes = 20_000
  private static let pieceLength = 1 << 14

  private var piece: [ByteRange] = []
  private var assistant: Assistant<[ByteRange], NameLookup>?
  /// Names appended and not resolved yet.
  private(set) var count = 0

  /// Engages the second thread if the main graph is big.
  mutating func prepare(for size: GraphSize, in source: ByteSource) {
    guard size.nodes >= Self.leastNodes, assistant == nil, count == 0 else { return }
    assistant = Assistant {
      NameLookup(in: source, size)
    } _: { lookup, piece in
      source.withBytes { lookup.add(piece, $0) }
    }
  }

  /// Adds names; an empty one stands for an omitted operand.
  mutating func append(_ ranges: [ByteRange]) {
    for range in ranges { piece.append(range) }
    count += ranges.count
    guard let assistant, piece.count >= Self.pieceLength else { return }
    assistant.take(piece)
    piece = []
    piece.reserveCapacity(Self.pieceLength + 1024)
  }

  /// Puts references to the names into `ModelGraph.operands`, in the order of appending.
  ///
  /// Until the scope is resolved, operands refer to names instead of values.
  mutating func resolve(in graph: inout ModelGraph, _ bytes: Span<UInt8>) {
    var lookup = NameLookup(names: graph.names, operands: [])
    if let assistant {
      // Only the main graph has one, and before it no scope has names.
      if let whole = assistant.finish() { lookup = whole }
      self.assistant = nil
    } else {
      // Nothing else refers to the tables while they change, or they would be copied.
      lookup.operands = graph.operands
      graph.operands = []
    }
    graph.names = NameTable(of: graph.source)
    lookup.add(piece, bytes)
    graph.names = lookup.names
    graph.operands = lookup.operands
    piece.removeAll(keepingCapacity: true)
    count = 0
  }
}

/// The table of names as it grows, and what has been looked up so far.
private struct NameLookup: Sendable {
  var names: NameTable
  var operands: [ValueReference]

  init(names: NameTable, operands: [ValueReference]) {
    self.names = names
    self.operands = operands
  }

  /// Makes room for a graph of a size.
  init(in source: ByteSource, _ size: GraphSize) {
    names = NameTable(of: source)
    names.reserve(size.nodes + size.initializers)
    operands = []
    operands.reserveLarge(3 * size.nodes)
  }

  mutating func add(_ piece: [ByteRange], _ bytes: Span<UInt8>) {
    names.intern(piece, in: bytes) { operands.append(ValueReference($0)) }
  }
}
