import OperatorCatalogue
import Testing

struct OperatorLookupTests {
  private let history = """
    {"name": "Scale", "since": 7},
    {"name": "Scale", "since": 3},
    {"name": "Scale", "since": 10, "deprecated": true},
    {"name": "Other", "since": 12}
    """

  @Test(
    "the newest definition up to the opset counts",
    arguments: [
      (Int64.min, "not yet 3"), (2, "not yet 3"), (3, "found 3"), (6, "found 3"), (7, "found 7"),
      (9, "found 7"), (10, "deprecated 10"), (Int64.max, "deprecated 10"),
    ])
  func versions(opset: Int64, expected: String) throws {
    let catalogue = try catalogue(operatorFile(history))
    #expect(
      catalogue.lookup(domain: "test", name: "Scale", opset: opset).summary == expected)
  }

  @Test("an unknown operator is told from an unknown domain")
  func unknown() throws {
    let catalogue = try catalogue(operatorFile(history))
    #expect(
      catalogue.lookup(domain: "test", name: "scale", opset: 7).summary == "unknown operator")
    #expect(catalogue.lookup(domain: "", name: "Scale", opset: 7).summary == "unknown domain")
  }

  @Test("the empty domain is ai.onnx")
  func emptyDomain() throws {
    let catalogue = try catalogue(operatorFile(domain: "ai.onnx", history))
    #expect(catalogue.lookup(domain: "", name: "Scale", opset: 7).summary == "found 7")
    #expect(catalogue.versions(domain: "", name: "Scale").first?.domain == "ai.onnx")
    #expect(catalogue.newestOpset(of: "") == 12)
    #expect(catalogue.operatorNames(in: "") == ["Other", "Scale"])
  }

  @Test("each definition ends where the next begins")
  func ends() throws {
    let versions = try catalogue(operatorFile(history)).versions(domain: "test", name: "Scale")
    #expect(versions.map(\.since) == [3, 7, 10])
    #expect(versions.map(\.until) == [6, 9, nil])
  }

  @Test("several files add to one domain, and each schema tells its source")
  func severalFiles() throws {
    let catalogue = try catalogue(
      operatorFile(package: "first", #"{"name": "B", "since": 1}"#),
      operatorFile(package: "second", #"{"name": "A", "since": 1}, {"name": "B", "since": 2}"#))
    #expect(catalogue.operatorNames(in: "test") == ["A", "B"])
    let versions = catalogue.versions(domain: "test", name: "B")
    #expect(versions.map(\.source.description) == ["first 1.0", "second 1.0"])
    #expect(versions.map(\.until) == [1, nil])
  }

  @Test("a catalogue of nothing knows nothing")
  func empty() throws {
    let catalogue = try OperatorCatalogue(files: [])
    #expect(catalogue.domains.isEmpty)
    #expect(catalogue.newestOpset(of: "ai.onnx") == nil)
    #expect(catalogue.operatorNames(in: "ai.onnx").isEmpty)
    #expect(catalogue.versions(domain: "ai.onnx", name: "Add").isEmpty)
  }
}
