import Testing

@Suite struct FitTests {
  private func fit(_ model: String, _ words: String...) throws -> ToolRun {
    let folder = try WorkFolder()
    try folder.write("m.onnxtxt", model)
    let line = ["fit", "m.onnxtxt", "--rules", "rules"] + words
    return try folder.run(WorkFolder.tool, line, input: [], environment: [:])
  }

  @Test func aModelIsComparedWithEveryDevice() throws {
    let run = try fit(SampleModels.supported)
    #expect(run.status == 0)
    #expect(run.error.isEmpty)
    #expect(run.output.contains("sample  Chip 1: no memory figure is known"))
    #expect(run.output.contains("sample  Chip 2: no memory figure is known"))
  }

  @Test func aModelThatCannotRunIsRefused() throws {
    let cyclic = SampleModels.body("y = Add(x, z) z = Relu(y)")
    let run = try fit(cyclic)
    #expect(run.status == 3)
    #expect(run.output.isEmpty)
    #expect(run.error.contains("m.onnxtxt: 2 nodes of main wait for each other's outputs (RG003)"))
  }

  @Test func aPinThatFitsNothingIsSaid() throws {
    let run = try fit(SampleModels.supported, "--dim", "bacth=1")
    #expect(run.status == 0)
    #expect(run.error.contains("bacth"))
    #expect(run.output.contains("Chip 1"))
  }

  @Test func theStackIsLookedUpBeforeTheModelIsRead() throws {
    let run = try fit("", "--stack", "sampel")
    #expect(run.status == 2)
    #expect(run.error.contains("did you mean 'sample'?"))
  }
}
