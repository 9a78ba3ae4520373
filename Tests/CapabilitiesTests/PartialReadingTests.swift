import Capabilities
import ModelGraph
import Testing

@Suite struct PartialReadingTests {
  @Test(
    "of every front door shipped, the records of some operators are those of the whole",
    arguments: try RuleFolder.paths(below: "stacks", suffixes: [".json"])
      .filter { !$0.hasSuffix("/stack.json") })
  func recordsOfShippedDoors(_ path: String) throws {
    let source = try RuleFolder.source(path)
    let whole = try ManifestReader.frontDoor(file: path, source: source).records
    let names = Set(whole.map(\.name)).sorted()
    // Every operator is wanted once, in parts of several sizes.
    for step in [1, 2, 5, 23] {
      for start in 0..<step {
        let wanted = Set(stride(from: start, to: names.count, by: step).map { names[$0] })
        let part = try ManifestReader.frontDoor(file: path, source: source, operators: wanted)
        let expected = whole.filter { wanted.contains($0.name) }
        #expect(part.records.map(\.position) == expected.map(\.position))
        #expect(part.records.map(\.name) == expected.map(\.name))
      }
    }
  }

  @Test("of the mapping shipped, the entries of some operators are those of the whole")
  func entriesOfTheShippedMapping() throws {
    let path = "mappings/onnx-to-aten.json"
    let source = try RuleFolder.source(path)
    let whole = try ManifestReader.mapping(file: path, source: source).entries.map(\.operation)
    for step in [2, 7, 40] {
      let wanted = Set(stride(from: 0, to: whole.count, by: step).map { whole[$0].name })
      let part = try ManifestReader.mapping(file: path, source: source, operators: wanted)
      #expect(part.entries.map(\.operation) == whole.filter { wanted.contains($0.name) })
    }
  }
}
