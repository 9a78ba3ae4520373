import Testing

@testable import ModelReading

@Suite struct JSONTranscoderTests {
  @Test func aModelBecomesItsFields() throws {
    let text = """
      {
        "ir_version": "9",
        "graph": {
          "node": [{"input": ["x"], "output": ["y"], "op_type": "Relu", "attribute": [
            {"name": "axes", "ints": ["-1", 2], "type": "INTS"}]}],
          "name": "g"
        },
        "opset_import": [{"domain": "", "version": "18"}]
      }
      """
    #expect(
      try TextForm.json.dump(text) == """
        ir_version: 9 graph { node { input: "x" output: "y" op_type: "Relu" attribute { \
        name: "axes" ints: -1 ints: 2 type: 7 } } name: "g" } \
        opset_import { domain: "" version: 18 }
        """)
  }

  @Test func positionsAreThoseOfOpeningBraces() throws {
    let text = """
      {"graph": {
         "node": [
           {"op_type": "Relu"}, {"op_type": "Neg", "attribute": [{"t": {"data_type": 1}}]}],
         "input": [{"name": "x"}],
         "initializer": [{}]},
       "functions": [{"name": "f"}]}
      """
    #expect(
      try TextForm.json.dump(text, showsPositions: true) == """
        graph@1:11 { node@3:6 { op_type: "Relu" } node@3:27 { op_type: "Neg" \
        attribute { t@3:66 { data_type: 1 } } } input@4:14 { name: "x" } initializer@5:20 {} } \
        functions@6:16 { name: "f" }
        """)
  }

  @Test func bothSpellingsOfNamesAreRead() throws {
    let text = #"{"irVersion": 9, "producer_name": "p", "opsetImport": [{"version": 18}]}"#
    #expect(
      try TextForm.json.dump(text)
        == #"ir_version: 9 producer_name: "p" opset_import { version: 18 }"#)
  }

  @Test func theLastOfTwoSpellingsWins() throws {
    let text = """
      {"graph": {"name": "a", "node": [{"op_type": "A", "opType": "B"}], "input": [{"name": "x"}],
      "valueInfo": [{}, {"name": "v"}], "value_info": [{"name": "w"}], "name": null}}
      """
    #expect(TextForm.json.failure(text) == "2:66 graph.name: the key appears twice")
    let repaired = text.replacing(#", "name": null"#, with: "")
    let dump = try TextForm.json.dump(repaired, showsPositions: true)
    #expect(
      dump == """
        graph@1:11 { name: "a" node@1:34 { op_type: "B" } input@1:78 { name: "x" } \
        value_info@2:50 { name: "w" } }
        """)
  }

  @Test func unknownKeysArePassedOverWithAWarning() throws {
    let text = """
      {"graph": {"node": [{"op_type": "Relu"}, {"colour": {"a": [1, {"b": null}]}, "name": "n"}]},
       "Graph": 1}
      """
    #expect(
      try TextForm.json.dump(text) == #"graph { node { op_type: "Relu" } node { name: "n" } }"#)
    #expect(
      try TextForm.json.warnings(text) == [
        #"1:43 graph.node[1]: NodeProto has no field "colour"; it is not read"#,
        #"2:2 ModelProto has no field "Graph"; it is not read"#,
      ])
  }

  @Test func aFloodOfWarningsIsCutShort() throws {
    let keys = (0..<100).map { "\"k\($0)\": 1" }.joined(separator: ",")
    #expect(try TextForm.json.warnings("{\(keys)}").count == 32)
  }

  @Test func nullIsTheSameAsAbsent() throws {
    #expect(
      try TextForm.json.dump(#"{"graph": null, "ir_version": null, "functions": null}"#) == "")
  }

  @Test func keysMayBeEscaped() throws {
    #expect(try TextForm.json.dump(#"{"\u0064omain": "d"}"#) == #"domain: "d""#)
  }

  @Test func deepNestingIsRefused() {
    let limits = TranscodingLimits(messageDepth: 8)
    let graph = #"{"node": [{"attribute": [{"g": "#
    func nested(_ depth: Int) -> String {
      #"{"graph": "# + String(repeating: graph, count: depth) + "{}"
        + String(repeating: "}]}]}", count: depth) + "}"
    }
    #expect(TextForm.json.failure(nested(2), limits: limits) == nil)
    #expect(
      TextForm.json.failure(nested(3), limits: limits) == """
        1:83 graph.node[0].attribute[0].g.node[0].attribute[0].g.node[0]: \
        messages are nested more than 8 levels deep
        """)
    #expect(
      TextForm.json.failure(nested(10_000))?.hasSuffix("more than 300 levels deep") == true)
  }

  @Test(arguments: [
    ("", "1:1 ends where a value was expected"),
    ("[]", "1:1 expected an object, found '['"),
    ("{\"graph\": []}", "1:11 graph: expected an object, found '['"),
    ("{\"graph\": \"g\"}", "1:11 graph: expected an object, found a string"),
    ("{} {}", "1:4 text after the end of the document"),
    ("{\"domain\": \"a\",}", "1:16 a comma must be followed by another member"),
    ("{'domain': 1}", "1:2 expected a string"),
    ("// c\n{}", "1:1 expected a value"),
    ("{\"domain\": \"a\", \"domain\": \"b\"}", "1:17 domain: the key appears twice"),
    ("{\"functions\": {}}", "1:15 functions: expected an array, found '{'"),
    ("{\"functions\": [null]}", "1:16 functions[0]: expected an object, found 'null'"),
    (
      "{\"graph\": {\"input\": [{\"type\":\n {\"tensor_type\": {}, \"map_type\": {}}}]}}",
      "2:22 graph.input[0].type.map_type: TypeProto holds tensor_type already; "
        + "only one of the two may be given"
    ),
  ])
  func malformedDocumentsAreRefused(_ text: String, _ failure: String) {
    #expect(TextForm.json.failure(text) == failure)
  }

  @Test(arguments: [[0xEF, 0xBB, 0xBF, 0x7B, 0x7D], [0xFF, 0xFE, 0x7B, 0x00]] as [[UInt8]])
  func aByteOrderMarkIsRefusedInAllForms(_ source: [UInt8]) {
    for form in [TextForm.json, .textproto, .onnxText] {
      #expect(
        form.failure(source)
          == "1:1 the text starts with a byte-order mark; save it as UTF-8 without the mark")
    }
  }
}
