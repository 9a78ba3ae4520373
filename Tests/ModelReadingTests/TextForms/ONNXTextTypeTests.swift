import ModelGraph
import Testing

@testable import ModelReading

@Suite struct ONNXTextTypeTests {
  private func type(_ text: String) throws -> String {
    let dump = try TextForm.onnxText.dump("g (\(text) x) => () {}")
    let head = #"graph { name: "g" input { name: "x" type { "#
    return String(dump.dropFirst(head.count).dropLast(" } } }".count))
  }

  @Test(arguments: [
    ("float", "tensor_type { elem_type: 1 shape {} }"), ("float[]", "tensor_type { elem_type: 1 }"),
    (
      "double[N, ?, 3, -1, \"a b+1\"]",
      "tensor_type { elem_type: 11 shape { dim { dim_param: \"N\" } dim {} dim { dim_value: 3 } "
        + "dim { dim_value: -1 } dim { dim_param: \"a b+1\" } } }"
    ),
    (
      "seq(float[N])",
      "sequence_type { elem_type { tensor_type { elem_type: 1 "
        + "shape { dim { dim_param: \"N\" } } } } }"
    ),
    (
      "optional(seq(int64[]))",
      "optional_type { elem_type { sequence_type { elem_type { tensor_type { elem_type: 7 } } } } }"
    ),
    (
      "map(int64, string)",
      "map_type { key_type: 7 value_type { tensor_type { elem_type: 8 shape {} } } }"
    ),
    (
      "sparse_tensor(float[3,4])",
      "sparse_tensor_type { elem_type: 1 shape { dim { dim_value: 3 } dim { dim_value: 4 } } }"
    ),
    ("opaque()", "opaque_type {}"), ("opaque(a.b)", "opaque_type { name: \"a.b\" }"),
    ("opaque(dom.x, nm)", "opaque_type { domain: \"dom.x\" name: \"nm\" }"),
  ])
  func typesBecomeMessages(_ text: String, _ dump: String) throws {
    #expect(try type(text) == dump)
  }

  @Test(arguments: ElementType.allCases.filter { $0 != .undefined })
  func everyElementTypeHasAName(_ element: ElementType) throws {
    let name = [ElementType.float32: "float", .float64: "double"][element] ?? element.name
    #expect(try type(name) == "tensor_type { elem_type: \(element.rawValue) shape {} }")
  }

  @Test(arguments: [
    ("float[N,]", "1:12 expected a dimension, found ']'"),
    ("float[1.5]", "1:10 expected a dimension, found '1.5'"),
    ("float[N M]", "1:12 expected ']' or ',', found 'M'"),
    ("seq(x)", "1:8 'x' is no type"), ("seq()", "1:8 expected a type, found ')'"),
    ("map(seq(float), float)", "1:8 'seq' is no element type"),
    ("sparse_tensor(seq(float))", "1:18 'seq' is no element type"),
    ("opaque(\"q\")", "1:11 expected ')', found a string"),
    ("float32[1]", "1:11 expected ')' or ',', found '['"),
  ])
  func malformedTypesAreRefused(_ text: String, _ failure: String) {
    #expect(TextForm.onnxText.failure("g (\(text) x) => () {}") == failure)
  }

  @Test func deepTypesAreRefused() {
    func nested(_ depth: Int) -> String {
      let type =
        String(repeating: "seq(", count: depth) + "float" + String(repeating: ")", count: depth)
      return "g (\(type) x) => () {}"
    }
    #expect(TextForm.onnxText.failure(nested(99)) == nil)
    #expect(
      TextForm.onnxText.failure(nested(100)) == "1:404 types are nested more than 100 levels deep")
    #expect(TextForm.onnxText.failure(nested(100_000)) != nil)
  }
}
