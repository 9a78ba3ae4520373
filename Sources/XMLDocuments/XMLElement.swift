/// An element with everything inside of it, for documents that are read a part at a time.
public struct XMLElement: Sendable, Equatable {
  /// Name, attributes and line.
  public let tag: XMLTag
  /// Elements directly inside, in order.
  public let children: [XMLElement]
  /// Text directly inside, put together.
  public let text: String

  /// Makes an element.
  public init(tag: XMLTag, children: [XMLElement] = [], text: String = "") {
    self.tag = tag
    self.children = children
    self.text = text
  }

  /// Name without prefix.
  public var name: String { tag.name }

  /// The value of an attribute.
  public subscript(attribute: String) -> String? { tag[attribute] }

  /// The elements of a name directly inside.
  public func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The first element of a name directly inside.
  public func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }
}

extension XMLReader {
  /// Reads on to the end of the element whose start tag came last.
  ///
  /// - Throws: `XMLFailure` when the document is not well-formed or not accepted.
  public func element(_ tag: XMLTag) throws(XMLFailure) -> XMLElement {
    var children: [XMLElement] = []
    var text = ""
    while let event = try next() {
      switch event {
      case .start(let inner): children.append(try element(inner))
      case .text(let part): text += part
      case .end: return XMLElement(tag: tag, children: children, text: text)
      }
    }
    throw XMLFailure("ends inside '\(tag.name)'", line: tag.line)
  }
}
