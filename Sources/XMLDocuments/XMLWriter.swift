import CLibXML2

/// Why a document could not be written.
public enum XMLWriteFailure: Error, CustomStringConvertible {
  /// The sink did not take the bytes; this is its error.
  case sink(any Error)
  /// The calls do not make a document, such as an attribute after text.
  case misuse(String)
  /// Memory ran out.
  case outOfMemory

  /// What is wrong, in plain words.
  public var description: String {
    switch self {
    case .sink(let error): "\(error)"
    case .misuse(let reason): "XML cannot be written: \(reason)"
    case .outOfMemory: "out of memory"
    }
  }
}

/// Writes an XML document in UTF-8, piece by piece, to wherever the caller wants its bytes.
///
/// Whatever the texts hold, the document is well-formed: what XML forbids becomes U+FFFD, and names,
/// nesting and doubled attributes are checked. There is never a document type declaration.
/// ```swift
/// let writer = XMLWriter { bytes in try output.write(bytes) }
/// writer.element("suite", ["name": "a < b", "package": nil]) {          // nil is left out
///   for name in names { writer.element("case", ["name": name], text: "3 of 4\n") }
///   writer.emptyElement("system-out")
/// }
/// try writer.finish()
/// ```
/// The first thing that goes wrong is kept; from then on nothing is written, and `finish` throws it.
/// So `finish` has to be called, and a long-running caller may look at `failure` on the way. The sink
/// gets a few kilobytes at a time.
public final class XMLWriter {
  /// What went wrong, if anything did.
  public private(set) var failure: XMLWriteFailure?

  private let sink: ByteSink
  private let writer: xmlTextWriterPtr?
  private var openElements: [String] = []
  /// Attributes of the start tag that is not closed yet; nil when there is none.
  private var attributeNames: [String]?
  private var hasRoot = false
  private var isFinished = false

  /// Begins a document, each element on its own line `indentation` spaces further in than its
  /// parent, or all on one line when it is nil.
  public init(indentation: Int? = 2, sink: @escaping (Span<UInt8>) throws -> Void) {
    _ = libraryIsReady
    self.sink = ByteSink(sink)
    writer = self.sink.makeWriter()
    if let indentation {
      xmlTextWriterSetIndent(writer, 1)
      xmlTextWriterSetIndentString(writer, String(repeating: " ", count: max(0, indentation)))
    }
    note(xmlTextWriterStartDocument(writer, "1.0", "UTF-8", nil))
  }

  deinit {
    sink.close()
    xmlFreeTextWriter(writer)
  }

  /// Writes a whole document to memory.
  ///
  /// - Throws: What `finish` throws.
  public static func document(
    indentation: Int? = 2, _ body: (XMLWriter) -> Void
  ) throws(XMLWriteFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    let writer = XMLWriter(indentation: indentation) { chunk in
      chunk.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }
    body(writer)
    try writer.finish()
    return bytes
  }

  /// Writes a whole document to a sink.
  ///
  /// - Throws: What the sink throws, as it threw it; otherwise what `finish` throws.
  public static func write(
    to sink: @escaping (Span<UInt8>) throws -> Void, _ body: (XMLWriter) -> Void
  ) throws {
    let writer = XMLWriter(sink: sink)
    body(writer)
    do throws(XMLWriteFailure) {
      try writer.finish()
    } catch {
      if case .sink(let failure) = error { throw failure }
      throw error
    }
  }

  /// Ends the document and hands the last bytes to the sink.
  ///
  /// - Throws: The first failure of all calls; `misuse` when an element is open or there is none.
  public func finish() throws(XMLWriteFailure) {
    guard !isFinished else { return }
    isFinished = true
    if let name = openElements.last { reject("element '\(name)' is still open") }
    if !hasRoot { reject("there is no root element") }
    if failure == nil {
      note(xmlTextWriterEndDocument(writer))
      note(xmlTextWriterFlush(writer))
    }
    sink.close()
    if let failure { throw failure }
  }

  // MARK: Elements

