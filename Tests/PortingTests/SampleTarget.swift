import Bytes
import Capabilities
import Compatibility
import Inference
import ModelGraph
import ModelReading
import Porting
import Regauge

/// A model written in ONNX text on a front door of the shipped rules.
enum SampleTarget {
  /// Judges a model.
  ///
  /// - Parameters:
  ///   - text: The model.
  ///   - door: The front door, such as `ascend-cann/atc`.
  ///   - isKept: Whether a piece of work, by its place, is still to be done.
  /// - Returns: What is ported.
  /// - Throws: Whatever reading the model or the rules throws.
  static func of(
    _ text: String, on door: String, keeping isKept: (Int) -> Bool = { _ in true }
  ) throws -> PortingTarget {
    let knowledge = try SampleEffort.knowledge()
    let effort = try SampleEffort.estimator().effort
    let graph = try ModelReader.read(ByteSource(Array(text.utf8))).graph
    let catalogue = try knowledge.catalogue()
    let annotations = Inference.annotate(graph, catalogue: catalogue)
    let facts = ValueFacts(graph, annotations)
    guard let name = FrontDoorName(door) else { throw NoSuchDoor(name: door) }
    let front = try knowledge.frontDoor(name)
    let mapping = try knowledge.mapping()
    let judgement = Judgement.of(
      facts, on: front, device: nil, catalogue: catalogue, mapping: mapping,
      doors: { try? knowledge.frontDoor($0) })
    let judged = JudgedGraph(facts, graph, annotations)
    var signatures = SignatureTable(graph, annotations)
    let gaps = Gap.all(of: judgement, in: facts, &signatures, effort)
    return PortingTarget(
      name: name.description, stack: name.stack,
      ability: DoorAbility(
        DoorTrial(
          front, device: nil, catalogue: catalogue, mapping: mapping,
          doors: { try? knowledge.frontDoor($0) }),
        catalogue: catalogue, opsets: graph.opsetImports),
      library: nil, gaps: gaps.enumerated().filter { isKept($0.offset) }.map(\.element),
      model: PortedModel(isGenerative: false, operatorCount: graph.operators.count),
      graph: judged, stages: HeavyStages(judged, effort))
  }

  struct NoSuchDoor: Error { let name: String }
}
