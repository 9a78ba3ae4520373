public import Bytes
public import OperatorCatalogue

/// Reads the JSON documents that describe stacks and their front doors.
///
/// Reading is strict: unknown and repeated keys, wrong kinds, names that do not exist and records
/// without evidence are refused, each with its place.
public enum ManifestReader {
  /// Reads a stack's document; `file` is the name that failures give.
  ///
  /// Without `listsDevices` the stack has none, whatever the document says of them.
  public static func stack(
    file: String, source: ByteSource, listsDevices: Bool = true
  ) throws(ManifestFailure) -> Stack {
    try whole(file, source) { (parser, bytes) throws(JSONFailure) in
      parser.listsDevices = listsDevices
      return try parser.stack(bytes)
    }
  }

  /// Reads a front door's document; `file` is the name that failures give.
  ///
  /// Where `operators` names the operators whose records are wanted, records of others are passed
  /// over unread; the records must then stand on a line each, in the order of their names.
  public static func frontDoor(
    file: String, source: ByteSource, operators: Set<String>? = nil
  ) throws(ManifestFailure) -> FrontDoor {
    try whole(file, source) { (parser, bytes) throws(JSONFailure) in
      parser.wanted = operators.map { RecordSearch($0) }
      return try parser.frontDoor(bytes)
    }
  }

  /// The operator set that a front door's document says it speaks, if it says so at all.
  public static func operatorSet(of source: ByteSource) -> FrontDoor.OperatorSet? {
    text(of: "speaks", in: source).flatMap { FrontDoor.OperatorSet(rawValue: $0) }
  }

  /// The front door that takes the nodes which one does not take, if its document names one.
  public static func host(of source: ByteSource) -> FrontDoorName? {
    text(of: "host", in: source).flatMap { FrontDoorName($0) }
  }

  /// A text among the members of a document, without reading the others.
  private static func text(of member: String, in source: ByteSource) -> String? {
    source.withBytes { bytes in
      var reader = JSONReader(depthLimit: 64)
      do throws(JSONFailure) {
        try reader.beginObject(bytes)
        while let key = try reader.nextKey(bytes) {
          if key == member { return try reader.string(bytes) }
          try reader.skipValue(bytes)
        }
      } catch {
        // What is wrong is told when the document is read.
      }
      return nil
    }
  }

  /// Reads a mapping of operators; `file` is the name that failures give.
  ///
  /// Where `operators` names the operators whose entries are wanted, others are left out; the entries
  /// must then stand on a line each, in the order of their names.
  public static func mapping(
    file: String, source: ByteSource, operators: Set<String>? = nil
  ) throws(ManifestFailure) -> OperatorMapping {
    try whole(file, source) { (parser, bytes) throws(JSONFailure) in
      parser.wanted = operators.map { RecordSearch($0) }
      return try parser.mapping(bytes)
    }
  }

  /// Everything that is wrong with a document, in file order; whole records are skipped to go on.
  ///
  /// With a catalogue, attributes and parameters that no version of an operator has are wrong too.
  public static func problems(
    file: String, source: ByteSource, catalogue: OperatorCatalogue? = nil
  ) -> [ManifestFailure] {
    let found = source.withBytes { bytes in
      var parser = ManifestParser(file: file, collectsProblems: true)
      do throws(JSONFailure) {
        switch try documentKind(bytes) {
        case .stack: _ = try parser.stack(bytes)
        case .mapping: _ = try parser.mapping(bytes)
        case .frontDoor:
          if let door = try parser.frontDoor(bytes), let catalogue {
            parser.problems += CatalogueReview(file: file, catalogue: catalogue).problems(of: door)
          }
        }
      } catch {
        parser.problems.append(parser.failure(error))
      }
      return parser.problems
    }
    return found.sorted { Self.order($0) < Self.order($1) }
  }

  /// What is worth a look in a front door's document without being wrong: operators and domains
  /// that the catalogue does not know.
  public static func remarks(
    on door: FrontDoor, file: String, catalogue: OperatorCatalogue
  ) -> [ManifestFailure] {
    CatalogueReview(file: file, catalogue: catalogue).remarks(on: door)
  }

  private static func order(_ failure: ManifestFailure) -> (Int, Int) {
    (failure.position.line ?? 0, failure.position.column ?? 0)
  }

  private static func whole<Document>(
    _ file: String, _ source: ByteSource,
    _ body: (inout ManifestParser, Span<UInt8>) throws(JSONFailure) -> Document?
  ) throws(ManifestFailure) -> Document {
    try source.withBytes { (bytes) throws(ManifestFailure) in
      var parser = ManifestParser(file: file, collectsProblems: false)
      do throws(JSONFailure) {
        guard let document = try body(&parser, bytes) else {
          throw parser.reader.failure("the document is incomplete", in: bytes, at: 0)
        }
        return document
      } catch {
        throw parser.failure(error)
      }
    }
  }
}

/// What a document describes.
enum ManifestKind: CaseIterable {
  case stack
  case frontDoor
  case mapping

  /// What the `schema` of such documents begins with.
  fileprivate var schemaPrefix: String {
    switch self {
    case .stack: "regauge/stack/"
    case .frontDoor: "regauge/front-door/"
    case .mapping: "regauge/mapping/"
    }
  }
}

extension ManifestReader {
  /// Tells the kind of a document by its `schema`; a document without one passes for a front door.
  static func documentKind(_ bytes: Span<UInt8>) throws(JSONFailure) -> ManifestKind {
    var reader = JSONReader(depthLimit: 64)
    try reader.beginObject(bytes)
    while let key = try reader.nextKey(bytes) {
      if key == "schema", try reader.peek(bytes) == .string {
        let schema = try reader.string(bytes)
        return ManifestKind.allCases.first { schema.hasPrefix($0.schemaPrefix) } ?? .frontDoor
      }
      try reader.skipValue(bytes)
    }
    return .frontDoor
  }
}
