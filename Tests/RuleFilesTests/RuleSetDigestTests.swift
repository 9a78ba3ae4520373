import Foundation
import Testing

import RuleFiles

struct RuleSetDigestTests {
  private let files = [("operators/a.json", "1"), ("stacks/x/stack.json", "2")]

  @Test("a folder and the binary with the same rules have the same digest")
  func sameEverywhere() throws {
    let folder = try TestFolder(Dictionary(uniqueKeysWithValues: files))
    let digest = try folder.rules().digest
    #expect(digest.count == 64)
    #expect(try embedded(files).digest == digest)
    #expect(try embedded(files.reversed()).digest == digest)
  }

  @Test("the digest that was embedded with the rules is theirs")
  func embeddedWithTheRules() throws {
    let files = RuleSet.embeddedFiles()
    #expect(try RuleSet(embedded: files).digest == RuleSet.embeddedDigest)
  }

  @Test("what is no rule does not count")
  func otherFiles() throws {
    let digest = try embedded(files).digest
    let more = files + [("operators/README.md", "x"), ("schema/s.json", "y"), ("LICENSE", "z")]
    #expect(try embedded(more).digest == digest)
  }

  @Test(
    "every change of a rule counts",
    arguments: [
      [("operators/a.json", "1"), ("stacks/x/stack.json", "3")],
      [("operators/b.json", "1"), ("stacks/x/stack.json", "2")],
      [("operators/a.json", "1"), ("stacks/y/stack.json", "2")],
      [("operators/a.json", "1")],
      [("operators/a.json", "1"), ("mappings/m.json", "3"), ("stacks/x/stack.json", "2")],
      [("operators/a.json", "1"), ("stacks/x/stack.json", "2"), ("stacks/x/z.json", "")],
    ])
  func changes(changed: [(String, String)]) throws {
    #expect(try embedded(changed).digest != embedded(files).digest)
  }

  @Test("a link that leads back ends in a failure")
  func loop() throws {
    let folder = try TestFolder(Dictionary(uniqueKeysWithValues: files))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/stacks/x/again", withDestinationPath: "..")
    let rules = try folder.rules()
    let failure = #expect(throws: RuleFailure.self) { try rules.digest }
    #expect(failure?.reason == "folders are nested too deep")
  }
}
