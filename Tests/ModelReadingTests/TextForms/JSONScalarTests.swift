import Testing

@testable import ModelReading

@Suite struct JSONScalarTests {
  private func attribute(_ member: String) throws -> String {
    let dump = try TextForm.json.dump(#"{"functions": [{"attribute_proto": [{\#(member)}]}]}"#)
    return String(dump.dropFirst("functions { attribute_proto { ".count).dropLast(" } }".count))
  }

  private func failure(_ member: String) -> String? {
    TextForm.json.failure(#"{"functions": [{"attribute_proto": [{\#(member)}]}]}"#)?
      .replacing("functions[0].attribute_proto[0].", with: "")
  }

  @Test(arguments: [
    "9", "\"9\"", "9.0", "\"9.0\"", "9e0", "\"90e-1\"", "\"+9\"", "\"09\"", "\"\\u0039\"",
  ])
  func wholeNumbersAreReadHoweverWritten(_ value: String) throws {
    #expect(try attribute("\"i\": \(value)") == "i: 9")
  }

  @Test(arguments: [
    ("9.5", "1:43 i: expected a whole number, found '9.5'"),
    ("\" 9\"", "1:43 i: expected a whole number, found byte 0x20"),
    ("\"0x9\"", "1:43 i: expected a whole number, found '0x9'"),
    ("\"1_0\"", "1:43 i: expected a whole number, found '1_0'"),
    ("true", "1:43 i: expected a whole number, found 'true'"),
    ("{}", "1:43 i: expected a whole number, found '{'"),
    ("9223372036854775808", "1:43 i: the number does not fit int64"),
    ("1e30", "1:43 i: the number does not fit int64"),
  ])
  func otherThanWholeNumbersAreRefused(_ value: String, _ reason: String) {
    let failure = failure("\"i\": \(value)")?.replacing("1:44", with: "1:43")
    #expect(failure == reason)
  }

  @Test func bigNumbersStayExact() throws {
    #expect(
      try attribute(#""ints": ["9223372036854775807", 9007199254740993, -9223372036854775808]"#)
        == "ints: 9223372036854775807 ints: 9007199254740993 ints: -9223372036854775808")
  }

  @Test func elementTypesAreNumbersOf32Bits() {
    #expect(failure(#""t": {"data_type": 1}"#) == nil)
    #expect(
      failure(#""t": {"data_type": "FLOAT"}"#)
        == "1:58 t.data_type: expected a whole number, found 'FLOAT'")
    #expect(
      failure(#""t": {"data_type": 4294967297}"#)
        == "1:57 t.data_type: the number does not fit int32")
  }

  @Test(arguments: ["\"INTS\"", "7", "\"7\""])
  func enumerationsAreNamesOrNumbers(_ value: String) throws {
    #expect(try attribute("\"type\": \(value)") == "type: 7")
  }

  @Test(arguments: ["\"ints\"", "\"INTEGERS\"", "77", "-1", "\"77\"", "true"])
  func otherValuesOfEnumerationsAreRefused(_ value: String) {
    #expect(failure("\"type\": \(value)")?.contains("type: expected") == true)
  }

  @Test(arguments: [
    ("1.5", "1.5"), ("\"1.5\"", "1.5"), ("3", "3.0"), ("1e-60", "0.0"), ("\"NaN\"", "nan"),
    ("\"Infinity\"", "inf"), ("\"-Infinity\"", "-inf"), ("\"inf\"", "inf"), ("-0.0", "-0.0"),
    ("0.1", "0.1"), ("16777217", "16777216.0"),
  ])
  func floatsAreReadHoweverWritten(_ value: String, _ float: String) throws {
    #expect(try attribute("\"f\": \(value)") == "f: \(float)")
  }

  @Test(arguments: [
    ("NaN", "expected a number (NaN and infinities in quotes), found 'NaN'"),
    ("-Infinity", "expected a number (NaN and infinities in quotes), found '-Infinity'"),
    ("\"nan\"", "expected a number, found \"nan\""),
    ("\"0x1p3\"", "expected a number, found \"0x1p3\""),
    ("1e40", "1e40 does not fit a float"), ("\"\"", "expected a number, found \"\""),
    ("true", "expected a number, found 'true'"), ("[1]", "expected a number, found '['"),
  ])
  func otherThanFloatsAreRefused(_ value: String, _ reason: String) {
    #expect(failure("\"f\": \(value)") == "1:43 f: \(reason)")
  }

  @Test func doublesHaveTheirOwnRange() throws {
    #expect(
      try attribute(#""t": {"double_data": [1e40, 0.1]}"#) == "t { double_data: [1e+40 0.1] }")
    #expect(failure(#""t": {"double_data": [1e400]}"#)?.contains("does not fit a double") == true)
  }

  @Test func textKeepsItsCharacters() throws {
    #expect(try attribute(#""name": "a\"\\\/é\ud83d\ude00""#) == #"name: "a"\/é😀""#)
  }

  @Test(arguments: [
    ("\"name\": 3", "1:46 name: expected a string, found '3'"),
    ("\"name\": \"\\ud800\"", "1:47 name: half of a surrogate pair"),
    ("\"name\": \"\\x\"", "1:47 name: unknown escape in a string"),
    ("\"ints\": 3", "1:46 ints: expected an array, found '3'"),
    ("\"ints\": [null]", "1:47 ints[0]: expected a whole number, found 'null'"),
  ])
  func malformedMembersAreRefused(_ member: String, _ reason: String) {
    #expect(failure(member) == reason)
  }

  @Test func invalidUTF8IsRefused() {
    let text = Array(#"{"domain": ""#.utf8) + [0xC3, 0x28] + Array("\"}".utf8)
    #expect(TextForm.json.failure(text) == "1:12 domain: the string is not UTF-8")
  }
}

@Suite struct JSONBase64Tests {
  private func text(_ base64: String) throws -> String {
    try TextForm.json.dump(#"{"functions": [{"attribute_proto": [{"s": "\#(base64)"}]}]}"#)
  }

  @Test(arguments: [
    ("aGk=", "\"hi\""), ("aGk", "\"hi\""), ("aGkh", "\"hi!\""), ("YQ==", "\"a\""), ("", "\"\""),
    ("+/+/", "0xfbffbf"), ("-_-_", "0xfbffbf"), ("aG\\nkh", "\"hi!\""),
    ("+\\/+\\u002f", "0xfbffbf"),
    ("NOTSET", "0x34e4d211"),
  ])
  func bothAlphabetsAreReadWithAndWithoutPadding(_ base64: String, _ bytes: String) throws {
    #expect(try text(base64) == "functions { attribute_proto { s: \(bytes) } }")
  }

  @Test(arguments: [("a*Gk=!", 2), ("aGk=aGk=", 4), ("a=Gkh", 1), ("aG k=", 0)])
  func strayCharactersAreDroppedWithAWarning(_ base64: String, _ strays: Int) throws {
    let warnings = try TextForm.json.warnings(
      #"{"functions": [{"attribute_proto": [{"s": "\#(base64)"}]}]}"#)
    let expected =
      strays == 0
      ? []
      : [
        "1:43 functions[0].attribute_proto[0].s: "
          + "\(strays) characters are not base64 and were dropped"
      ]
    #expect(warnings == expected)
  }

  @Test func aLeftoverCharacterIsRefused() {
    #expect(
      TextForm.json.failure(#"{"graph": {"initializer": [{"raw_data": "AAAAA"}]}}"#) == """
        1:41 graph.initializer[0].raw_data: the base64 text is cut short: \
        one character is left over
        """)
  }

  @Test func textInPlaceOfBase64IsRefused() {
    #expect(
      TextForm.json.failure(#"{"graph": {"initializer": [{"raw_data": 1}]}}"#)
        == "1:41 graph.initializer[0].raw_data: expected a string in base64, found '1'")
  }
}
