import CLibXML2

/// One attribute of a start tag.
public struct XMLAttribute: Sendable, Equatable {
  /// Name as written, with its prefix.
  public let name: String
  /// Value with references replaced.
  public let value: String

  /// Makes an attribute.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// The start of an element.
public struct XMLTag: Sendable, Equatable {
  /// Name without prefix.
  public let name: String
  /// Namespace, if the element is in one.
  public let namespace: String?
  /// Attributes as written, without namespace declarations.
  public let attributes: [XMLAttribute]
  /// Line where the tag ends, counted from 1; beyond line 65,535 it may be one too many.
  public let line: Int

  /// Makes a tag.
  public init(name: String, namespace: String?, attributes: [XMLAttribute], line: Int) {
    self.name = name
    self.namespace = namespace
    self.attributes = attributes
    self.line = line
  }

  /// The value of an attribute, by its name as written.
  public subscript(attribute: String) -> String? {
    attributes.first { $0.name == attribute }?.value
  }
}

/// A piece of a document.
public enum XMLEvent: Sendable, Equatable {
  /// An element begins; an empty one ends with the next event.
  case start(XMLTag)
  /// Text up to the next tag, white space between tags included.
  case text(String)
  /// The element of that name, without prefix, ends.
  case end(String)
}

/// Reads an XML document from memory, piece by piece.
///
/// Nothing outside of the bytes is ever opened, and a document type declaration is refused, and with
/// it every entity that a document could define. Elements may nest 256 deep. Comments and processing
/// instructions are passed over.
/// ```swift
/// let reader = try XMLReader(bytes)
/// while let event = try reader.next() {
///   switch event {
///   case .start(let tag): print(tag.line, tag.name, tag["name"] ?? "")
///   case .text(let text): print(text)
///   case .end: break
///   }
/// }
/// ```
public final class XMLReader {
  private let log = ProblemLog()
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private let reader: xmlTextReaderPtr
  private var failure: XMLFailure?
  private var isAtEnd = false
  /// Events found but not handed out yet.
  private var waiting: [XMLEvent] = []

  /// Begins to read; documents of more than `limit` bytes are refused.
  ///
  /// - Throws: `XMLFailure` when the document is empty or too large, when its beginning is not
  ///   well-formed, or when it has a document type declaration.
  public init(_ document: [UInt8], limit: Int = defaultDocumentLimit) throws(XMLFailure) {
    _ = libraryIsReady
    guard !document.isEmpty else { throw XMLFailure("is empty") }
    guard document.count <= limit, let count = Int32(exactly: document.count) else {
      throw .tooLarge(document.count, limit: min(limit, Int(Int32.max)))
    }
    try Self.checkProlog(document)
    // libxml2 reads where it is, so the bytes have to stay in one place.
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: document.count)
    _ = bytes.initialize(fromContentsOf: document)
    let reader = bytes.withMemoryRebound(to: CChar.self) {
      xmlReaderForMemory($0.baseAddress, count, nil, nil, .safeParsing)
    }
    guard let reader else {
      bytes.deallocate()
      throw .outOfMemory
    }
    self.bytes = bytes
    self.reader = reader
    regauge_xml_set_reader_log(reader, log.pointer)
  }

  deinit {
    xmlFreeTextReader(reader)
    bytes.deallocate()
  }

  /// Parses up to the root element and refuses a document type declaration before any of it is read.
  ///
  /// The pull reader itself would tell of the declaration only after having read it.
  private static func checkProlog(_ document: [UInt8]) throws(XMLFailure) {
    guard let parser = xmlCreatePushParserCtxt(nil, nil, nil, 0, nil) else { throw .outOfMemory }
    defer {
      xmlFreeDoc(parser.pointee.myDoc)
      xmlFreeParserCtxt(parser)
    }
    xmlCtxtUseOptions(parser, .safeParsing)
    let log = ProblemLog()
    regauge_xml_set_parser_log(parser, log.pointer)
    regauge_xml_read_prolog_only(parser)
    document.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty, regauge_xml_is_stopped(parser) == 0 {
        let chunk = UnsafeRawBufferPointer(rebasing: rest.prefix(4096))
        let start = chunk.assumingMemoryBound(to: CChar.self).baseAddress
        xmlParseChunk(parser, start, Int32(chunk.count), 0)
        rest = rest.dropFirst(chunk.count)
      }
    }
    if let failure = log.failure { throw failure }
  }

  /// The next piece; nil at the end of the document.
  ///
  /// - Throws: `XMLFailure` when the document is not well-formed or not accepted, and again at each
  ///   later call.
  public func next() throws(XMLFailure) -> XMLEvent? {
    if let failure { throw failure }
    do throws(XMLFailure) {
      if waiting.isEmpty { try gather() }
    } catch {
      failure = error
      throw error
    }
    return waiting.isEmpty ? nil : waiting.removeFirst()
  }

  /// Reads on until a tag ends the text before it.
  private func gather() throws(XMLFailure) {
    var text = ""
    while waiting.isEmpty, try step() {
      switch xmlReaderTypes(UInt32(xmlTextReaderNodeType(reader))) {
      case XML_READER_TYPE_ELEMENT:
        let isEmpty = xmlTextReaderIsEmptyElement(reader) == 1
        let tag = startTag()
        waiting = isEmpty ? [.start(tag), .end(tag.name)] : [.start(tag)]
      case XML_READER_TYPE_END_ELEMENT:
        waiting = [.end(string(xmlTextReaderConstLocalName(reader)))]
      case XML_READER_TYPE_TEXT, XML_READER_TYPE_CDATA, XML_READER_TYPE_WHITESPACE,
        XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        text += string(xmlTextReaderConstValue(reader))
      case XML_READER_TYPE_ENTITY_REFERENCE:
        throw XMLFailure("refers to an entity, which is not accepted", line: line)
      default:
        break
      }
    }
    if !text.isEmpty { waiting.insert(.text(text), at: 0) }
  }

  /// Goes to the next node; false at the end.
  private func step() throws(XMLFailure) -> Bool {
    guard !isAtEnd else { return false }
    let status = xmlTextReaderRead(reader)
    if let failure = log.failure { throw failure }
    guard status >= 0 else { throw XMLFailure("is not well-formed", line: line) }
    isAtEnd = status == 0
    return !isAtEnd
  }

  private func startTag() -> XMLTag {
    let name = string(xmlTextReaderConstLocalName(reader))
    let namespace = xmlTextReaderConstNamespaceUri(reader).map { String(cString: $0) }
    let line = self.line ?? 1
    var attributes: [XMLAttribute] = []
    while xmlTextReaderMoveToNextAttribute(reader) == 1 {
      guard xmlTextReaderIsNamespaceDecl(reader) != 1 else { continue }
      attributes.append(
        XMLAttribute(
          name: string(xmlTextReaderConstName(reader)),
          value: string(xmlTextReaderConstValue(reader))))
    }
    _ = xmlTextReaderMoveToElement(reader)
    return XMLTag(name: name, namespace: namespace, attributes: attributes, line: line)
  }

  /// Line of the current node.
  private var line: Int? {
    let line = xmlGetLineNo(xmlTextReaderCurrentNode(reader))
    return line > 0 ? line : nil
  }

  private func string(_ characters: UnsafePointer<xmlChar>?) -> String {
    characters.map { String(cString: $0) } ?? ""
  }
}
