import CLibXML2

/// A place where a document does not follow its schema.
public struct XMLSchemaProblem: Sendable, Equatable, CustomStringConvertible {
  /// Line, counted from 1; 0 when it is not known, and beyond line 65,535 perhaps one too many.
  public let line: Int
  /// What is wrong, in libxml2's words.
  public let message: String

  /// Makes a problem.
  public init(line: Int, message: String) {
    self.line = line
    self.message = message
  }

  /// `line 3: message`.
  public var description: String { "line \(line): \(message)" }
}

/// Checks documents against an XML Schema (XSD 1.0).
///
/// ```swift
/// let validator = try XMLSchemaValidator(schema: xsdBytes)
/// for problem in try validator.problems(in: reportBytes) { print(problem) }
/// ```
/// Schema and documents stand for themselves: nothing else is opened, no document type declaration
/// is accepted, and hints in a document about where its schema lies are ignored.
public final class XMLSchemaValidator {
  private static let schemaNamespace = "http://www.w3.org/2001/XMLSchema"

  private let schema: xmlSchemaPtr

  /// Reads a schema, which may not include or import others from elsewhere.
  ///
  /// - Throws: `XMLFailure` with the first mistake in the schema.
  public init(schema bytes: [UInt8]) throws(XMLFailure) {
    try Self.checkStandsAlone(bytes)
    let log = ProblemLog()
    // The bytes have to stay where they are until the schema is read.
    let schema = bytes.withUnsafeBytes { bytes -> xmlSchemaPtr? in
      let start = bytes.assumingMemoryBound(to: CChar.self).baseAddress
      guard let parser = xmlSchemaNewMemParserCtxt(start, Int32(bytes.count)) else { return nil }
      defer { xmlSchemaFreeParserCtxt(parser) }
      regauge_xml_set_schema_parser_log(parser, log.pointer)
      return xmlSchemaParse(parser)
    }
    guard let schema else { throw log.failure ?? .outOfMemory }
    if let failure = log.failure {
      xmlSchemaFree(schema)
      throw failure
    }
    self.schema = schema
  }

  deinit {
    xmlSchemaFree(schema)
  }

  /// Finds where a document breaks the schema's rules, at most a thousand places; none is best.
  ///
  /// - Throws: `XMLFailure` when the document is not well-formed, has a document type declaration,
  ///   or is longer than `limit` bytes.
  public func problems(
    in document: [UInt8], limit: Int = defaultDocumentLimit
  ) throws(XMLFailure) -> [XMLSchemaProblem] {
    let document = try XMLTree(document, limit: limit)
    guard let validation = xmlSchemaNewValidCtxt(schema) else { throw .outOfMemory }
    defer { xmlSchemaFreeValidCtxt(validation) }
    let log = ProblemLog()
    regauge_xml_set_schema_log(validation, log.pointer)
    let result = withExtendedLifetime(document) {
      xmlSchemaValidateDoc(validation, document.pointer)
    }
    let problems = log.problems.map { XMLSchemaProblem(line: $0.line ?? 0, message: $0.message) }
    // A verdict without a reason must not pass for a valid document.
    guard result == 0 || !problems.isEmpty else {
      throw XMLFailure("could not be validated (libxml2 error \(result))")
    }
    return problems
  }

  /// Refuses schemas that would make libxml2 open other files or addresses.
  private static func checkStandsAlone(_ bytes: [UInt8]) throws(XMLFailure) {
    let reader = try XMLReader(bytes)
    while let event = try reader.next() {
      guard case .start(let tag) = event, tag.namespace == schemaNamespace,
        ["include", "import", "redefine"].contains(tag.name), let place = tag["schemaLocation"]
      else { continue }
      throw XMLFailure("refers to '\(place)'; a schema has to stand alone", line: tag.line)
    }
  }
}

/// A document as a tree of libxml2's, freed with this object.
private final class XMLTree {
  let pointer: xmlDocPtr

  init(_ document: [UInt8], limit: Int) throws(XMLFailure) {
    _ = libraryIsReady
    guard !document.isEmpty else { throw XMLFailure("is empty") }
    guard document.count <= limit, let count = Int32(exactly: document.count) else {
      throw .tooLarge(document.count, limit: min(limit, Int(Int32.max)))
    }
    guard let parser = xmlNewParserCtxt() else { throw .outOfMemory }
    defer { xmlFreeParserCtxt(parser) }
    let log = ProblemLog()
    regauge_xml_set_parser_log(parser, log.pointer)
    let tree = document.withUnsafeBytes { bytes in
      xmlCtxtReadMemory(
        parser, bytes.assumingMemoryBound(to: CChar.self).baseAddress, count, nil, nil,
        .safeParsing)
    }
    if let failure = log.failure {
      xmlFreeDoc(tree)
      throw failure
    }
    guard let tree else { throw XMLFailure("is not well-formed") }
    pointer = tree
  }

  deinit {
    xmlFreeDoc(pointer)
  }
}
