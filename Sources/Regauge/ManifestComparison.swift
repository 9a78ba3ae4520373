import Bytes
public import Capabilities
public import Compatibility
import Inference
public import ModelGraph
import ModelReading
import OperatorCatalogue
public import Reporting

/// Two versions of a front door, such as before and after an upgrade of its toolchain.
public struct ManifestComparison: Sendable {
  /// The front door before.
  public let old: FrontDoor
  /// The front door after.
  public let new: FrontDoor
  private let knowledge: Knowledge

  /// What a change of manifests does to one operator of a model.
  public struct Effect: Sendable {
    /// The operator.
    public let operation: OperatorIdentity
    /// Number of its nodes.
    public let nodes: Int
    /// The verdict of its worst node before.
    public let before: Verdict
    /// The verdict of its worst node after.
    public let after: Verdict
  }

  /// What a change of manifests does to a model.
  public struct Outcome: Sendable {
    /// The verdict on the model before.
    public let before: Verdict
    /// The verdict on the model after.
    public let after: Verdict
    /// Operators whose verdict changes, the worst afterwards first.
    public let effects: [Effect]
  }

  /// Loads two front doors, each by its name `STACK/DOOR` or as the path of a manifest.
  ///
  /// - Throws: `KnowledgeFailure` when one is missing or invalid.
  public init(_ knowledge: Knowledge, old: String, new: String) throws(KnowledgeFailure) {
    self.knowledge = knowledge
    self.old = try Self.door(old, knowledge)
    self.new = try Self.door(new, knowledge)
  }

  private static func door(
    _ text: String, _ knowledge: Knowledge
  ) throws(KnowledgeFailure) -> FrontDoor {
    if let source = try? ByteSource.open(text) {
      do {
        return try ManifestReader.frontDoor(file: text, source: source)
      } catch { throw .manifest(error) }
    }
    guard let name = TargetName(text), let door = name.frontDoor, name.device == nil else {
      throw .target(
        TargetFailure(
          reason: "'\(text)' is neither a manifest nor the name of a front door, STACK/DOOR",
          candidates: [], word: text))
    }
    _ = try knowledge.targets(name)
    return try knowledge.frontDoor(FrontDoorName(stack: name.stack, door: door))
  }

  /// What changes for all models, by operator.
  public var changes: [OperatorChange] { old.changes(to: new) }

  /// What changes for one model.
  ///
  /// - Returns: The effects, or why the model could not be read.
  /// - Throws: `KnowledgeFailure` when the rules are invalid.
  public func outcome(
    forModelAt path: String
  ) throws(KnowledgeFailure) -> Result<Outcome, ModelFailure> {
    let model: LoadedModel
    do {
      model = try ModelReader.read(path: path)
    } catch {
      return .failure(ModelFailure(reason: error.reason, position: error.position))
    }
    let catalogue = try knowledge.catalogue()
    let annotations = Inference.annotate(model.graph, catalogue: catalogue, pins: .none)
    let facts = ValueFacts(model.graph, annotations)
    let before = try judge(facts, by: old, catalogue)
    let after = try judge(facts, by: new, catalogue)
    let effects = zip(before.operators, after.operators).compactMap { old, new in
      old.verdict == new.verdict
        ? nil
        : Effect(
          operation: old.operation, nodes: old.counts.values.reduce(0, +), before: old.verdict,
          after: new.verdict)
    }
    return .success(
      Outcome(
        before: before.verdict, after: after.verdict,
        effects: effects.sorted { left, right in
          left.after == right.after
            ? left.operation.description < right.operation.description : left.after > right.after
        }))
  }

  private func judge(
    _ facts: ValueFacts, by door: FrontDoor, _ catalogue: OperatorCatalogue
  ) throws(KnowledgeFailure) -> Judgement {
    var others: [FrontDoorName: FrontDoor] = [:]
    for name in door.neededDoors { others[name] = try knowledge.frontDoor(name) }
    return Judgement.of(
      facts, on: door, device: nil, catalogue: catalogue,
      mapping: door.speaks == .aten ? try knowledge.mapping() : nil, doors: { others[$0] })
  }
}
