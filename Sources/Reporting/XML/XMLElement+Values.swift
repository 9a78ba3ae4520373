import Bytes
import XMLDocuments

extension XMLElement {
  /// A failure at this element.
  func failure(_ reason: String) -> XMLFailure {
    XMLFailure("'\(name.visible())' \(reason)", line: tag.line)
  }

  /// The text of an attribute.
  func text(_ attribute: String) throws(XMLFailure) -> String {
    guard let value = self[attribute] else { throw failure("lacks the attribute '\(attribute)'") }
    return value.fromXML
  }

  /// The first element of a name directly inside.
  func required(_ name: String) throws(XMLFailure) -> XMLElement {
    guard let found = child(name) else { throw failure("lacks the element '\(name)'") }
    return found
  }

  /// An attribute that is a whole number.
  func integer<Number: FixedWidthInteger>(_ attribute: String) throws(XMLFailure) -> Number {
    let value = try text(attribute)
    guard let number = Number(value) else {
      throw failure("has \(attribute)=\"\(value.visible())\", which is no whole number")
    }
    return number
  }

  /// An attribute that may be missing and is otherwise a whole number.
  func optionalInteger<Number: FixedWidthInteger>(
    _ attribute: String
  ) throws(XMLFailure) -> Number? {
    self[attribute] == nil ? nil : try integer(attribute)
  }

  /// An attribute that is one of several words.
  func choice<Choice: RawRepresentable<String>>(_ attribute: String) throws(XMLFailure) -> Choice {
    let value = try text(attribute)
    guard let choice = Choice(rawValue: value) else {
      throw failure("has \(attribute)=\"\(value.visible())\", which is not known")
    }
    return choice
  }

  /// The place that attributes tell, if they do.
  func position() throws(XMLFailure) -> SourcePosition? {
    if self["byte-offset"] != nil { return .byte(try integer("byte-offset")) }
    guard self["line"] != nil else { return nil }
    return .text(line: try integer("line"), column: try integer("column"))
  }
}
