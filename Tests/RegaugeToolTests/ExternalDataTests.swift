import Foundation
import TestSupport
import Testing

@Suite struct ExternalDataTests {
  /// A model whose weight of eight bytes is stored elsewhere.
  private func model(location: String, offset: Int64 = 0) -> [UInt8] {
    WireMessage.model { graph in
      graph.node("Relu", inputs: ["w"], outputs: ["y"])
      graph.message(5) { tensor in
        tensor.int(1, 2)
        tensor.int(2, 1)
        tensor.text(8, "w")
        for (key, value) in [("location", location), ("offset", String(offset))] {
          tensor.message(13) { entry in
            entry.text(1, key)
            entry.text(2, value)
          }
        }
        tensor.int(14, 1)
      }
      graph.tensorInfo(12, "y", dims: [2])
    }
  }

  /// A folder with such a model in `models`.
  private func folder(location: String, offset: Int64 = 0) throws -> WorkFolder {
    let folder = try WorkFolder()
    try folder.write("models/m.onnx", model(location: location, offset: offset))
    return folder
  }

  @Test func aFileBesideTheModelIsFine() throws {
    let folder = try folder(location: "weights/w.bin", offset: 4)
    try folder.write("models/weights/w.bin", [UInt8](repeating: 0, count: 12))
    let run = try folder.check("models/m.onnx")
    #expect(run.status == 0)
    #expect(!run.output.contains("RG011"))
  }

  @Test func itIsLookedForBesideTheModelWhateverTheWorkingFolderIs() throws {
    let folder = try folder(location: "w.bin")
    try folder.write("w.bin", [UInt8](repeating: 0, count: 8))
    #expect(try folder.check("models/m.onnx").output.contains("\"w.bin\": the file is missing"))
  }

  @Test func aMissingOrShortFileIsAWarning() throws {
    let missing = try folder(location: "w.bin").check("models/m.onnx")
    #expect(missing.status == 0)
    #expect(
      missing.output.contains("warning: external data \"w.bin\": the file is missing [RG011]"))
    let short = try folder(location: "w.bin", offset: 5)
    try short.write("models/w.bin", [UInt8](repeating: 0, count: 12))
    let run = try short.check("models/m.onnx")
    #expect(run.status == 0)
    #expect(run.output.contains("the file has 12 bytes but 13 are needed"))
  }

  @Test(arguments: [
    ("../w.bin", "the path contains '..'"), ("a/../w.bin", "the path contains '..'"),
    ("/etc/passwd", "the path is absolute"), ("C:\\w.bin", "the path names a drive"),
    ("", "no location is given"),
  ])
  func aPathThatCouldLeaveTheFolderIsRefused(location: String, reason: String) throws {
    let folder = try folder(location: location)
    try folder.write("w.bin", [UInt8](repeating: 0, count: 8))
    let run = try folder.check("models/m.onnx")
    #expect(run.status == 3)
    #expect(run.output.contains("error: external data \"\(location)\": \(reason) [RG011]"))
  }

  @Test func aLinkThatLeavesTheFolderIsRefused() throws {
    let folder = try folder(location: "w.bin")
    try folder.write("w.bin", [UInt8](repeating: 0, count: 8))
    try folder.makeLink("models/w.bin", to: "../w.bin")
    let run = try folder.check("models/m.onnx")
    #expect(run.status == 3)
    #expect(run.output.contains("a link leads out of the model's folder"))
  }

  @Test func aLinkInsideTheFolderIsFine() throws {
    let folder = try folder(location: "w.bin")
    try folder.write("models/real.bin", [UInt8](repeating: 0, count: 8))
    try folder.makeLink("models/w.bin", to: "real.bin")
    #expect(try folder.check("models/m.onnx").status == 0)
  }

  @Test func aPipeIsNotOpened() throws {
    let folder = try folder(location: "w.bin")
    #expect(mkfifo(folder.path("models/w.bin"), 0o600) == 0)
    #expect(try folder.check("models/m.onnx").output.contains("is not a regular file"))
  }

  @Test func theFilesAreListed() throws {
    let folder = try folder(location: "w.bin")
    let run = try folder.run("inspect", "models/m.onnx", "-o", "json")
    #expect(try run.models().first?["externalFiles"] as? [String] == ["w.bin"])
    #expect(try run.models().first?["weightBytes"] as? Int == 8)
  }
}
