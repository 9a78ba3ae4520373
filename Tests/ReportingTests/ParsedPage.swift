import CLibXML2
import Foundation
import Testing

/// A page as libxml2's HTML parser understands it.
struct ParsedPage {
  /// An element in document order.
  struct Element {
    let name: String
    let attributes: [String: String]
    /// All text below it.
    let text: String
    /// Elements around it, the outermost first.
    let path: [String]
  }

  private(set) var elements: [Element] = []

  init(_ bytes: [UInt8]) throws {
    let options = Int32(
      HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue)
    let document = bytes.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { text in
        htmlReadMemory(text.baseAddress, Int32(text.count), nil, "UTF-8", options)
      }
    }
    let parsed = try #require(document)
    defer { xmlFreeDoc(parsed) }
    collect(xmlDocGetRootElement(parsed), [])
  }

  /// The elements of a name.
  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// The elements of a class.
  func all(ofClass name: String) -> [Element] {
    elements.filter {
      $0.attributes["class"]?.split(separator: " ").contains(Substring(name)) == true
    }
  }

  /// Names of elements and of their attributes, as names of a model must not change them.
  var structure: [String] {
    elements.map { "\($0.path.count) \($0.name) \($0.attributes.keys.sorted())" }
  }

  private mutating func collect(_ first: xmlNodePtr?, _ path: [String]) {
    var next = first
    while let node = next {
      defer { next = node.pointee.next }
      guard node.pointee.type == XML_ELEMENT_NODE else { continue }
      let name = String(cString: node.pointee.name)
      elements.append(
        Element(
          name: name, attributes: attributes(of: node), text: Self.text(xmlNodeGetContent(node)),
          path: path))
      collect(node.pointee.children, path + [name])
    }
  }

  private func attributes(of node: xmlNodePtr) -> [String: String] {
    var found: [String: String] = [:]
    var next = node.pointee.properties
    while let attribute = next {
      found[String(cString: attribute.pointee.name)] = Self.text(
        xmlNodeListGetString(node.pointee.doc, attribute.pointee.children, 1))
      next = attribute.pointee.next
    }
    return found
  }

  private static func text(_ bytes: UnsafeMutablePointer<xmlChar>?) -> String {
    guard let bytes else { return "" }
    defer { free(bytes) }
    return String(cString: bytes)
  }
}
