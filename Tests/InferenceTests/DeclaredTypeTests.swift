import Inference
import ModelGraph
import Testing

@Suite struct DeclaredTypeTests {
  @Test func `symbols can be pinned`() throws {
    let pins = InputPins(symbols: ["N": 2, "S": 128])
    let model = try TestModel("float[N,S,8] x", "y = Flatten(x)", pins: pins)
    #expect(model.type() == "float32[2,1024]")
    #expect(model.annotations.unusedPins == [])
  }

  @Test func `inputs can be pinned as a whole`() throws {
    let pins = InputPins(shapes: ["x": [4, nil, 9]])
    let model = try TestModel("float[1,S,8] x", "y = Relu(x)", pins: pins)
    #expect(model.type() == "float32[4,S,9]")
  }

  @Test func `pins that fit nothing are listed`() throws {
    let pins = InputPins(symbols: ["Q": 2], shapes: ["x": [1], "z": [1]])
    let model = try TestModel("float[N,8] x", "y = Relu(x)", pins: pins)
    #expect(model.annotations.unusedPins == ["Q", "x", "z"])
    #expect(model.type() == "float32[N,8]")
  }

  @Test func `unnamed dims are told apart and followed`() throws {
    let model = try TestModel("float[?,?] x", "s = Shape(x)\ny = Reshape(x, s)")
    #expect(model.type() == "float32[x[0],x[1]]")
    let dependence = model.annotations.dependence(ofAxis: 1, of: model.value("y"))
    #expect(dependence?.inputs.map(\.axis) == [1])
  }

  @Test func `a declared type fills what is not inferred`() throws {
    let model = try TestModel(
      text: "g (float[N] x) => (float[M,4] y) { y = local.Secret(x) }")
    #expect(model.type() == "float32[M,4]")
    #expect(model.annotations.disagreements.isEmpty)
  }

  @Test(arguments: [
    ("float[N,3] y", "Transpose(x)", "float32[N,3]", "float32[3,2]"),
    ("int64[3,2] y", "Transpose(x)", "int64[3,2]", "float32[3,2]"),
    ("float[6] y", "Transpose(x)", "float32[6]", "float32[3,2]"),
  ])
  func `a declared type that contradicts the inferred one is a disagreement`(
    _ output: String, _ node: String, _ declared: String, _ inferred: String
  ) throws {
    let model = try TestModel(text: "g (float[2,3] x) => (\(output)) { y = \(node) }")
    let found = try #require(model.annotations.disagreements.first)
    #expect(found.declared.description == declared)
    #expect(found.inferred.description == inferred)
    #expect(model.type() == inferred)
  }

  @Test func `a negative extent in the file is unknown`() throws {
    let model = try TestModel("float[-1,3] x", "y = Relu(x)")
    #expect(model.type() == "float32[x[0],3]")
  }

  @Test func `an opset that is a lie crashes nothing`() throws {
    for opset in [-5, 0, 1, 6, 9, 12, 99] {
      let model = try TestModel("float[N,3] x", "y = Relu(x)\nz = Attention(x, x, x)", opset: opset)
      #expect(model.type() == "float32[N,3]")
    }
  }

  @Test func `a rank beyond all reason is unknown`() throws {
    let dims = Array(repeating: "1", count: 5000).joined(separator: ",")
    let model = try TestModel("float[\(dims)] x", "y = Relu(x)")
    #expect(model.type() == "float32")
  }
}
