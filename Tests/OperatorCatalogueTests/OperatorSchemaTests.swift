import ModelGraph
import OperatorCatalogue
import Testing

struct OperatorSchemaTests {
  private func schema(_ fields: String) throws -> OperatorSchema {
    let catalogue = try catalogue(operatorFile(#"{"name": "Op", "since": 1, \#(fields)}"#))
    return try #require(catalogue.versions(domain: "test", name: "Op").first)
  }

  @Test("a variadic parameter repeats without end")
  func variadicTail() throws {
    let schema = try schema(
      """
      "types": {"T": "floats", "B": "bool"},
      "inputs": {"first": "B", "rest": "T variadic mixed"}, "outputs": {"all": "T variadic"}
      """)
    #expect(schema.parameter(input: 0)?.name == "first")
    #expect(schema.parameter(input: 1)?.name == "rest")
    #expect(schema.parameter(input: 1000)?.name == "rest")
    #expect(schema.parameter(input: -1) == nil)
    #expect(schema.parameter(input: 1)?.isHomogeneous == false)
    #expect(schema.parameter(output: 0)?.isHomogeneous == true)
    #expect(schema.minimumInputs == 2)
    #expect(schema.maximumInputs == .max)
  }

  @Test("without a variadic parameter the last position is the end")
  func fixedPositions() throws {
    let schema = try schema(
      #""types": {"T": "floats"}, "inputs": {"X": "T", "Y": "T optional"}, "outputs": {"Z": "T"}"#)
    #expect(schema.parameter(input: 1)?.option == .optional)
    #expect(schema.parameter(input: 2) == nil)
    #expect(schema.parameter(output: 1) == nil)
  }

  @Test(
    "counts follow from the options unless they are given",
    arguments: [
      ("{}", "", [0, 0]),
      (#"{"X": "T"}"#, "", [1, 1]),
      (#"{"X": "T", "Y": "T optional"}"#, "", [1, 2]),
      (#"{"X": "T optional", "Y": "T", "Z": "T optional"}"#, "", [2, 3]),
      (#"{"X": "T optional", "Y": "T variadic"}"#, "", [2, .max]),
      (#"{"X": "T optional", "Y": "T variadic"}"#, #", "minimumInputs": 1"#, [1, .max]),
    ])
  func counts(inputs: String, extra: String, expected: [Int]) throws {
    let schema = try schema(#""types": {"T": "floats"}, "inputs": \#(inputs)\#(extra)"#)
    #expect([schema.minimumInputs, schema.maximumInputs] == expected)
  }

  @Test("a type that stands for itself is a type parameter of that name")
  func fixedType() throws {
    let schema = try schema(#""inputs": {"indices": "tensor(int64)", "X": "tensor(float)"}"#)
    let parameter = try #require(schema.parameter(input: 0))
    #expect(parameter.typeParameter == "tensor(int64)")
    #expect(schema.typeParameters[parameter.typeParameter]?.tensors == [ElementTypeSet(.int64)])
    #expect(schema.typeParameters["tensor(float)"]?.tensors == [ElementTypeSet(.float32)])
  }

  @Test("attributes have a kind, and are required or have a default or neither")
  func attributes() throws {
    let schema = try schema(
      """
      "attributes": {"axis": "int required", "body": "graph", "value": "sparseTensor",
        "alpha": {"float": 1e-05}, "mode": {"string": ""}, "big": {"int": -9223372036854775808},
        "axes": {"ints": [0, 2]}, "scales": {"floats": [0.5, 1]}, "names": {"strings": ["Tanh"]}}
      """)
    #expect(
      schema.attributes == [
        AttributeSchema(name: "axis", kind: .int, isRequired: true),
        AttributeSchema(name: "body", kind: .graph),
        AttributeSchema(name: "value", kind: .sparseTensor),
        AttributeSchema(name: "alpha", kind: .float, defaultValue: .float(1e-05)),
        AttributeSchema(name: "mode", kind: .string, defaultValue: .string("")),
        AttributeSchema(name: "big", kind: .int, defaultValue: .int(.min)),
        AttributeSchema(name: "axes", kind: .ints, defaultValue: .ints([0, 2])),
        AttributeSchema(name: "scales", kind: .floats, defaultValue: .floats([0.5, 1])),
        AttributeSchema(name: "names", kind: .strings, defaultValue: .strings(["Tanh"])),
      ])
    #expect(schema.attribute("body")?.kind == .graph)
    #expect(schema.attribute("Body") == nil)
  }

  @Test("a function body tells its operators, or that they are not known")
  func functionBodies() throws {
    let fixed = try schema(#""function": {"operators": ["Exp", "Log"], "opsets": [13, 18]}"#)
    #expect(
      fixed.functionBody
        == FunctionBody(
          operators: ["Exp", "Log"], opsetVersions: [13, 18], isContextDependent: false))
    let dependent = try schema(#""function": {"opsets": [17], "contextDependent": true}"#)
    #expect(dependent.functionBody?.isListed == false)
    #expect(dependent.functionBody?.operators == [])
    #expect(dependent.functionBody?.isContextDependent == true)
    #expect(try schema(#""deprecated": false"#).functionBody == nil)
  }
}
