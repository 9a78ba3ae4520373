import Testing

@testable import ModelReading

/// What is too long to keep is counted in place of being written.
@Suite struct PayloadLimitTests {
  private let small = TranscodingLimits(payloadBytes: 8, listElements: 3)

  @Test func rawDataAreKeptUpToTheLimitAndCountedBeyond() throws {
    func tensor(_ base64: String) -> String {
      #"{"graph": {"initializer": [{"raw_data": "\#(base64)", "name": "w"}]}}"#
    }
    #expect(
      try TextForm.json.dump(tensor("AAAAAAAAAAA="), limits: small)
        == #"graph { initializer { raw_data: 0x0000000000000000 name: "w" } }"#)
    #expect(
      try TextForm.json.dump(tensor("AAAAAAAAAAAA"), limits: small)
        == #"graph { initializer { name: "w" elided_bytes: 9 } }"#)
    #expect(
      try TextForm.textproto.dump(
        #"graph { initializer { raw_data: "\000\001234567" "8" name: "w" } }"#, limits: small)
        == #"graph { initializer { name: "w" elided_bytes: 9 } }"#)
  }

  @Test(arguments: [
    ("data_type: 1 float_data: [1, 2]", "data_type: 1 float_data: [1.0 2.0]"),
    ("data_type: 1 float_data: [1, 2, 3]", "data_type: 1 elided_bytes: 12"),
    ("float_data: 1 float_data: 2 float_data: 3 data_type: 14", "data_type: 14 elided_bytes: 12"),
    ("int64_data: [1, 2]", "elided_bytes: 16"), ("int64_data: [-1]", "int64_data: [-1]"),
    ("double_data: [1, 2]", "elided_bytes: 16"),
    // Half floats take two bytes each in raw form, Booleans one.
    ("data_type: 10 int32_data: [1, 2, 3]", "data_type: 10 elided_bytes: 6"),
    ("int32_data: [1, 0, 1] data_type: 9", "data_type: 9 elided_bytes: 3"),
    ("data_type: 6 int32_data: [1, 2, 3]", "data_type: 6 elided_bytes: 12"),
    ("data_type: 22 int32_data: [1, 2, 3]", "data_type: 22 elided_bytes: 3"),
    ("data_type: 12 uint64_data: [1, 2]", "data_type: 12 elided_bytes: 8"),
    ("data_type: 13 uint64_data: [1, 2]", "data_type: 13 elided_bytes: 16"),
    ("string_data: 'abcd' string_data: 'efgh'", #"string_data: "abcd" string_data: "efgh""#),
    ("string_data: 'abcd' string_data: 'efghi' string_data: 'j'", "elided_bytes: 10"),
    // What stands between the elements is kept.
    ("float_data: 1 name: 'w' float_data: [2, 3]", #"name: "w" elided_bytes: 12"#),
  ])
  func typedDataAreCountedAsRawBytes(_ fields: String, _ dump: String) throws {
    #expect(
      try TextForm.textproto.dump("graph { initializer { \(fields) } }", limits: small)
        == "graph { initializer { \(dump) } }")
  }

  @Test(arguments: [
    ("ints: [1, 2, 3]", "ints: 1 ints: 2 ints: 3"),
    ("ints: [1, 2, 3, 4]", "elided_list: 4 type: 7"),
    ("type: INTS ints: [1, 2, 3, 4, 5]", "type: 7 elided_list: 5"),
    ("floats: [1, 2, 3, 4] name: 'a' type: FLOATS", #"name: "a" type: 6 elided_list: 4"#),
    ("strings: ['a', 'b', 'c', 'd']", "elided_list: 4 type: 8"),
    ("strings: ['a', 'b', 'c', 'd', '', 'f']", "elided_list: 6 type: 8"),
  ])
  func listsOfAttributesAreCountedWithTheirType(_ fields: String, _ dump: String) throws {
    #expect(
      try TextForm.textproto.dump("functions { attribute_proto { \(fields) } }", limits: small)
        == "functions { attribute_proto { \(dump) } }")
  }

  @Test func theSyntaxOfONNXHasTheSameLimits() throws {
    let text = """
      g () => () <float[3] w = {1, 2, 3}, string[2] s = {"abcdefgh", "i"}> {
        y = Op <a = [1, 2, 3, 4], b = ["a", "b", "c", "d"]> () }
      """
    #expect(
      try TextForm.onnxText.dump(text, limits: small) == """
        graph { name: "g" initializer { dims: 3 data_type: 1 name: "w" elided_bytes: 12 } \
        initializer { dims: 2 data_type: 8 name: "s" elided_bytes: 9 } node { output: "y" \
        domain: "" op_type: "Op" attribute { name: "a" type: 7 elided_list: 4 } \
        attribute { name: "b" type: 8 elided_list: 4 } } }
        """)
  }

  @Test func positionsAfterAnElidedPayloadAreRight() throws {
    let text = """
      functions { attribute_proto { ints: [1, 2] t {}
        ints: [3, 4]
        g { node {} } } }
      """
    let dump = try TextForm.textproto.dump(text, limits: small, showsPositions: true)
    #expect(
      dump
        == "functions@1:1 { attribute_proto { t@1:44 {} g@3:3 { node@3:7 {} } "
        + "elided_list: 4 type: 7 } }"
    )
  }

  @Test func kibibytesAndThousandsAreKeptByDefault() throws {
    let numbers = (0..<1024).map { "\($0)" }.joined(separator: ",")
    func text(_ more: String) -> String {
      "graph { initializer { int64_data: [\(numbers)\(more)] } }"
    }
    #expect(try TextForm.textproto.dump(text("")).contains("elided") == false)
    #expect(
      try TextForm.textproto.dump(text(",1")) == "graph { initializer { elided_bytes: 8200 } }")
  }
}
