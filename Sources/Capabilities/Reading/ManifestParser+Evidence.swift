import Bytes

extension ManifestParser {
  /// The table of sources.
  mutating func sourceTable(_ bytes: Span<UInt8>) throws(JSONFailure) -> [CitedSource] {
    try list(bytes) { (parser) throws(JSONFailure) in try parser.source(bytes) }
  }

  private mutating func source(_ bytes: Span<UInt8>) throws(JSONFailure) -> CitedSource {
    var kind: EvidenceSource.Kind?
    var repository: String?
    var commit: String?
    var date: String?
    var path: String?
    var confidence: Confidence?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "kind": kind = try choice(bytes)
      case "repository": repository = try text(bytes)
      case "commit": commit = try text(bytes)
      case "date": date = try text(bytes)
      case "path": path = try text(bytes)
      case "confidence": confidence = try choice(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    let source = EvidenceSource(
      kind: try required(kind, "kind", at: start, in: bytes),
      repository: try required(repository, "repository", at: start, in: bytes),
      commit: commit, date: date)
    return CitedSource(source: source, path: path, confidence: confidence)
  }

  /// Citations, at least one.
  mutating func citations(_ bytes: Span<UInt8>) throws(JSONFailure) -> [Evidence] {
    try filledList(bytes) { (parser) throws(JSONFailure) in try parser.citation(bytes) }
  }

  private mutating func citation(_ bytes: Span<UInt8>) throws(JSONFailure) -> Evidence {
    var cited: CitedSource?
    var path: String?
    var line: String?
    var confidence: Confidence?
    let start = try beginObject(bytes)
    while let key = try nextKey(bytes) {
      switch key {
      case "source": cited = try sourceReference(bytes)
      case "path": path = try text(bytes)
      case "line": line = try text(bytes)
      case "confidence": confidence = try choice(bytes)
      default: throw unknownKey(key, in: bytes)
      }
    }
    let source = try required(cited, "source", at: start, in: bytes)
    return Evidence(
      source: source.source, path: path ?? source.path, line: line,
      confidence: try required(
        confidence ?? source.confidence, "confidence", at: start, in: bytes))
  }

  private mutating func sourceReference(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> CitedSource {
    let sources = sources ?? []
    let start = try nextOffset(bytes)
    let index = try position(bytes)
    guard index < sources.count else {
      throw reader.failure(
        "there is no source \(index); \"sources\" holds \(sources.count)", in: bytes, at: start)
    }
    return sources[index]
  }
}
