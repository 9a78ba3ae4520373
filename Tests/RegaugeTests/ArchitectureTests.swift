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
  static let decoders: [Architecture] = rows("decoders").flatMap { row -> [Architecture] in
    guard let name = row["fixture"], let parameters = row["parameters_b"].flatMap(Double.init)
    else {
      return []
    }
    let active = row["active_parameters_b"].flatMap(Double.init) ?? parameters
    return [name, "\(name)-fused"].map {
      Architecture(file: $0, parameters: parameters, active: active)
    }.filter { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// The others, by what `published.csv` cites.
  static let others: [Architecture] = published.filter { $0.active == nil }

  /// What is published of the models whose sizes no configuration tells.
  static let published: [Architecture] = rows("published").compactMap { row in
    guard let name = row["fixture"], let parameters = row["parameters_b"].flatMap(Double.init)
    else {
      return nil
    }
    return Architecture(
      file: name, parameters: parameters, active: row["active_parameters_b"].flatMap(Double.init))
  }

  /// The rows of a table of the fixtures by column; its cells hold no commas.
  private static func rows(_ name: String) -> [[String: String]] {
    let table = Package.root.appending(path: "Fixtures/architectures/\(name).csv")
    let text = (try? String(contentsOf: table, encoding: .utf8)) ?? ""
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

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

  @Test func everyActiveSizeIsCited() {
    #expect(Architecture.others.count == 4)
    let cited = Dictionary(
      uniqueKeysWithValues: Architecture.published.compactMap { model in
        model.active.map { (model.file, $0) }
      })
    for model in Architecture.decoders where model.active != model.parameters {
      let name = model.file.replacing("-fused", with: "")
      #expect(cited[name] == model.active, "\(name)")
    }
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
