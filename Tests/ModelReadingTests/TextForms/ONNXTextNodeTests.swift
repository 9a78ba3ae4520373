import Testing

@testable import ModelReading

@Suite struct ONNXTextNodeTests {
  private func nodes(_ text: String) throws -> String {
    let dump = try TextForm.onnxText.dump("g () => () { \(text) }")
    return String(dump.dropFirst(#"graph { name: "g" "#.count).dropLast(" }".count))
  }

  private func attribute(_ text: String) throws -> String {
    let dump = try nodes("y = Foo <\(text)>(x)")
    let head = #"node { output: "y" domain: "" op_type: "Foo" attribute { "#
    return String(dump.dropFirst(head.count).dropLast(#" } input: "x" }"#.count))
  }

  // MARK: Nodes

  @Test(arguments: [
    ("y = Foo(x)", #"node { output: "y" domain: "" op_type: "Foo" input: "x" }"#),
    (
      #"["my label"] a, "b c" = com.microsoft.Foo:over (x, "", y)"#,
      #"node { name: "my label" output: "a" output: "b c" domain: "com.microsoft" op_type: "Foo" "#
        + #"overload: "over" input: "x" input: "" input: "y" }"#
    ),
    (
      "a, , b = Foo (, x, )",
      #"node { output: "a" output: "" output: "b" domain: "" op_type: "Foo" input: "" input: "x" }"#
    ),
    (" = Foo ()", #"node { domain: "" op_type: "Foo" }"#),
    ("= Foo (,)", #"node { domain: "" op_type: "Foo" input: "" }"#),
    ("[] = Foo ()", #"node { domain: "" op_type: "Foo" }"#),
    ("[l] = a . b . Foo ()", #"node { name: "l" domain: "a.b" op_type: "Foo" }"#),
    ("y = (x)", #"node { output: "y" domain: "" op_type: "" input: "x" }"#),
    (
      "y = Foo(x) <a=1>",
      #"node { output: "y" domain: "" op_type: "Foo" input: "x" "#
        + #"attribute { name: "a" i: 1 type: 2 } }"#
    ),
    (
      "t = A(x) y = B(t)",
      #"node { output: "t" domain: "" op_type: "A" input: "x" } "#
        + #"node { output: "y" domain: "" op_type: "B" input: "t" }"#
    ),
  ])
  func nodesBecomeMessages(_ text: String, _ dump: String) throws {
    #expect(try nodes(text) == dump)
  }

  @Test(arguments: [
    ("y = my-domain.Foo(x)", "1:20 a number has to follow '-' directly"),
    ("y = Foo:\"o\"(x)", "1:22 expected the overload (without quotes), found a string"),
    ("y = Foo(a.b)", "1:23 expected ')' or ',', found '.b'"),
    ("1y = Foo(x)", "1:14 expected '=' or ',', found '1y'"),
    ("y = > Foo(x)", "1:18 expected the name of an operator, found '>'"),
    ("y => Foo(x)", "1:16 expected '=' or ',', found '=>'"),
    ("y = Foo(x);", "1:24 expected '=' or ',', found ';'"),
    ("y = Foo x", "1:22 expected '(', found 'x'"),
    ("y = .Foo(x)", "1:18 expected the name of an operator, found '.Foo'"),
    ("é = Foo(x)", "1:14 names with characters beyond ASCII have to be in double quotes"),
    ("y = Foo(\"x)", "1:22 the text in quotes is not closed"),
    ("y = Foo(\"x\\", "1:22 the text in quotes is not closed"),
    ("y = Foo <> (x)", "1:23 expected the name of an attribute (without quotes), found '>'"),
    ("y = Foo <a=1>(x) <b=2>", "1:31 expected '=' or ',', found '<'"),
  ])
  func malformedNodesAreRefused(_ text: String, _ failure: String) {
    #expect(TextForm.onnxText.failure("g () => () { \(text) }") == failure)
  }

  @Test(arguments: [
    ("g () = > () {}", "1:6 expected '=>' in one piece, found '='"),
    ("g () () {}", "1:6 expected '=>', found '('"), ("g => {}", "1:6 expected '(', found '{'"),
    ("g (x,) => () {}", "1:6 expected the name of a value, found ')'"),
    ("g (float) => () {}", "1:9 expected a name after the type, found ')'"),
    ("g () => () <float x,> {}", "1:21 expected the name of a value, found '>'"),
    ("g () => (x = {1}) {}", "1:12 expected ')' or ',', found '='"),
    ("g () => () { y = Foo(x)", "1:12 the list of nodes that starts here is not closed"),
    ("g () => ()", "1:11 expected '{', found the end of the text"),
    ("() => () {}", "1:1 expected the name of a graph, found '('"),
  ])
  func malformedGraphsAreRefused(_ text: String, _ failure: String) {
    #expect(TextForm.onnxText.failure(text) == failure)
  }

  @Test func theListOfInputsMayBeMissingAndThatOfValuesEmpty() throws {
    #expect(
      try TextForm.onnxText.dump("g => (y) <> {}") == #"graph { name: "g" output { name: "y" } }"#)
  }

  // MARK: Attributes

  @Test(arguments: [
    ("a=1", #"name: "a" i: 1 type: 2"#), ("a=-7", #"name: "a" i: -7 type: 2"#),
    ("a=2.5", #"name: "a" f: 2.5 type: 1"#), ("a=2.", #"name: "a" f: 2.0 type: 1"#),
    ("a=1e3", #"name: "a" f: 1000.0 type: 1"#), ("a=inf", #"name: "a" f: inf type: 1"#),
    ("a:float=nan", #"name: "a" f: nan type: 1"#), ("a=-INF", #"name: "a" f: -inf type: 1"#),
    ("a:float=3", #"name: "a" f: 3.0 type: 1"#), ("a:float=-0", #"name: "a" f: -0.0 type: 1"#),
    (#"a="s""#, #"name: "a" s: "s" type: 3"#),
    (#"a="a\"b\\c\nd""#, #"name: "a" s: "a"b\cnd" type: 3"#),
    ("a=[1,2]", #"name: "a" ints: 1 ints: 2 type: 7"#),
    ("a=[1.0,2]", #"name: "a" floats: 1.0 floats: 2.0 type: 6"#),
    ("a:floats=[1,2]", #"name: "a" floats: 1.0 floats: 2.0 type: 6"#),
    ("a:float=[1]", #"name: "a" floats: 1.0 type: 6"#), ("a:ints=[]", #"name: "a" type: 7"#),
    (#"a=["x","y\"z"]"#, #"name: "a" strings: "x" strings: "y"z" type: 8"#),
    ("a=@b", #"name: "a" ref_attr_name: "b""#),
    (#"a:ints=@"b c""#, #"name: "a" ref_attr_name: "b c" type: 7"#),
    (
      "a=float[N]",
      #"name: "a" tp { tensor_type { elem_type: 1 shape { dim { dim_param: "N" } } } } type: 13"#
    ),
    (
      "a=float[2] {1,2}",
      #"name: "a" t { dims: 2 data_type: 1 name: "" float_data: [1.0 2.0] } type: 4"#
    ),
    ("a:tensor=int64 t = {3}", #"name: "a" t { data_type: 7 name: "t" int64_data: [3] } type: 4"#),
    ("a=int64 t {3}", #"name: "a" t { data_type: 7 name: "t" int64_data: [3] } type: 4"#),
    (#"a=int64 "w/0" {3}"#, #"name: "a" t { data_type: 7 name: "w/0" int64_data: [3] } type: 4"#),
    (
      #"a=float[1] ["location": "w"]"#,
      #"name: "a" t { dims: 1 data_type: 1 name: "" data_location: 1 "#
        + #"external_data { key: "location" value: "w" } } type: 4"#
    ),
    (
      "a=[float[1] {1}, int64 t {2}]",
      #"name: "a" tensors { dims: 1 data_type: 1 name: "" float_data: [1.0] } "#
        + #"tensors { data_type: 7 name: "t" int64_data: [2] } type: 9"#
    ),
    (
      "a=[float, opaque()]",
      #"name: "a" type_protos { tensor_type { elem_type: 1 shape {} } } "#
        + #"type_protos { opaque_type {} } type: 14"#
    ),
    (
      #"a=[h () => () {}, "i j" => () {}]"#,
      #"name: "a" graphs { name: "h" } graphs { name: "i j" } type: 10"#
    ),
    ("a=information () => () {}", #"name: "a" g { name: "information" } type: 5"#),
    (#"a="g 1" (x) => () {}"#, #"name: "a" g { name: "g 1" input { name: "x" } } type: 5"#),
    ("a:sparse_tensors=[]", #"name: "a" type: 12"#),
  ])
  func attributesTakeTheirKindFromTheValue(_ text: String, _ dump: String) throws {
    #expect(try attribute(text) == dump)
  }

  @Test func graphsOfAttributesSeeTheWholeGrammar() throws {
    let text = """
      y = If (c) <then_branch = g1 () => (float[N] z) <float w = {1}> { z = Identity(w) },
        else_branch: graph = g2 => (z) { z = Neg(x) }>
      """
    #expect(
      try nodes(text) == """
        node { output: "y" domain: "" op_type: "If" input: "c" attribute { name: "then_branch" \
        g { name: "g1" output { name: "z" type { tensor_type { elem_type: 1 shape { \
        dim { dim_param: "N" } } } } } initializer { data_type: 1 name: "w" float_data: [1.0] } \
        node { output: "z" domain: "" op_type: "Identity" input: "w" } } type: 5 } \
        attribute { name: "else_branch" g { name: "g2" output { name: "z" } \
        node { output: "z" domain: "" op_type: "Neg" input: "x" } } type: 5 } }
        """)
  }

  @Test(arguments: [
    ("\"a\"=1", "1:10 expected the name of an attribute (without quotes), found a string"),
    ("a=1,", "1:14 expected the name of an attribute (without quotes), found '>'"),
    ("a=[]", "1:12 an empty list needs the kind of its elements, as in ': ints = []'"),
    ("a:int=[]", "1:16 a single int cannot be a list"),
    ("a=[1,2.5]", "1:15 expected a value of kind int, found one of kind float"),
    ("a:ints=3", "1:17 expected a value of kind ints, found one of kind int"),
    ("a:int=\"s\"", "1:16 expected a value of kind int, found one of kind string"),
    ("a=[1,]", "1:15 expected a value, found ']'"),
    ("a=0x10", "1:13 expected '>' or ',', found 'x10'"),
    ("a=.5", "1:12 expected a value, found '.5'"), ("a=+2", "1:12 expected a value, found '+2'"),
    ("a=[@b]", "1:13 expected a value, found '@'"), ("a", "1:11 expected '=' or ':', found '>'"),
    ("a:int", "1:15 expected '=', found '>'"),
    (
      "a:number=1",
      "1:12 'number' is no kind of attribute (float, int, string, tensor, graph, sparse_tensor, "
        + "type_proto, or one of these with s)"
    ),
    ("a=9223372036854775808", "1:12 9223372036854775808 does not fit 64 bits"),
    ("a=1e40", "1:12 1e40 does not fit a float"), ("a=x", "1:13 expected '=>', found '>'"),
  ])
  func malformedAttributesAreRefused(_ text: String, _ failure: String) {
    let found = TextForm.onnxText.failure("g=>(){\n =F<\n      \(text)>(x) }")
    // The text starts at column 7 of line 3; failures are written for column 10 of line 1.
    let shifted = found.map { failure in
      let column = failure.dropFirst(2).prefix { $0.isNumber }
      return "1:\((Int(column) ?? 0) + 3)" + failure.dropFirst(2 + column.count)
    }
    #expect(shifted == failure)
  }
}
