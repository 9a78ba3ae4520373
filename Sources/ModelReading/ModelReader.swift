public import Bytes
public import ModelGraph

/// A model that has been read.
public struct LoadedModel: Sendable {
  /// The graph.
  public let graph: ModelGraph
  /// The serialisation it was read from.
  public let format: ModelFormat
  /// Size of the model file, external data excluded.
  public let byteCount: Int
}

/// Reads ONNX models of every serialisation into graphs.
public enum ModelReader {
  /// Messages of more bytes than this are refused by protobuf runtimes.
  static let protobufLimit = Int(Int32.max)

  /// Reads a model from a file, or from standard input for `-`.
  ///
  /// - Throws: `ReadFailure` with the reason and, where there is one, the place in the file.
  public static func read(path: String) throws(ReadFailure) -> LoadedModel {
    let source: ByteSource
    do {
      source = try ByteSource.open(path)
    } catch {
      throw ReadFailure(error.reason, at: nil)
    }
    return try read(source)
  }

  /// Reads a model from bytes, telling the format by content.
  ///
  /// - Throws: `ReadFailure` with the reason and, where there is one, the place in the file.
  public static func read(_ source: ByteSource) throws(ReadFailure) -> LoadedModel {
    let format = try source.withBytes { (bytes) throws(ReadFailure) in try ModelFormat.sniff(bytes)
    }
    return try read(source, as: format)
  }

  /// Reads a model from bytes of a known format.
  ///
  /// - Throws: `ReadFailure` with the reason and, where there is one, the place in the file.
  public static func read(
    _ source: ByteSource, as format: ModelFormat
  ) throws(ReadFailure) -> LoadedModel {
    let graph = format == .protobuf ? try readBinary(source) : try readText(source, as: format)
    return LoadedModel(graph: graph, format: format, byteCount: source.count)
  }

  private static func readBinary(_ source: ByteSource) throws(ReadFailure) -> ModelGraph {
    var reader = BinaryReader(source: source, isTranscoded: false)
    if source.count > protobufLimit {
      reader.note(
        .oversizedFile,
        "the file has \(source.count) bytes; protobuf runtimes refuse more than \(protobufLimit)",
        at: 0)
    }
    do {
      return try source.withBytes { (bytes) throws(WireFailure) in try reader.read(bytes) }
    } catch {
      throw ReadFailure(error.reason, at: .byte(error.offset))
    }
  }

  /// Rewrites a text form as wire bytes, reads those, and gives everything its place in the text.
  private static func readText(
    _ source: ByteSource, as format: ModelFormat
  ) throws(ReadFailure) -> ModelGraph {
    let transcoded = try source.withBytes { (bytes) throws(ReadFailure) in
      switch format {
      case .json: try transcodeJSON(bytes)
      case .textproto: try transcodeTextproto(bytes)
      case .onnxText, .protobuf: try transcodeONNXText(bytes)
      }
    }
    let wire = ByteSource(transcoded.bytes)
    var reader = BinaryReader(source: wire, isTranscoded: true)
    var graph: ModelGraph
    do {
      graph = try wire.withBytes { (bytes) throws(WireFailure) in try reader.read(bytes) }
    } catch {
      throw ReadFailure(error.reason, at: transcoded.position(of: error.offset))
    }
    graph.irregularities += transcoded.warnings
    graph.movePositions { $0.byteOffset.map(transcoded.position) ?? $0 }
    return graph
  }
}

extension TranscodedModel {
  /// Where the message around an offset of the wire bytes stands in the text.
  func position(of offset: Int) -> SourcePosition {
    var low = 0
    var high = positions.count
    while low < high {
      let middle = (low + high) / 2
      if positions[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? .text(line: 1, column: 1) : positions[low - 1].position
  }
}

extension ModelGraph {
  /// Replaces every position in the graph.
  fileprivate mutating func movePositions(_ move: (SourcePosition) -> SourcePosition) {
    for index in nodes.indices { nodes[index].position = move(nodes[index].position) }
    for index in tensors.indices { tensors[index].position = move(tensors[index].position) }
    for index in scopes.indices { scopes[index].position = move(scopes[index].position) }
    for index in irregularities.indices {
      irregularities[index].position = move(irregularities[index].position)
    }
  }
}
