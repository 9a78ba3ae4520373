import Bytes
import OperatorCatalogue
import Testing

/// Bad files: each failure tells the file, the place and the path.
struct OperatorFileTests {
  private func failure(_ text: String) -> String? {
    do {
      _ = try catalogue(text)
      return nil
    } catch {
      return error.description
    }
  }

  @Test(
    "a bad operator is refused with its place",
    arguments: [
      (
        #"{"name": "A", "since": 1, "doc": ""}"#,
        "line 6, column 27: operators[0].doc: the format has no such key"
      ),
      (
        #"{"name": "A", "since": 1, "name": "B"}"#,
        "line 6, column 27: operators[0].name: the key occurs twice"
      ),
      (#"{"since": 1}"#, #"line 6, column 1: operators[0]: the key "name" is missing"#),
      (#"{"name": "A"}"#, #"line 6, column 1: operators[0]: the key "since" is missing"#),
      (
        #"{"name": "", "since": 1}"#, "line 6, column 10: operators[0].name: may not be empty"
      ),
      (
        #"{"name": "A", "since": 0}"#,
        "line 6, column 24: operators[0].since: expected a whole number from 1 to 2147483647, "
          + "found 0"
      ),
      (
        #"{"name": "A", "since": 4294967296}"#,
        "line 6, column 24: operators[0].since: expected a whole number from 1 to 2147483647, "
          + "found 4294967296"
      ),
      (
        #"{"name": "A", "since": 1, "deprecated": 1}"#,
        "line 6, column 41: operators[0].deprecated: expected true or false"
      ),
      (
        #"{"name": "A", "since": 1},\#n{"name": "A", "since": 1}"#,
        "line 7, column 1: operators[1]: A since 1 is defined twice"
      ),
      (
        #"{"name": "A", "since": 1}}"#, "line 6, column 26: operators: expected ','"
      ),
    ])
  func operators(operators: String, expected: String) {
    #expect(failure(operatorFile(operators)) == "1.json: \(expected)")
  }

  @Test(
    "bad parameters, attributes and bodies are refused with their place",
    arguments: [
      (
        #""types": {"T": "ints"}"#,
        "16: operators[0].types.T: no type set before this is named \"ints\""
      ),
      (
        #""types": {"T": "bool", "T": "bool"}"#, "24: operators[0].types.T: the key occurs twice"
      ),
      (
        #""inputs": {"X": "T"}"#,
        "17: operators[0].inputs.X: \"T\" is no tensor type and not in \"types\", "
          + "which must stand first"
      ),
      (
        #""inputs": {"X": "tensor(real)"}"#,
        "17: operators[0].inputs.X: \"real\" is no element type"
      ),
      (
        #""outputs": {"X": "tensor(bool) often"}"#,
        "18: operators[0].outputs.X: expected a type, alone or with optional, variadic or variadic "
          + "mixed"
      ),
      (
        #""inputs": {"X": ""}"#,
        "17: operators[0].inputs.X: expected a type, alone or with optional, variadic or variadic "
          + "mixed"
      ),
      (
        #""inputs": {"X": "tensor(bool) variadic", "Y": "tensor(bool)"}"#,
        "47: operators[0].inputs.Y: only the last parameter can be variadic"
      ),
      (
        #""inputs": {"X": "tensor(bool)", "X": "tensor(bool)"}"#,
        "33: operators[0].inputs.X: the key occurs twice"
      ),
      (
        #""attributes": {"a": "number"}"#,
        "21: operators[0].attributes.a: \"number\" is no kind of attribute"
      ),
      (
        #""attributes": {"a": "undefined"}"#,
        "21: operators[0].attributes.a: \"undefined\" is no kind of attribute"
      ),
      (
        #""attributes": {"a": {"int": 1.5}}"#,
        "29: operators[0].attributes.a.int: expected a whole number of 64 bits, found 1.5"
      ),
      (
        #""attributes": {"a": {"tensor": 1}}"#,
        "22: operators[0].attributes.a.tensor: the format has no such key"
      ),
      (
        #""attributes": {"a": {"int": 1, "float": 1}}"#,
        "32: operators[0].attributes.a.float: an attribute has one kind"
      ),
      (
        #""attributes": {"a": {}}"#,
        "21: operators[0].attributes.a: expected a kind with the default"
      ),
      (
        #""function": {"operators": []}"#,
        "13: operators[0].function: the key \"opsets\" is missing"
      ),
      (
        #""function": {"opsets": ["13"]}"#,
        "25: operators[0].function.opsets[0]: expected a number"
      ),
    ])
  func fields(field: String, expected: String) {
    let text = operatorFile("{\"name\": \"A\", \"since\": 1,\n\(field)}")
    #expect(failure(text) == "1.json: line 7, column \(expected)")
  }

  @Test(
    "a bad head is refused with its place",
    arguments: [
      ("[]", "line 1, column 1: expected an object"),
      ("{}", #"line 1, column 1: the key "schema" is missing"#),
      (
        #"{"schema": "regauge/operators/2"}"#,
        #"line 1, column 12: schema: expected "regauge/operators/1", found "regauge/operators/2""#
      ),
      (
        #"{"source": {"version": "1"}}"#,
        #"line 1, column 12: source: the key "package" is missing"#
      ),
      (
        #"{"domain": "d", "operators": []}"#,
        #"line 1, column 30: operators: "domain" and "source" must stand before the operators"#
      ),
      (
        #"{"typeSets": {"s": {"tensors": ["int7"]}}}"#,
        #"line 1, column 33: typeSets.s.tensors[0]: "int7" is no element type"#
      ),
      (
        #"{"typeSets": {"s": {"tensors": ["int8", "int8"]}}}"#,
        "line 1, column 41: typeSets.s.tensors[1]: int8 is listed twice"
      ),
      (
        #"{"typeSets": {"s": {"maps": ["int64"]}}}"#,
        #"line 1, column 30: typeSets.s.maps[0]: expected a type such as "int64 to string""#
      ),
      (
        #"{"typeSets": {"s": {}, "s": {}}}"#,
        "line 1, column 24: typeSets.s: the key occurs twice"
      ),
    ])
  func head(text: String, expected: String) {
    #expect(failure(text) == "1.json: \(expected)")
  }

  @Test("text after the end is refused")
  func trailingText() {
    let failure = failure(operatorFile("") + "\n1")
    #expect(failure == "1.json: line 8, column 1: text after the end of the document")
  }

  @Test("a file cut short is refused wherever it ends")
  func truncated() {
    let text = operatorFile(
      """
      {"name": "A", "since": 1, "types": {"T": "bool"}, "inputs": {"X": "T"},
      "attributes": {"a": {"ints": [1]}}, "function": {"operators": ["B"], "opsets": [1]}}
      """)
    for count in 0..<text.utf8.count {
      #expect(failure(String(text.prefix(count))) != nil, "cut at \(count)")
    }
    #expect(failure(text) == nil)
  }
}
