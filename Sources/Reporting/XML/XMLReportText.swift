import Compatibility

extension String {
  /// The text as an XML report holds it: not too long, and with forbidden characters spelled out.
  var xml: String {
    let text = shortened(to: Finding.longestText)
    let isPlain = text.utf8.allSatisfy { 0x20..<0x7F ~= $0 && $0 != UInt8(ascii: "\\") }
    guard !isPlain else { return text }
    var result = ""
    var followsBackslash = false
    for scalar in text.unicodeScalars {
      if followsBackslash, scalar == "u" {
        // A backslash that is no escape of ours.
        result.unicodeScalars.removeLast()
        result += "\\u{5C}u"
      } else if scalar.isAllowedInXML {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
      followsBackslash = scalar == "\\"
    }
    return result
  }

  /// The text that an XML report holds as this one.
  var fromXML: String {
    guard utf8.contains(UInt8(ascii: "\\")) else { return self }
    var result = ""
    var rest = unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let escape = rest.escapedScalar else {
        result.unicodeScalars.append(scalar)
        continue
      }
      result.unicodeScalars.append(escape.scalar)
      rest = rest[escape.end...]
    }
    return result
  }
}

extension Substring.UnicodeScalarView {
  /// The character that `u{…}` at the start stands for, and where that ends.
  fileprivate var escapedScalar: (scalar: Unicode.Scalar, end: Index)? {
    guard first == "u", let brace = prefix(9).firstIndex(of: "}") else { return nil }
    let digits = String(String.UnicodeScalarView(self[..<brace].dropFirst(2)))
    guard dropFirst().first == "{", let value = UInt32(digits, radix: 16),
      let scalar = Unicode.Scalar(value)
    else { return nil }
    return (scalar, index(after: brace))
  }
}

extension Unicode.Scalar {
  /// Whether XML 1.0 lets the character stand in a document.
  fileprivate var isAllowedInXML: Bool {
    switch value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
