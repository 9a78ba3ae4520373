import Foundation
import Inference
import ModelReading
import Regauge
import Reporting
import Testing

/// A graph of `Fixtures/architectures` with the sizes that its makers publish.
struct Architecture: Sendable, CustomTestStringConvertible {
  let file: String
  /// All parameters, in billions.
  let parameters: Double
  /// Parameters that a token goes through, in billions; nil where work is not per token.
  let active: Double?

  var testDescription: String { file }

  /// Decoders by `Fixtures/architectures/decoders.csv`, in both forms where there are two.
  static let decoders: [Architecture] = {
    let table = Package.root.appending(path: "Fixtures/architectures/decoders.csv")
    let text = (try? String(contentsOf: table, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").dropFirst().flatMap { line -> [Architecture] in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard let parameters = Double(cells[3]) else { return [] }
      return [cells[0], "\(cells[0])-fused"].map {
        Architecture(file: $0, parameters: parameters, active: Double(cells[4]) ?? parameters)
      }.filter { FileManager.default.fileExists(atPath: $0.path) }
    }
  }()

  /// The others: BERT's README, the ViT paper's table 1, Whisper's README, SDXL's checkpoint.
  static let others = [
    Architecture(file: "bert-base", parameters: 0.110, active: nil),
    Architecture(file: "vit-b16", parameters: 0.086, active: nil),
    Architecture(file: "whisper-large-v3", parameters: 1.55, active: nil),
    Architecture(file: "sdxl-unet", parameters: 2.567, active: nil),
  ]

  var path: String {
    Package.root.appending(path: "Fixtures/architectures/\(file).onnx").path
  }

  func cost() throws -> CostSummary {
    let graph = try ModelReader.read(path: path).graph
    let catalogue = try Package.catalogue.get()
    func annotations(_ pins: InputPins) -> Annotations {
      Inference.annotate(graph, catalogue: catalogue, pins: pins)
    }
    return CostSummary(
      of: graph, ModelCost(of: graph, annotations(InputPins())), promptTokens: 512,
      annotate: annotations)
  }
}

@Suite struct ArchitectureTests {
  @Test func thereAreTwelveDecodersAndElevenFusedForms() {
    #expect(Architecture.decoders.count == 23)
  }

  @Test(arguments: Architecture.decoders + Architecture.others)
  func hasAsManyParametersAsPublished(_ architecture: Architecture) throws {
    let billions = Double(try architecture.cost().parameters) / 1e9
    #expect(abs(billions / architecture.parameters - 1) < 0.01, "\(billions)")
  }

  /// The embedding is looked up and not multiplied: a few per cent less than all parameters.
  @Test(arguments: Architecture.decoders)
  func aTokenTakesTwoOperationsForEachActiveParameter(_ architecture: Architecture) throws {
    let prompt = try #require(try architecture.cost().tokenCosts.last)
    #expect(prompt.openNodes == 0)
    let active = try #require(architecture.active)
    let ratio = Double(prompt.flops) / Double(prompt.newTokens) / 2e9 / active
    #expect(ratio > 0.9 && ratio < 1.1, "\(ratio)")
  }

  @Test(arguments: Architecture.others)
  func everyNodeOfAFixedGraphIsCosted(_ architecture: Architecture) throws {
    let cost = try architecture.cost()
    #expect(cost.openNodes == 0)
    #expect(cost.unsizedValues == 0)
  }

  @Test func aPromptOfFixedLengthIsReportedAtThatLength() throws {
    let llama = try #require(Architecture.decoders.first)
    #expect(try llama.cost().tokenCosts.map(\.newTokens) == [128])
  }
}
