/// Text that may stand in XML 1.0.
enum XMLText {
  /// Replaces every code point that XML 1.0 forbids, even as a reference, by U+FFFD.
  static func cleaned(_ text: String) -> String {
    var text = text
    let isClean = text.withUTF8 { bytes in bytes.indices.allSatisfy { !isForbidden($0, in: bytes) }
    }
    guard !isClean else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(isAllowed(scalar) ? scalar : "\u{FFFD}") }
    return String(result)
  }

  /// Parts what would end a comment.
  static func cleanedComment(_ text: String) -> String {
    var result = ""
    for letter in cleaned(text).unicodeScalars {
      if letter == "-", result.unicodeScalars.last == "-" { result += " " }
      result.unicodeScalars.append(letter)
    }
    return result.hasSuffix("-") ? result + " " : result
  }

  /// Whether `name` can name an element or attribute; more than ASCII is not needed here.
  static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, isNameStart(first) else { return false }
    return name.utf8.allSatisfy { byte in
      isNameStart(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    // Setting this bit makes capital letters small.
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: ":")
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...: true
    default: false
    }
  }

  /// Whether a forbidden code point begins at `index`: a control, or U+FFFE or U+FFFF (EF BF BE, BF).
  private static func isForbidden(_ index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let byte = bytes[index]
    if byte < 0x20 { return byte != 0x9 && byte != 0xA && byte != 0xD }
    guard byte == 0xEF, index + 2 < bytes.count else { return false }
    return bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE
  }
}
