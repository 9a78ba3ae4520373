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

  /// The largest count that is read: sums of such counts do not overflow.
  private static let largestCount = 1 << 53

  /// An attribute that is a whole number of 64 bits.
  func integer(_ attribute: String) throws(XMLFailure) -> Int64 {
    let value = try text(attribute)
    guard let number = Int64(value) else {
      throw failure("has \(attribute)=\"\(value.visible())\", which is no whole number")
    }
    return number
  }

  /// An attribute that may be missing and is otherwise a whole number of 64 bits.
  func optionalInteger(_ attribute: String) throws(XMLFailure) -> Int64? {
    self[attribute] == nil ? nil : try integer(attribute)
  }

  /// An attribute that is an amount of 64 bits, not less than none.
  func amount(_ attribute: String) throws(XMLFailure) -> Int64 {
    let number = try integer(attribute)
    guard number >= 0 else { throw failure("has \(attribute)=\"\(number)\", less than none") }
    return number
  }

  /// An attribute that may be missing and is otherwise an amount.
  func optionalAmount(_ attribute: String) throws(XMLFailure) -> Int64? {
    self[attribute] == nil ? nil : try amount(attribute)
  }

  /// An attribute that counts something, or is a place in a file.
  func count(_ attribute: String) throws(XMLFailure) -> Int {
    let number = try integer(attribute)
    guard (0...Int64(Self.largestCount)).contains(number) else {
      throw failure("has \(attribute)=\"\(number)\", which is no possible number")
    }
    return Int(number)
  }

  /// An attribute that may be missing and otherwise counts something.
  func optionalCount(_ attribute: String) throws(XMLFailure) -> Int? {
    self[attribute] == nil ? nil : try count(attribute)
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
    if self["byte-offset"] != nil { return .byte(try count("byte-offset")) }
    guard self["line"] != nil else { return nil }
    return .text(line: try count("line"), column: try count("column"))
  }
}
