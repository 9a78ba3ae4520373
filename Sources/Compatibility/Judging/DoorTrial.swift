public import Capabilities
public import ModelGraph
public import OperatorCatalogue

/// What is taken to be otherwise than in a graph when a front door is asked about a node.
struct Supposition: Sendable {
  static let none = Supposition()

  /// Element types that operands have instead of those of the graph, wherever the operator is defined
  /// for them.
  var retyping: [ElementType: ElementType] = [:]
  /// Whether the node stands for a part of a rewrite: what is not written of it is open.
  var isOfPart = false
}

/// What a front door would make of nodes that a rewrite of the model leads to.
public struct DoorTrial: Sendable {
  /// What becomes of a node, and under what reserve.
  public struct Answer: Sendable, Hashable {
    /// Rules of the findings that keep it from running natively.
    public let obstacles: Set<String>
    /// What it depends on besides, in plain words.
    public let reserves: [String]
  }

  /// The front door.
  public let door: FrontDoor
  private let device: Device?
  private let catalogue: OperatorCatalogue
  private let mapping: OperatorMapping?
  private let doors: @Sendable (FrontDoorName) -> FrontDoor?

  /// Prepares to ask a door.
  ///
  /// - Parameters:
  ///   - door: The front door.
  ///   - device: The chip, when its own limits count too.
  ///   - catalogue: The operators' definitions.
  ///   - mapping: How ONNX's operators are computed by PyTorch's, for doors that speak these.
  ///   - doors: Finds the doors that this one falls back on or hands operators to.
  public init(
    _ door: FrontDoor, device: Device?, catalogue: OperatorCatalogue, mapping: OperatorMapping?,
    doors: @escaping @Sendable (FrontDoorName) -> FrontDoor?
  ) {
    self.door = door
    self.device = device
    self.catalogue = catalogue
    self.mapping = mapping
    self.doors = doors
  }

  /// What becomes of a node of a model when operands of some element types have others.
  public func answer(
    to node: NodeReference, in facts: ValueFacts, retyping: [ElementType: ElementType]
  ) -> Answer {
    answer(to: node, facts, Supposition(retyping: retyping))
  }

  /// What becomes of a node of which no more is known than the graph says: attributes that are not
  /// written, numbers of operands and what is constant are open.
  public func answer(toPart node: NodeReference, in facts: ValueFacts) -> Answer {
    answer(to: node, facts, Supposition(isOfPart: true))
  }

  private func answer(
    to node: NodeReference, _ facts: ValueFacts, _ supposition: Supposition
  ) -> Answer {
    let judge = DoorJudge(
      door, device: device, context: JudgingContext(facts, catalogue: catalogue),
      mapping: mapping, supposition: supposition, doors: doors)
    let remarks = judge.outcome(of: node).remarks
    return Answer(
      obstacles: Set(remarks.filter { $0.verdict > .conditional }.map(\.rule.id)),
      reserves: remarks.filter { $0.verdict == .conditional }.map(\.reason))
  }
}
