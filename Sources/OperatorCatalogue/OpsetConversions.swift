public import Bytes

/// The steps between neighbouring opsets that ONNX's version converter can take, by operator.
public struct OpsetConversions: Sendable {
  private struct Step: Hashable {
    let operation: String
    let from: Int64
    let to: Int64
  }

  /// The value of the field `schema`.
  static let format = "regauge/conversions/1"

  private var steps: Set<Step> = []

  /// Reads the file; `file` is the name that failures give.
  ///
  /// - Throws: `CatalogueFailure` with the place of what is wrong.
  public init(file: String, source: ByteSource) throws(CatalogueFailure) {
    try source.withBytes { (bytes) throws(CatalogueFailure) in
      var fields = FieldReader()
      do throws(JSONFailure) {
        try read(&fields, bytes)
      } catch {
        throw CatalogueFailure(
          file: file, position: error.position, path: fields.pathText, reason: error.reason)
      }
    }
  }

  /// Whether the converter has an adapter for an operator of the standard domain.
  public func hasAdapter(for operation: String, from: Int64, to: Int64) -> Bool {
    steps.contains(Step(operation: operation, from: from, to: to))
  }

  private mutating func read(
    _ fields: inout FieldReader, _ bytes: Span<UInt8>
  ) throws(JSONFailure) {
    var seen: [String] = []
    let start = try fields.beginObject(bytes)
    while let key = try fields.nextKey(bytes, &seen) {
      switch key {
      case "schema":
        let start = try fields.valueOffset(bytes)
        let text = try fields.string(bytes)
        guard text == Self.format else {
          throw fields.failure("expected \"\(Self.format)\", found \"\(text)\"", at: start, bytes)
        }
      case "source": try Self.readSource(&fields, bytes)
      case "adapters": try readAdapters(&fields, bytes)
      default: throw fields.unknownKey(bytes)
      }
      fields.leave()
    }
    for key in ["schema", "source", "adapters"] where !seen.contains(key) {
      throw fields.missing(key, at: start, bytes)
    }
    try fields.end(bytes)
  }

  /// The citation is for people; it is checked and dropped.
  private static func readSource(
    _ fields: inout FieldReader, _ bytes: Span<UInt8>
  ) throws(JSONFailure) {
    var seen: [String] = []
    let start = try fields.beginObject(bytes)
    while let key = try fields.nextKey(bytes, &seen) {
      switch key {
      case "kind", "repo", "commit", "path": _ = try fields.nonEmptyString(bytes)
      default: throw fields.unknownKey(bytes)
      }
      fields.leave()
    }
    for key in ["repo", "commit", "path"] where !seen.contains(key) {
      throw fields.missing(key, at: start, bytes)
    }
  }

  private mutating func readAdapters(
    _ fields: inout FieldReader, _ bytes: Span<UInt8>
  ) throws(JSONFailure) {
    var seen: Set<String> = []
    var steps: Set<Step> = []
    try fields.beginObject(bytes)
    while let name = try fields.nextKey(bytes, unless: { seen.contains($0) }) {
      seen.insert(name)
      try fields.array(bytes) { (fields, bytes) throws(JSONFailure) in
        let start = try fields.valueOffset(bytes)
        let pair = try fields.counts(bytes)
        guard pair.count == 2, abs(pair[0] - pair[1]) == 1 else {
          throw fields.failure("expected two neighbouring opsets", at: start, bytes)
        }
        steps.insert(Step(operation: name, from: Int64(pair[0]), to: Int64(pair[1])))
      }
      fields.leave()
    }
    self.steps = steps
  }
}
