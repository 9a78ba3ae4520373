/// Writes JSON by hand, so that the text is the same on every run and one record is one line.
enum JSONText {
  /// A string with quotes and escapes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// A list on one line.
  static func list(_ elements: [String]) -> String { "[\(elements.joined(separator: ","))]" }

  /// A list of strings on one line.
  static func strings(_ elements: [String]) -> String { list(elements.map(quoted)) }

  /// An object on one line, in the order given; members without a value are left out.
  static func object(_ members: [(key: String, value: String?)]) -> String {
    let written = members.compactMap { member in
      member.value.map { "\(quoted(member.key)):\($0)" }
    }
    return "{\(written.joined(separator: ","))}"
  }

  /// An object over several lines, each value as it was written.
  static func document(_ members: [(key: String, value: String?)]) -> String {
    let written = members.compactMap { member in
      member.value.map { "\(quoted(member.key)):\($0)" }
    }
    return "{\n\(written.joined(separator: ",\n"))\n}\n"
  }

  /// A list with each element on its own line.
  static func lines(_ elements: [String]) -> String {
    elements.isEmpty ? "[]" : "[\n\(elements.joined(separator: ",\n"))\n]"
  }

  /// A list with each record on its own line, in the order of the names.
  ///
  /// So one is found without reading the others; records of one name stay as they come.
  static func records(_ records: [(name: String, json: String)]) -> String {
    let order = records.indices.sorted { left, right in
      let names = (records[left].name, records[right].name)
      return names.0 == names.1
        ? left < right : names.0.utf8.lexicographicallyPrecedes(names.1.utf8)
    }
    return lines(order.map { records[$0].json })
  }

  /// JSON text without the white space between its tokens.
  static func compact(_ text: String) -> String {
    var result: [UInt8] = []
    var isInString = false
    var isEscaped = false
    for byte in text.utf8 {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
      } else if byte == UInt8(ascii: "\"") {
        isInString = true
      } else if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        continue
      }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }
}
