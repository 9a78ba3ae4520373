import Testing

@testable import ModelReading

@Suite struct TextprotoTranscoderTests {
  @Test func aModelBecomesItsFields() throws {
    let text = """
      # proto-message: onnx.ModelProto
      ir_version: 9
      graph {
        node {
          input: "x"
          output: "y"
          op_type: "Relu"
          attribute { name: "axes" type: INTS ints: -1 ints: 2 }
        }
        name: "g"
        initializer { dims: 2 data_type: 1 float_data: 3.0 float_data: 1e+20 name: "w" }
      }
      opset_import { version: 18 }
      """
    #expect(
      try TextForm.textproto.dump(text) == """
        ir_version: 9 graph { node { input: "x" output: "y" op_type: "Relu" attribute { \
        name: "axes" type: 7 ints: -1 ints: 2 } } name: "g" initializer { dims: 2 data_type: 1 \
        float_data: [3.0 1e+20] name: "w" } } opset_import { version: 18 }
        """)
  }

  @Test func positionsAreThoseOfFieldNamesOrOfElements() throws {
    let text = """
      graph {
        node { op_type: "A" }
        node [ { op_type: "B" },
               { op_type: "C" } ]
        node: < attribute { t {} } > input { name: "x" }
      }
      functions {}
      """
    #expect(
      try TextForm.textproto.dump(text, showsPositions: true) == """
        graph@1:1 { node@2:3 { op_type: "A" } node@3:10 { op_type: "B" } \
        node@4:10 { op_type: "C" } node@5:3 { attribute { t@5:23 {} } } input@5:32 { name: "x" } } \
        functions@7:1 {}
        """)
  }

  @Test(arguments: [
    "node { input: 'a' input: 'b' }", "node { input: ['a', 'b'] }",
    "node: { input: 'a', input: 'b'; }",
    "node < input: 'a' input: 'b' >", "node [{ input: 'a' input: ['b'] }]",
    "node: [<input:['a','b']>]",
    "node { # comment }\n input: 'a' # ' \" [\n input: 'b' }", "node{input:'a'input:[]input:'b'},",
    "node\u{B}{\u{C}input\t:\r\n'a' input: 'b' }",
  ])
  func messagesAndListsMayBeWrittenInManyWays(_ node: String) throws {
    #expect(
      try TextForm.textproto.dump("graph { \(node) }")
        == #"graph { node { input: "a" input: "b" } }"#)
  }

  @Test func runsOfPackedNumbersAreOneRecordAndInterruptedRunsSeveral() throws {
    let text = "graph { initializer { int64_data: 1 int64_data: [2, 3] name: 'w' int64_data: 4 } }"
    #expect(
      try TextForm.textproto.dump(text)
        == #"graph { initializer { int64_data: [1 2 3] name: "w" int64_data: [4] } }"#)
  }

  @Test func emptyTextIsAnEmptyModel() throws {
    #expect(try TextForm.textproto.dump("") == "")
    #expect(try TextForm.textproto.dump(" # nothing") == "")
  }

  @Test(arguments: [
    ("graph { name: 'a' name: 'b' }", "1:19 'name' is given twice"),
    ("graph {} graph {}", "1:10 'graph' is given twice"),
    ("graph { name: ['a'] }", "1:15 expected a string in quotes, found '['"),
    ("graph { name 'a' }", "1:14 expected ':' after 'name', found a string"),
    ("graph { node: 'a' }", "1:15 expected '{' after 'node', found a string"),
    ("graph { node [ {}, ] }", "1:20 expected '{' after 'node', found ']'"),
    ("graph { node [ {} {} ] }", "1:19 expected ',' or ']', found '{'"),
    ("graph { node { input: ['a',] } }", "1:28 expected a string in quotes, found ']'"),
    (
      "graph { docString: 'a' }",
      "1:9 GraphProto has no field of this spelling; write 'doc_string'"
    ),
    ("graph { colour: 'a' }", "1:9 GraphProto has no field 'colour'"),
    ("graph { 2: 'a' }", "1:9 expected the name of a field of GraphProto or '}', found '2'"),
    ("graph { [x.y]: 1 }", "1:9 extensions are not part of ONNX; expected a field name"),
    ("graph <\n name: 'a' }", "2:12 expected the name of a field of GraphProto or '>', found '}'"),
    ("graph {\n node {", "2:7 the NodeProto that starts here is not closed"),
    ("}", "1:1 expected the name of a field of ModelProto, found '}'"),
    ("domain: 'a',, ", "1:13 expected the name of a field of ModelProto, found ','"),
    (
      "graph { input { type { tensor_type {} map_type {} } } }",
      "1:39 TypeProto holds 'tensor_type' already; only one of it and 'map_type' may be given"
    ),
  ])
  func malformedTextIsRefused(_ text: String, _ failure: String) {
    #expect(TextForm.textproto.failure(text) == failure)
  }

  @Test func deepNestingIsRefused() {
    let limits = TranscodingLimits(messageDepth: 5)
    #expect(
      TextForm.textproto.failure(
        "graph { node { attribute { g { node {} } } } }", limits: limits)
        == "1:37 messages are nested more than 5 levels deep")
    let deep = "graph {" + String(repeating: "node { attribute { g {", count: 10_000)
    #expect(
      TextForm.textproto.failure(deep)?.hasSuffix("more than 300 levels deep") == true)
  }
}
