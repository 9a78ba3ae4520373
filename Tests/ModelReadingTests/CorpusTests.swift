import Foundation
import ModelGraph
import ModelReading
import TestSupport
import Testing

@Suite(.enabled(if: Corpus.isPresent, "Scripts/corpus has not been run"))
struct CorpusTests {
  @Test func everyModelIsReadWithoutIrregularities() throws {
    let models = Corpus.files(under: "onnx", suffix: ".onnx")
    #expect(models.count > 1800)
    for path in models {
      let graph = try ModelReader.read(path: path).graph
      #expect(graph.irregularities.isEmpty, "\(path)")
      #expect(!graph.values.contains { $0.origin == .undefined }, "\(path)")
    }
  }

  @Test(arguments: [".json", ".textproto", ".onnxtxt"])
  func everyTextFormGivesTheSameGraph(_ suffix: String) throws {
    let models = Corpus.files(under: "forms", suffix: suffix)
    #expect(models.count > 1800)
    var differing: [String] = []
    for path in models {
      let name = URL(filePath: path).lastPathComponent
      let binary = try ModelReader.read(path: path.dropLast(suffix.count) + ".onnx").graph
      do {
        let text = try ModelReader.read(path: path).graph
        if let line = GraphListing(text).firstDifference(to: GraphListing(binary)) {
          differing.append("\(name): \(line.prefix(600))")
        }
      } catch {
        differing.append("\(name): \(error)")
      }
    }
    #expect(differing.isEmpty, "\(differing.count): \(differing.prefix(10))")
  }
}
