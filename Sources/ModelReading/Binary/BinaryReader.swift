import Bytes
import ModelGraph

/// Reads a `ModelProto` from wire bytes into a `ModelGraph`.
///
/// Records are read where they stand, in any order and any number. Graphs held by attributes are
/// queued and read after the graph around them, so depth costs no stack and the nodes of a scope
/// are consecutive. Names are resolved when all records of a scope have been seen.
struct BinaryReader {
  /// Deepest nesting of subgraphs that is read; protobuf runtimes stop at 31.
  static let deepestSubgraph = 128
  /// Most operator sets that a model or function may import; there are about a dozen.
  static let mostOpsetImports = 1000

  var graph: ModelGraph
  /// Whether the bytes were written by a text reader, which may leave out long payloads.
  let isTranscoded: Bool

  /// Graph records that wait to be read into their scope.
  var pending: [PendingScope] = []
  var operatorNames: NameTable
  /// The first few operators with each name of `operatorNames`, for a search without hashing.
  var operatorsByName: [[OperatorReference]] = []
  static let namesakes = 8
  var operatorsByIdentity: [OperatorIdentity: OperatorReference] = [:]
  /// Distinct type records; an entry's position equals the type's in `graph.types`.
  var typeRecords: NameTable
  /// Those of them that say nothing, as some exporters write them.
  var emptyTypes: Set<Int> = []
  var staging = ScopeStaging()
  var scratch = Scratch()
  var operandNames = OperandNames()

  init(source: ByteSource, isTranscoded: Bool) {
    graph = ModelGraph(source: source)
    operatorNames = NameTable(of: source)
    typeRecords = NameTable(of: source)
    self.isTranscoded = isTranscoded
  }

  /// Reads the whole model.
  mutating func read(_ bytes: Span<UInt8>) throws(WireFailure) -> ModelGraph {
    guard bytes.count < NameTable.longestSource else {
      throw WireFailure("the file has more than 1 TiB", at: 0)
    }
    try readModel(bytes)
    var next = 0
    while next < pending.count {
      let scope = pending[next]
      next += 1
      try readScope(scope, bytes)
      resolveScope(scope.scope, bytes)
    }
    graph.names.seal()
    graph.texts.seal()
    return graph
  }

  mutating func note(
    _ kind: Irregularity.Kind, _ detail: String, node: NodeReference = .none, at offset: Int
  ) {
    // A broken generator repeats itself; a few examples of each kind say enough.
    guard scratch.noted[kind, default: 0] < 32 else { return }
    scratch.noted[kind, default: 0] += 1
    graph.irregularities.append(
      Irregularity(kind, detail, node: node, position: .byte(offset)))
  }
}

/// A scope whose records are known and not yet read.
struct PendingScope {
  let scope: ScopeReference
  let records: [ByteRange]
  let depth: Int
}

/// What is known of the scope being read before its names are resolved.
struct ScopeStaging {
  var inputs: [(name: ByteRange, type: TypeReference)] = []
  var outputs: [(name: ByteRange, type: TypeReference)] = []
  var valueInfos: [(name: ByteRange, type: TypeReference)] = []
  var initializers: [TensorReference] = []
  var sparseInitializers:
    [(
      values: TensorReference, indices: TensorReference, dims: Run, position: SourcePosition
    )] = []
  /// Values of the main graph by name; other scopes are small and use dictionaries.
  var mainBindings: [ValueReference] = []
  var nestedBindings: [ScopeReference: [NameReference: ValueReference]] = [:]

  /// Names that the scope may have beside those of operands.
  var nameCount: Int {
    inputs.count + outputs.count + valueInfos.count + initializers.count
      + sparseInitializers.count
  }

  mutating func clear() {
    inputs.removeAll(keepingCapacity: true)
    outputs.removeAll(keepingCapacity: true)
    valueInfos.removeAll(keepingCapacity: true)
    initializers.removeAll(keepingCapacity: true)
    sparseInitializers.removeAll(keepingCapacity: true)
  }
}

/// Buffers that are filled anew for each record, kept to save allocations.
struct Scratch {
  var inputs: [ByteRange] = []
  var outputs: [ByteRange] = []
  var attributeRecords: [ByteRange] = []
  var integers: [Int64] = []
  var floats: [Float] = []
  var texts: [TextReference] = []
  var noted: [Irregularity.Kind: Int] = [:]
}
