import Testing

@Suite struct InvalidModelTests {
  /// Models that no runtime loads, with the rule that says so.
  static let models = [
    ("cycle", SampleModels.body("y = Mul(x, h) h = Relu(y)"), "RG003"),
    ("undefined input", SampleModels.body("y = Mul(x, ghost)"), "RG001"),
    ("undefined output", SampleModels.body("h = Relu(x)"), "RG001"),
    ("double definition", SampleModels.body("y = Relu(x) y = Neg(x)"), "RG002"),
    ("domain that is not imported", SampleModels.body("y = com.example.Relu(x)"), "RG004"),
    (
      "function that calls itself",
      """
      <ir_version: 8, opset_import: ["": 17, "f": 1]>
      g (float[2] x) => (float[2] y) { y = f.A(x) }
      <domain: "f", opset_import: ["": 17, "f": 1]> A (a) => (b) { b = f.B(a) }
      <domain: "f", opset_import: ["": 17, "f": 1]> B (a) => (b) { b = f.A(a) }
      """, "RG009"
    ),
    ("functions that double", SampleModels.doubling(40), "RG010"),
  ]

  @Test(arguments: models) func isRefused(name: String, model: String, rule: String) throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", model)
    let run = try folder.check("m.onnxtxt")
    #expect(run.status == 3)
    #expect(run.output.contains("[\(rule)]"), "\(run.output)")
    #expect(run.output.contains("(line ") || run.output.contains("at line "), "\(run.output)")
    #expect(run.output.contains("INVALID – no runtime loads it"))
    #expect(!run.output.contains("SUPPORTED"))
    #expect(try folder.run("inspect", "m.onnxtxt").status == 3)
  }

  @Test func isNotValidInJSON() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", Self.models[0].1)
    let run = try folder.check("m.onnxtxt", "-o", "json")
    let model = try #require(try run.models().first)
    #expect(model["valid"] as? Bool == false)
    #expect(run.error.hasPrefix("regauge: m.onnxtxt: "))
  }

  @Test func failsInJUnit() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", Self.models[0].1)
    let run = try folder.check("m.onnxtxt", "-o", "junit")
    #expect(run.output.contains("type=\"cyclic-graph\""))
  }

  @Test func oneInvalidModelDoesNotStopTheOthers() throws {
    let folder = try WorkFolder()
    try folder.write("a.onnxtxt", Self.models[0].1)
    try folder.write("b.onnxtxt", SampleModels.supported)
    let run = try folder.check("a.onnxtxt", "b.onnxtxt")
    #expect(run.status == 3)
    #expect(run.output.contains("2 models on 1 target: 1 supported, 1 model invalid"))
  }

  @Test func whatIsOnlyOddIsNoError() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", SampleModels.body("y = Relu(h) h = Relu(x)"))
    let run = try folder.check("m.onnxtxt")
    #expect(run.status == 0)
    #expect(run.output.contains("[RG014]"))
  }
}
