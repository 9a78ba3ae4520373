import Testing

@testable import ModelReading

@Suite struct TextprotoScalarTests {
  private func attribute(_ field: String) throws -> String {
    let dump = try TextForm.textproto.dump("functions { attribute_proto { \(field) } }")
    return String(dump.dropFirst("functions { attribute_proto { ".count).dropLast(" } }".count))
  }

  /// The failure with columns counted from the field.
  private func failure(_ field: String) -> String? {
    TextForm.textproto.failure("functions{attribute_proto{\n\(field) } }")
  }

  @Test(arguments: [
    ("9", "9"), ("0x1F", "31"), ("-0X1f", "-31"), ("011", "9"), ("-5", "-5"), ("+5", "5"),
    ("0", "0"),
    ("9223372036854775807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"),
  ])
  func wholeNumbersAreDecimalHexadecimalOrOctal(_ value: String, _ number: String) throws {
    #expect(try attribute("i: \(value)") == "i: \(number)")
  }

  @Test(arguments: [
    ("- 5", "2:4 expected a whole number, found '-'"),
    ("9.0", "2:4 expected a whole number, found '9.0'"),
    ("09", "2:4 expected a whole number, found '09'"),
    ("0x", "2:4 expected a whole number, found '0x'"),
    ("'9'", "2:4 expected a whole number, found a string"),
    ("nine", "2:4 expected a whole number, found 'nine'"),
    ("1_0", "2:4 expected a whole number, found '1_0'"),
    ("5x", "2:4 expected a whole number, found '5x'"),
    ("9223372036854775808", "2:4 the number does not fit int64"),
    ("0xFFFFFFFFFFFFFFFFF", "2:4 the number does not fit int64"),
  ])
  func otherThanWholeNumbersAreRefused(_ value: String, _ reason: String) {
    #expect(failure("i: \(value)") == reason)
  }

  @Test(arguments: [
    ("1.5f", "1.5"), ("3f", "3.0"), ("3F", "3.0"), (".5", "0.5"), ("5.", "5.0"), ("1e3", "1000.0"),
    ("-1.5E-2", "-0.015"), ("inf", "inf"), ("-Infinity", "-inf"), ("INF", "inf"), ("nan", "nan"),
    ("-nan", "nan"), ("1e40", "inf"), ("-1e40", "-inf"), ("7", "7.0"), ("+2.5", "2.5"),
    ("0.5", "0.5"),
  ])
  func floatsAreReadHoweverWritten(_ value: String, _ float: String) throws {
    #expect(try attribute("f: \(value)") == "f: \(float)")
  }

  @Test(arguments: [
    ("0x1p3", "found '0x1p3'"), ("0x9", "found '0x9'"), ("011", "found '011'"),
    ("'1.5'", "found a string"),
    ("1.5.2", "found '1.5.2'"), ("one", "found 'one'"), ("- 1.5", "found '-'"),
  ])
  func otherThanFloatsAreRefused(_ value: String, _ reason: String) {
    #expect(failure("f: \(value)") == "2:4 expected a number, \(reason)")
  }

  @Test func doublesHaveTheirOwnRange() throws {
    #expect(try attribute("t { double_data: [1e40, 0.1] }") == "t { double_data: [1e+40 0.1] }")
  }

  @Test(arguments: ["INTS", "7", "0x7"])
  func enumerationsAreNamesOrNumbers(_ value: String) throws {
    #expect(try attribute("type: \(value)") == "type: 7")
  }

  @Test(arguments: ["'INTS'", "ints", "77", "-1", "7.0"])
  func otherValuesOfEnumerationsAreRefused(_ value: String) {
    #expect(
      failure("type: \(value)")?.hasPrefix("2:7 expected one of UNDEFINED, FLOAT, INT") == true)
  }
}

@Suite struct TextprotoStringTests {
  private func text(_ literal: String) throws -> String {
    let dump = try TextForm.textproto.dump("functions { attribute_proto { s: \(literal) } }")
    return String(dump.dropFirst("functions { attribute_proto { s: ".count).dropLast(" } }".count))
  }

  private func failure(_ literal: String) -> String? {
    TextForm.textproto.failure("functions{attribute_proto{s:\n\(literal) } }")
  }

  @Test(arguments: [
    (#""a" 'b' "c""#, "\"abc\""), (#""it's""#, "\"it's\""), (#"'\'\"\\\?'"#, "\"'\"\\?\""),
    (#""\n\t\r\a\b\f\v""#, "0x0a090d07080c0b"), (#""\x41\x4g""#, "0x410467"),
    (#""\1012\0""#, "0x413200"),
    (#""\303\251""#, "\"é\""), (#""é""#, "\"é\""), (#""\u00e9\U0001F600""#, "\"é😀\""),
    (#""\ud83d\ude00""#, "\"😀\""), (#""""#, "\"\""), (#""\377""#, "0xff"), (#""\XfF""#, "0xff"),
    ("\"a\"\n# comment\n\"b\"", "\"ab\""),
  ])
  func literalsAreJoinedAndEscapesResolved(_ literal: String, _ text: String) throws {
    #expect(try self.text(literal) == text)
  }

  @Test(arguments: [
    ("\"a\nb\"", "2:1 the string is not closed on its line; write line feeds as \\n"),
    ("\"a\\\n\"", "2:1 the string is not closed on its line; write line feeds as \\n"),
    ("\"a", "2:1 the string is not closed"), ("\"a\\q\"", "2:3 unknown escape in a string"),
    ("\"\\xg\"", "2:2 digits must follow \\x"),
    ("\"\\400\"", "2:2 an octal escape is at most \\377"),
    ("\"\\u12\"", "2:2 the escape needs 4 hexadecimal digits"),
    ("\"\\ud83dx\"", "2:2 the escape is no Unicode character"),
    ("\"\\U00110000\"", "2:2 the escape is no Unicode character"),
    ("text", "2:1 expected a string in quotes, found 'text'"),
  ])
  func malformedLiteralsAreRefused(_ literal: String, _ reason: String) {
    // What is not closed swallows the rest of the line.
    #expect(failure(literal) == reason)
  }

  @Test func textHasToBeUTF8ButBytesNeedNot() throws {
    #expect(TextForm.textproto.failure(#"domain: "\377""#) == "1:9 the string is not UTF-8")
    #expect(
      TextForm.textproto.failure(Array("domain: '".utf8) + [0xFF, 0x27])
        == "1:9 the string is not UTF-8")
    let raw = Array("functions { attribute_proto { s: '".utf8) + [0xFF] + Array("' } }".utf8)
    #expect(TextForm.textproto.failure(raw) == nil)
  }
}