  /// Writes an element; `content` writes what is inside.
  public func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], content: () -> Void
  ) {
    startElement(name, attributes)
    content()
    endElement()
  }

  /// Writes an element that holds only text.
  public func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String
  ) {
    startElement(name, attributes)
    self.text(text)
    endElement()
  }

  /// Writes an element without content.
  public func emptyElement(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
    startElement(name, attributes)
    endElement()
  }

  /// Opens an element; attributes whose value is nil are left out.
  public func startElement(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
    guard isWritable() else { return }
    guard XMLText.isName(name) else { return reject("'\(name)' is no element name") }
    guard !openElements.isEmpty || !hasRoot else {
      return reject("element '\(name)' follows the root element")
    }
    hasRoot = true
    openElements.append(name)
    attributeNames = []
    note(xmlTextWriterStartElement(writer, name))
    for (name, value) in attributes {
      if let value { attribute(name, value) }
    }
  }

  /// Adds an attribute to the element just opened.
  public func attribute(_ name: String, _ value: String) {
    guard isWritable() else { return }
    guard let names = attributeNames else {
      return reject("attribute '\(name)' follows no start tag")
    }
    guard XMLText.isName(name) else { return reject("'\(name)' is no attribute name") }
    guard !names.contains(name) else { return reject("attribute '\(name)' is doubled") }
    attributeNames?.append(name)
    note(xmlTextWriterWriteAttribute(writer, name, XMLText.cleaned(value)))
  }

  /// Closes the element opened last.
  public func endElement() {
    guard isWritable() else { return }
    guard openElements.popLast() != nil else { return reject("no element is open") }
    attributeNames = nil
    note(xmlTextWriterEndElement(writer))
  }

  // MARK: Content

  /// Writes text into the element that is open.
  public func text(_ text: String) {
    guard isWritable() else { return }
    guard !openElements.isEmpty else { return reject("text stands outside of the root element") }
    // An element without characters can be written as an empty one.
    guard !text.isEmpty else { return }
    attributeNames = nil
    note(xmlTextWriterWriteString(writer, XMLText.cleaned(text)))
  }

  /// Writes a comment; two dashes in a row are parted.
  public func comment(_ text: String) {
    guard isWritable() else { return }
    attributeNames = nil
    note(xmlTextWriterWriteComment(writer, XMLText.cleanedComment(text)))
  }

  // MARK: Failures

  private func isWritable() -> Bool {
    if isFinished { reject("the document is finished") }
    return failure == nil
  }

  private func reject(_ reason: String) {
    failure = failure ?? .misuse(reason)
  }

  /// Looks at what a call of libxml2's came to.
  private func note(_ result: Int32) {
    if let error = sink.failure { failure = failure ?? .sink(error) }
    // Order, names and text are checked before each call, so nothing else is left to go wrong.
    if result < 0 { failure = failure ?? .outOfMemory }
  }
}

/// The way from libxml2's buffer to the caller's closure.
///
/// An error of the closure is kept here and hidden from libxml2, which would print it.
private final class ByteSink {
  private let take: (Span<UInt8>) throws -> Void
  private var isOpen = true
  private(set) var failure: (any Error)?

  init(_ take: @escaping (Span<UInt8>) throws -> Void) {
    self.take = take
  }

  /// Drops what comes from now on.
  func close() {
    isOpen = false
  }

  /// A writer onto this sink, which has to outlive it.
  func makeWriter() -> xmlTextWriterPtr? {
    let context = Unmanaged.passUnretained(self).toOpaque()
    let buffer = xmlOutputBufferCreateIO(
      { context, bytes, count in
        guard let context, let bytes, count > 0 else { return count }
        let start = UnsafeRawPointer(bytes).assumingMemoryBound(to: UInt8.self)
        Unmanaged<ByteSink>.fromOpaque(context).takeUnretainedValue()
          .receive(UnsafeBufferPointer(start: start, count: Int(count)))
        return count
      }, { _ in 0 }, context, nil)
    guard let buffer else { return nil }
    guard let writer = xmlNewTextWriter(buffer) else {
      xmlOutputBufferClose(buffer)
      return nil
    }
    return writer
  }

  private func receive(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isOpen, failure == nil else { return }
    do {
      try take(bytes.span)
    } catch {
      failure = error
    }
  }
}
