import Testing

@testable import ModelReading

@Suite struct ONNXTextModelTests {
  @Test func aModelHasAHeaderAndAGraph() throws {
    let text = """
      <ir_version: 9, opset_import: ["" : 18]>
      g (float[N, 128] X, float[128,10] W) => (float[N,10] Y) { Y = MatMul(X, W) }
      """
    #expect(
      try TextForm.onnxText.dump(text) == """
        ir_version: 9 opset_import { domain: "" version: 18 } graph { name: "g" \
        input { name: "X" type { tensor_type { elem_type: 1 shape { dim { dim_param: "N" } \
        dim { dim_value: 128 } } } } } \
        input { name: "W" type { tensor_type { elem_type: 1 shape { dim { dim_value: 128 } \
        dim { dim_value: 10 } } } } } \
        output { name: "Y" type { tensor_type { elem_type: 1 shape { dim { dim_param: "N" } \
        dim { dim_value: 10 } } } } } \
        node { output: "Y" domain: "" op_type: "MatMul" input: "X" input: "W" } }
        """)
  }

  @Test func theHeaderMayBeMissing() throws {
    #expect(
      try TextForm.onnxText.dump("g () => () {}") == #"graph { name: "g" }"#)
  }

  @Test func theHeaderHoldsAllFieldsOfAModel() throws {
    let text = """
      <ir_version: 10, opset_import: ["":18, "com.microsoft":1], producer_name:"p",
       producer_version:"1", domain:"d", model_version:3, doc_string:"doc",
       metadata_props:["k":"v","a":"b"]> g () => () {}
      """
    #expect(
      try TextForm.onnxText.dump(text) == """
        ir_version: 10 opset_import { domain: "" version: 18 } \
        opset_import { domain: "com.microsoft" version: 1 } producer_name: "p" \
        producer_version: "1" domain: "d" model_version: 3 doc_string: "doc" \
        metadata_props { key: "k" value: "v" } metadata_props { key: "a" value: "b" } \
        graph { name: "g" }
        """)
  }

  @Test func emptyListsInTheHeaderAreAccepted() throws {
    #expect(
      try TextForm.onnxText.dump("<opset_import: [], metadata_props: []> g () => () {}")
        == #"graph { name: "g" }"#)
  }

  @Test func functionsFollowTheGraph() throws {
    let text = """
      g (x) => (y) { y = f.F(x) }
      <domain:"f", overload:"o1", opset_import:["":18], doc_string:"d">
      F <alpha, beta: float = 0.5, gamma: int> (x, float[N] y) => (z) <float[N] t>
      { t = Selu <alpha: float = @alpha, gamma = @beta>(x) z = Add(t,y) }
      G (x) => (y) {}
      """
    #expect(
      try TextForm.onnxText.dump(text) == """
        graph { name: "g" input { name: "x" } output { name: "y" } \
        node { output: "y" domain: "f" op_type: "F" input: "x" } } \
        functions { domain: "f" overload: "o1" opset_import { domain: "" version: 18 } \
        doc_string: "d" name: "F" attribute: "alpha" \
        attribute_proto { name: "beta" f: 0.5 type: 1 } attribute_proto { name: "gamma" type: 2 } \
        input: "x" input: "y" \
        value_info { name: "y" type { tensor_type { elem_type: 1 shape { \
        dim { dim_param: "N" } } } } } \
        output: "z" \
        value_info { name: "t" type { tensor_type { elem_type: 1 shape { \
        dim { dim_param: "N" } } } } } \
        node { output: "t" domain: "" op_type: "Selu" \
        attribute { name: "alpha" ref_attr_name: "alpha" type: 1 } \
        attribute { name: "gamma" ref_attr_name: "beta" } input: "x" } \
        node { output: "z" domain: "" op_type: "Add" input: "t" input: "y" } } \
        functions { name: "G" input: "x" output: "y" }
        """)
  }

  @Test func commentsAndQuotedNamesStandAnywhere() throws {
    let text = """
      # head
      <ir_version: 9, # inline
       opset_import: ["":18]> "my graph/1" (float[1] "x:0") => ("y:0") { "y:0" = Relu("x:0") }#
      """
    #expect(
      try TextForm.onnxText.dump(text) == """
        ir_version: 9 opset_import { domain: "" version: 18 } graph { name: "my graph/1" \
        input { name: "x:0" type { tensor_type { elem_type: 1 shape { dim { dim_value: 1 } } } } } \
        output { name: "y:0" } node { output: "y:0" domain: "" op_type: "Relu" input: "x:0" } }
        """)
  }

  @Test func keywordsMayBeNames() throws {
    #expect(
      try TextForm.onnxText.dump("domain () => () { float = seq (int64, inf) }") == """
        graph { name: "domain" node { output: "float" domain: "" op_type: "seq" \
        input: "int64" input: "inf" } }
        """)
  }

  @Test func positionsAreThoseOfFirstTokens() throws {
    let text = """
      <ir_version: 9>
      g (float[1] x,
         float[1] b = {1}) => (y) <
        float[1] w = {2}, float v> {
        ["label"] t =
          If (x) <then_branch = h () => (z) { z = Neg(x) }>
       = C <value = float {3}> ()
      }
      <domain: "f"> F () => () {}
      """
    let dump = try TextForm.onnxText.dump(text, showsPositions: true)
    let places = dump.split(separator: " ").filter { $0.contains("@") }
    #expect(
      places == [
        "graph@2:1", "input@2:4", "input@3:4", "initializer@3:4", "output@3:26",
        "initializer@4:3", "value_info@4:21", "node@5:3", "g@6:27", "output@6:36", "node@6:41",
        "node@7:2", "t@7:15", "functions@9:1",
      ])
  }

  @Test(arguments: [
    ("", "1:1 the text has no model"), (" # nothing", "1:11 the text has no model"),
    ("<> g () => () {}", "1:2 expected a key of the model's header, found '>'"),
    (
      "<ir_version: 9,> g () => () {}", "1:16 expected a key of the model's header, found '>'"
    ),
    (
      "<ir_version: \"9\"> g () => () {}",
      "1:14 expected a whole number for ir_version, found a string"
    ),
    ("<domain: d> g () => () {}", "1:10 expected the domain in double quotes, found 'd'"),
    (
      "<opset_import: [\"\": 18,]> g () => () {}",
      "1:24 expected the domain of an operator set in double quotes, found ']'"
    ),
    (
      "<opset_import: [18]> g () => () {}",
      "1:17 expected the domain of an operator set in double quotes, found '18'"
    ),
    (
      "<colour: 1> g () => () {}",
      "1:2 'colour' is no key of a model's header (ir_version, opset_import, producer_name, "
        + "producer_version, domain, model_version, doc_string, metadata_props)"
    ),
    ("<ir_version: 9 g () => () {}", "1:16 expected '>' or ',', found 'g'"),
    ("g () => () {} ;", "1:15 expected the name of a function, found ';'"),
    (
      "g () => () {} <ir_version: 9> F () => () {}",
      "1:16 'ir_version' is no key of a function's header (opset_import, domain, overload, "
        + "doc_string)"
    ),
    ("g () => () {} F <> () => () {}", "1:18 expected the name of an attribute, found '>'"),
    (
      "<ir_version: 99999999999999999999> g () => () {}",
      "1:14 99999999999999999999 does not fit 64 bits"
    ),
  ])
  func malformedModelsAreRefused(_ text: String, _ failure: String) {
    #expect(TextForm.onnxText.failure(text) == failure)
  }

  @Test func deepGraphsAreRefused() {
    func nested(_ depth: Int) -> String {
      String(repeating: "g () => () { y = If () <b = ", count: depth - 1) + "g () => () {}"
        + String(repeating: "> }", count: depth - 1)
    }
    #expect(TextForm.onnxText.failure(nested(100)) == nil)
    #expect(
      TextForm.onnxText.failure(nested(101))?.hasSuffix(
        "graphs are nested more than 100 levels deep")
        == true)
    #expect(TextForm.onnxText.failure(nested(20_000)) != nil)
  }
}
