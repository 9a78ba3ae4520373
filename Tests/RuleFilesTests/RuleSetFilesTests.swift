import Bytes
import Foundation
import Testing

import RuleFiles

struct RuleSetFilesTests {
  private let files = [
    ("stacks/b/stack.json", "b"), ("operators/z.json", "zz"), ("operators/a.json", "a"),
    ("operators/README.md", "text"), ("operators/.hidden.json", ""), ("stacks/a/door.json", "d"),
    ("stacks/.git/config.json", ""), ("stacks/README.md", ""),
  ]

  /// The same files as a folder and, but for the hidden ones, as part of the binary.
  private func bothKinds() throws -> (folder: TestFolder, sets: [RuleSet]) {
    let folder = try TestFolder(Dictionary(uniqueKeysWithValues: files))
    let visible = files.filter { !$0.0.contains("/.") }
    return (folder, [try folder.rules(), try embedded(visible)])
  }

  @Test("the JSON files of a folder come sorted, with their contents")
  func listing() throws {
    let (folder, sets) = try bothKinds()
    for set in sets {
      let files = try set.files(under: "operators")
      #expect(files.map(\.name) == ["operators/a.json", "operators/z.json"])
      #expect(files.map(\.text) == ["a", "zz"])
    }
    #expect(
      try sets[0].file("operators/a.json").location == folder.path + "/operators/a.json")
    #expect(try sets[1].file("operators/a.json").location == "embedded:operators/a.json")
  }

  @Test("the folders of a folder come sorted")
  func directories() throws {
    let (folder, sets) = try bothKinds()
    for set in sets {
      #expect(try set.directories(under: "stacks") == ["a", "b"])
      #expect(try set.directories(under: "operators") == [])
    }
    withExtendedLifetime(folder) {}
  }

  @Test("a file is found by its name")
  func file() throws {
    let (folder, sets) = try bothKinds()
    for set in sets { #expect(try set.file("stacks/b/stack.json").text == "b") }
    withExtendedLifetime(folder) {}
  }

  @Test("missing files and folders are failures that name them")
  func missing() throws {
    let (folder, sets) = try bothKinds()
    #expect(
      throws: RuleFailure(
        path: folder.path + "/stacks/c/stack.json", reason: "no such file or directory",
        help: "check the name and whether the file may be read")
    ) { try sets[0].file("stacks/c/stack.json") }
    #expect(
      throws: RuleFailure(
        path: "stacks/c/stack.json", reason: "is not among the rules embedded in the binary",
        help: "check the name, or name a folder of rules that has it")
    ) { try sets[1].file("stacks/c/stack.json") }
    for set in sets {
      #expect(throws: RuleFailure.self) { try set.files(under: "stacks/c") }
      #expect(throws: RuleFailure.self) { try set.directories(under: "nothing") }
    }
  }

  @Test(
    "names that lead out of the set are refused",
    arguments: ["", "/etc/passwd", "stacks/../../x.json", "stacks//a", "stacks/./a", "a\0b", "a/"])
  func outside(name: String) throws {
    let (folder, sets) = try bothKinds()
    for set in sets {
      let failure = #expect(throws: RuleFailure.self) { try set.file(name) }
      #expect(failure?.reason == "cannot be the name of a rule file or folder")
    }
    withExtendedLifetime(folder) {}
  }

  @Test("a link to nothing is a failure, not a file left out")
  func danglingLink() throws {
    let folder = try TestFolder(["operators/a.json": "{}"])
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/operators/b.json", withDestinationPath: "nowhere")
    let rules = try folder.rules()
    let failure = #expect(throws: RuleFailure.self) { try rules.files(under: "operators") }
    #expect(failure?.path == folder.path + "/operators/b.json")
  }

  @Test("a build without embedded rules says so")
  func nothingEmbedded() {
    let failure = #expect(throws: RuleFailure.self) { try RuleSet(embedded: []) }
    #expect(failure?.reason == "no rules are embedded in this build")
  }

  @Test("each embedded file can be read")
  func embeddedFiles() {
    for file in RuleSet.embeddedFiles() {
      #expect(!file.name.isEmpty)
      #expect(file.text.utf8.count == file.source.count)
    }
  }
}
