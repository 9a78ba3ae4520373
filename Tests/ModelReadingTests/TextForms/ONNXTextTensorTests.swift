import Testing

@testable import ModelReading

@Suite struct ONNXTextTensorTests {
  private func model(_ declaration: String) -> String { "g () => () <\(declaration)> {}" }

  private func tensor(_ declaration: String) throws -> String {
    let dump = try TextForm.onnxText.dump(model(declaration))
    let head = #"graph { name: "g" initializer { "#
    return String(dump.dropFirst(head.count).dropLast(" } }".count))
  }

  @Test(arguments: [
    ("float[2] w = {1, -4e-1}", "dims: 2 data_type: 1 name: \"w\" float_data: [1.0 -0.4]"),
    (
      "float[3] w = {inf, -Infinity, NaN}",
      "dims: 3 data_type: 1 name: \"w\" float_data: [inf -inf nan]"
    ),
    ("double[1] w = {1e40}", "dims: 1 data_type: 11 name: \"w\" double_data: [1e+40]"),
    ("complex64[1] w = {1, 2.}", "dims: 1 data_type: 14 name: \"w\" float_data: [1.0 2.0]"),
    ("complex128[1] w = {1, 2}", "dims: 1 data_type: 15 name: \"w\" double_data: [1.0 2.0]"),
    (
      "int64[2] w = {9223372036854775807, -9223372036854775808}",
      "dims: 2 data_type: 7 name: \"w\" int64_data: [9223372036854775807 -9223372036854775808]"
    ),
    (
      "uint64[1] w = {18446744073709551615}",
      "dims: 1 data_type: 13 name: \"w\" uint64_data: [18446744073709551615]"
    ),
    ("uint32[1] w = {5}", "dims: 1 data_type: 12 name: \"w\" uint64_data: [5]"),
    ("bool[2] w = {0, 1}", "dims: 2 data_type: 9 name: \"w\" int32_data: [0 1]"),
    ("float16[1] w = {15360}", "dims: 1 data_type: 10 name: \"w\" int32_data: [15360]"),
    ("int4[3] w = {1,-2,7}", "dims: 3 data_type: 22 name: \"w\" int32_data: [1 -2 7]"),
    (
      "string[2] \"w/0\" = {\"a\", \"b\\\"\\n\"}",
      "dims: 2 data_type: 8 name: \"w/0\" string_data: \"a\" string_data: \"b\"n\""
    ),
    ("float w = {3}", "data_type: 1 name: \"w\" float_data: [3.0]"),
    ("float[0] w = {}", "dims: 0 data_type: 1 name: \"w\""),
    (
      "float[4,3] W = [\"location\":\"w.bin\",\"offset\":\"4096\",\"length\":\"48\"]",
      "dims: 4 dims: 3 data_type: 1 name: \"W\" data_location: 1 "
        + "external_data { key: \"location\" value: \"w.bin\" } "
        + "external_data { key: \"offset\" value: \"4096\" } "
        + "external_data { key: \"length\" value: \"48\" }"
    ),
  ])
  func initializersBecomeTensors(_ text: String, _ dump: String) throws {
    #expect(try tensor(text) == dump)
  }

  @Test func inputsMayHaveDefaultsAndInnerValuesTypes() throws {
    let text = "g (float[2] B = {1.0, 2}) => () <float[1] W = {3.0}, float[1] T> {}"
    #expect(
      try TextForm.onnxText.dump(text) == """
        graph { name: "g" \
        input { name: "B" type { tensor_type { elem_type: 1 shape { dim { dim_value: 2 } } } } } \
        initializer { dims: 2 data_type: 1 name: "B" float_data: [1.0 2.0] } \
        initializer { dims: 1 data_type: 1 name: "W" float_data: [3.0] } \
        value_info { name: "T" type { tensor_type { elem_type: 1 shape { \
        dim { dim_value: 1 } } } } } }
        """)
  }

  @Test(arguments: [
    ("float[5] w = {1}", "the tensor 'w' has 1 value where its shape needs 5"),
    ("float[2] w = {}", "the tensor 'w' has 0 values where its shape needs 2"),
    ("float w = {1, 2}", "the tensor 'w' has 2 values where its shape needs 1"),
    ("complex64[1] w = {1}", "the tensor 'w' has 1 value where its shape needs 2"),
    ("uint8[1] w = {300}", "300 is no value of uint8"),
    ("int8[1] w = {-129}", "-129 is no value of int8"),
    ("bool[1] w = {2}", "2 is no value of bool"),
    ("uint64[1] w = {-1}", "-1 is no value of uint64"),
    ("int4[2] w = {8, 9}", "8 is no value of int4"),
    ("float16[1] w = {65536}", "65536 is no value of float16"),
    ("float6e2m3[1] w = {64}", "64 is no value of float6e2m3"),
  ])
  func doubtfulValuesAreReadWithAWarning(_ text: String, _ warning: String) throws {
    let warnings = try TextForm.onnxText.warnings(model(text))
    #expect(warnings.count == 1)
    #expect(warnings.first?.hasSuffix(warning) == true)
  }

  @Test(arguments: [
    "float[2,0] w = {}", "int8[2] w = {-128, 127}", "uint64[1] w = {18446744073709551615}",
    "float[9223372036854775807, 9223372036854775807] w = {1}", "float[-1] w = {1}",
  ])
  func valuesThatFitGetNoWarning(_ text: String) throws {
    #expect(try TextForm.onnxText.warnings(model(text)).isEmpty)
  }

  @Test(
    arguments: [
      ("float16[1] w = {1.0}", "1:29 expected a whole number as a value of float16, found '1.0'"),
      ("bool[1] w = {true}", "1:26 expected a whole number as a value of bool, found 'true'"),
      ("float[N] w = {1}", "1:13 a tensor with data needs numbers for all dimensions"),
      ("float[] w = {1}", "1:13 a tensor with data needs a shape"),
      ("w = {1}", "1:13 an initializer needs a type"),
      ("seq(float) w = {1}", "1:13 only tensors can have data"),
      ("float[1] w = {1,}", "1:29 expected a value of float, found '}'"),
      ("float[1] w = {+2}", "1:27 expected a value of float, found '+2'"),
      ("float[1] w = {.5}", "1:27 expected a value of float, found '.5'"),
      ("float[1] w = {1e}", "1:29 digits have to follow the exponent"),
      ("float[1] w = {- 1}", "1:27 a number has to follow '-' directly"),
      ("float[1] w = {1e40}", "1:27 1e40 does not fit a float"),
      ("double[1] w = {1e400}", "1:28 1e400 does not fit a double"),
      ("int64[1] w = {9223372036854775808}", "1:27 9223372036854775808 does not fit int64"),
      ("int8[1] w = {2147483648}", "1:26 2147483648 does not fit int32"),
      ("string[1] w = {a}", "1:28 expected a text in double quotes, found 'a'"),
      (
        "float[1] w",
        nil
      ),
      (
        "float[1] w = x",
        "1:26 expected the tensor's values in '{…}' or the place of its data in '[…]', "
          + "found 'x'"
      ),
      (
        "int4[3] w = {...}",
        "1:26 the program that wrote this text left values out ('...'); "
          + "save the model in another format"
      ),
      ("float[1] w = [\"location\"]", "1:37 expected ':', found ']'"),
    ] as [(String, String?)])
  func malformedTensorsAreRefused(_ text: String, _ failure: String?) {
    #expect(TextForm.onnxText.failure(model(text)) == failure)
  }
}
