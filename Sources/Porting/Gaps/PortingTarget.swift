import Capabilities

/// A model on a target, as far as effort depends on it.
public struct PortingTarget: Sendable {
  /// The target's name, as `stack/door:device`.
  public let name: String
  /// The stack.
  public let stack: String
  /// What the front door takes besides.
  public let ability: DoorAbility
  /// What the stack's own library takes, if the door can call it.
  public let library: DoorAbility?
  /// What is left to do.
  public let gaps: [Gap]
  /// What is ported.
  public let model: PortedModel
  /// The model's graph.
  public let graph: JudgedGraph
  /// Where the model's nodes stand among its heavy operators.
  public let stages: HeavyStages

  /// Puts the parts together.
  public init(
    name: String, stack: String, ability: DoorAbility, library: DoorAbility?, gaps: [Gap],
    model: PortedModel, graph: JudgedGraph, stages: HeavyStages
  ) {
    self.name = name
    self.stack = stack
    self.ability = ability
    self.library = library
    self.gaps = gaps
    self.model = model
    self.graph = graph
    self.stages = stages
  }

  /// Whether the door is a library of Triton kernels.
  var isTriton: Bool {
    if case .runsNatively = ability.door.onMissing { true } else { false }
  }

  /// The same without some of what is left to do.
  func keeping(_ isKept: (Gap) -> Bool) -> PortingTarget {
    PortingTarget(
      name: name, stack: stack, ability: ability, library: library, gaps: gaps.filter(isKept),
      model: model, graph: graph, stages: stages)
  }
}

/// A model, as far as effort depends on it.
public struct PortedModel: Sendable, Hashable {
  /// Whether it generates text token by token in a serving stack.
  public let isGenerative: Bool
  /// Number of distinct operators.
  public let operatorCount: Int

  /// Describes a model.
  public init(isGenerative: Bool, operatorCount: Int) {
    self.isGenerative = isGenerative
    self.operatorCount = operatorCount
  }
}
