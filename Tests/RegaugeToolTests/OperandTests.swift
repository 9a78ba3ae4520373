import Foundation
import TestSupport
import Testing

@Suite struct OperandTests {
  /// A folder with models in several places.
  private func models() throws -> WorkFolder {
    let folder = try WorkFolder()
    for name in ["models/a.onnxtxt", "models/b.onnxtxt", "models/deep/c.onnxtxt"] {
      try folder.write(name, SampleModels.supported)
    }
    try folder.write("models/notes.txt", "no model")
    try folder.write("models/.hidden/d.onnxtxt", SampleModels.supported)
    return folder
  }

  private func paths(_ run: ToolRun) throws -> [String] {
    try run.models().compactMap { $0["path"] as? String }
  }

  @Test func aFolderStandsForTheModelsInAndBelowIt() throws {
    let run = try models().check("models", "-o", "json")
    #expect(
      try paths(run) == ["models/a.onnxtxt", "models/b.onnxtxt", "models/deep/c.onnxtxt"])
  }

  @Test func aModelThatIsNamedInSeveralWaysIsJudgedOnce() throws {
    let words = [
      "./models/a.onnxtxt", "models//a.onnxtxt", "models/a.onnxtxt", "models/./a.onnxtxt",
    ]
    for order in [words, words.reversed()] {
      let run = try models().run(
        WorkFolder.tool, ["check", "-t", "sample/door", "-o", "json"] + order, input: [],
        environment: [:])
      #expect(try paths(run) == ["models/a.onnxtxt"])
    }
  }

  @Test func aSlashAtTheEndChangesNothing() throws {
    #expect(
      try paths(try models().check("models/deep/", "-o", "json")) == ["models/deep/c.onnxtxt"])
  }

  @Test func patternsAreExpandedWhenTheShellDoesNot() throws {
    let run = try models().check("models/[ab].*", "-o", "json")
    #expect(try paths(run) == ["models/a.onnxtxt", "models/b.onnxtxt"])
  }

  @Test func aFileWithTheNameOfAPatternIsThatFile() throws {
    let folder = try models()
    try folder.write("models/[ab].onnxtxt", SampleModels.supported)
    let run = try folder.check("models/[ab].onnxtxt", "-o", "json")
    #expect(try paths(run) == ["models/[ab].onnxtxt"])
  }

  @Test func modelsThatAreNamedTwiceAreJudgedOnce() throws {
    let run = try models().check("models/b.onnxtxt", "models", "models/b.onnxtxt", "-o", "json")
    #expect(
      try paths(run) == ["models/a.onnxtxt", "models/b.onnxtxt", "models/deep/c.onnxtxt"])
  }

  @Test func afterTwoDashesEverythingIsAnOperand() throws {
    let folder = try WorkFolder()
    try folder.write("-m.onnxtxt", SampleModels.supported)
    #expect(try folder.check("--", "-m.onnxtxt").status == 0)
  }

  @Test(arguments: [SampleModels.supported, SampleModels.unsupported])
  func standardInputIsRead(model: String) throws {
    let run = try WorkFolder().check("-", input: Array(model.utf8))
    #expect(run.status == (model == SampleModels.supported ? 0 : 1))
    #expect(run.output.hasPrefix("standard input: 1 node, 1 operator"))
  }

  @Test func standardInputMayBeAPipeAndBinary() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnx", WireMessage.model { $0.node("Relu", inputs: [""], outputs: ["y"]) })
    let run = try folder.run(
      URL(filePath: "/bin/sh"),
      ["-c", "cat m.onnx | \"$0\" inspect - -o json", WorkFolder.tool.path],
      input: [], environment: [:])
    #expect(try run.models().first?["format"] as? String == "protobuf")
  }

  @Test func aLinkToAModelIsRead() throws {
    let folder = try models()
    try folder.makeLink("m.onnxtxt", to: "models/a.onnxtxt")
    #expect(try folder.check("m.onnxtxt").status == 0)
  }

  @Test func theSuffixDoesNotDecide() throws {
    let folder = try WorkFolder()
    try folder.write("m.onnx", SampleModels.supported)
    let run = try folder.run("inspect", "m.onnx", "-o", "json")
    #expect(try run.models().first?["format"] as? String == "onnx-text")
  }

  @Test func manyFunctionsAreJudgedInLinearTime() throws {
    let folder = try WorkFolder()
    let domain = "<domain: \"f\", opset_import: [\"\": 17, \"f\": 1]>"
    let count = 40_000
    let functions = (0..<count).map { number in
      let call = number + 1 < count ? "f.F\(number + 1)" : "Relu"
      return "\(domain) F\(number) (a) => (b) { b = \(call)(a) }\n"
    }
    try folder.write(
      "m.onnxtxt",
      "<ir_version: 8, opset_import: [\"\": 17, \"f\": 1]>\n"
        + "g (float[2] x) => (float[2] y) { y = f.F0(x) }\n\(functions.joined())")
    let run = try folder.check("m.onnxtxt")
    #expect(run.status == 0)
    #expect(run.output.contains("40,001 nodes: 40,001 supported"))
  }
}
