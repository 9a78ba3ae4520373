public import Capabilities
public import ModelGraph
public import OperatorCatalogue

/// The opsets in which a front door takes a whole model, and the way there.
public struct OpsetZone: Sendable {
  /// The opset that the model uses.
  public let current: Int64
  /// Opsets in which all operators are taken that are taken in any, ascending.
  public let opsets: [Int64]
  /// Operators that are not taken in any opset; the zone speaks of the others.
  public let never: [OperatorIdentity]
  /// Operators that are not taken just below the part of the zone nearest to the model's opset.
  public let lowerEnd: [OperatorIdentity]
  /// Operators that are not taken just above it.
  public let upperEnd: [OperatorIdentity]
  /// The opset of the zone to convert to; the model's own if it is in the zone.
  public let recommended: Int64?
  /// Steps on the way to the recommended opset that ONNX's version converter cannot take.
  public let missingAdapters: [OpsetStep]
}

/// A change of an operator's definition between two neighbouring opsets.
public struct OpsetStep: Sendable, Hashable {
  /// The operator's name.
  public let operation: String
  /// The opset before.
  public let from: Int64
  /// The opset after; one more or one less.
  public let to: Int64
}

extension OpsetZone {
  /// Judges a model in every opset of the standard domain.
  ///
  /// A node is judged by its operator's definition and the door's records for that opset; its
  /// operands and attributes are those of the model as it is, since what a converter would make of
  /// them is not known.
  ///
  /// - Returns: The zone; nil for doors that do not take ONNX, and for models without an opset of
  ///   the standard domain.
  public static func of(
    _ facts: ValueFacts, on door: FrontDoor, device: Device?, catalogue: OperatorCatalogue,
    conversions: OpsetConversions, doors: (FrontDoorName) -> FrontDoor?
  ) -> OpsetZone? {
    guard door.speaks == .onnx,
      let current = facts.graph.opsetImports.last(where: { $0.domain == "ai.onnx" })?.version,
      let newest = catalogue.newestOpset(of: "ai.onnx").map(Int64.init),
      (1...newest).contains(current)
    else { return nil }
    let refusals = (1...newest).map { opset in
      let context = JudgingContext(facts, catalogue: catalogue, opset: opset)
      let judge = DoorJudge(door, device: device, context: context, doors: doors)
      return Refusals(judge, context, opset: opset, door: door)
    }
    return OpsetZone(
      current: current, refusals, OpsetPath(facts.graph, catalogue, conversions))
  }

  /// What is not taken in one opset.
  private struct Refusals {
    let operators: Set<OperatorIdentity>
    let isOutOfRange: Bool

    init(_ judge: DoorJudge, _ context: JudgingContext, opset: Int64, door: FrontDoor) {
      var refused: Set<OperatorIdentity> = []
      for kind in context.kinds {
        let operation = context.graph.operation(of: context.graph.nodes[kind.representative.index])
        guard !refused.contains(operation), !context.facts.isFunction(operation) else { continue }
        let isTaken =
          context.isDefined(operation, opset: opset)
          && kind.firstNodes.allSatisfy { judge.outcome(of: $0).verdict <= .conditional }
        if !isTaken { refused.insert(operation) }
      }
      operators = refused
      isOutOfRange = door.opsets.contains {
        $0.domain == "ai.onnx" && !$0.versions.contains(opset)
      }
    }
  }

  private init(current: Int64, _ refusals: [Refusals], _ path: OpsetPath) {
    self.current = current
    let accepted = refusals.filter { !$0.isOutOfRange }
    let never = accepted.dropFirst().reduce(accepted.first?.operators ?? []) {
      $0.intersection($1.operators)
    }
    self.never = never.sorted { $0.description < $1.description }
    let opsets = refusals.indices.filter { index in
      !refusals[index].isOutOfRange && refusals[index].operators.isSubset(of: never)
    }.map { Int64($0 + 1) }
    self.opsets = opsets
    recommended = path.nearest(of: opsets, to: current)
    missingAdapters = recommended.map { path.missingAdapters(from: current, to: $0) } ?? []
    func refused(at opset: Int64) -> [OperatorIdentity] {
      guard opset >= 1, opset <= Int64(refusals.count) else { return [] }
      return refusals[Int(opset) - 1].operators.subtracting(never).sorted {
        $0.description < $1.description
      }
    }
    guard let middle = recommended else {
      lowerEnd = refused(at: current)
      upperEnd = []
      return
    }
    let known = Set(opsets)
    lowerEnd = refused(at: (1..<middle).last { !known.contains($0) } ?? 0)
    upperEnd = refused(
      at: (middle...Int64(refusals.count)).first { !known.contains($0) } ?? 0)
  }
}

/// The changes of a model's operators from opset to opset.
private struct OpsetPath {
  /// By operator, the opsets that brought a definition.
  private let changes: [(name: String, opsets: Set<Int64>)]
  private let conversions: OpsetConversions

  init(_ graph: ModelGraph, _ catalogue: OperatorCatalogue, _ conversions: OpsetConversions) {
    let names = Set(graph.operators.filter { $0.domain == "ai.onnx" }.map(\.name)).sorted()
    changes = names.map { name in
      let versions = catalogue.versions(domain: "ai.onnx", name: name)
      return (name, Set(versions.map { Int64($0.since) }))
    }
    self.conversions = conversions
  }

  /// The opset that is easiest to reach: no step missing, then the fewest steps, then the newer.
  func nearest(of opsets: [Int64], to current: Int64) -> Int64? {
    opsets.min { left, right in cost(of: left, from: current) < cost(of: right, from: current) }
  }

  private func cost(of opset: Int64, from current: Int64) -> (Int, Int64, Int64) {
    (missingAdapters(from: current, to: opset).count, abs(opset - current), -opset)
  }

  func missingAdapters(from current: Int64, to opset: Int64) -> [OpsetStep] {
    guard current != opset else { return [] }
    let isUp = opset > current
    let lows = isUp ? Array(current..<opset) : Array((opset..<current).reversed())
    return lows.flatMap { low in
      changes.compactMap { change in
        guard change.opsets.contains(low + 1) else { return nil }
        let step = OpsetStep(
          operation: change.name, from: isUp ? low : low + 1, to: isUp ? low + 1 : low)
        return conversions.hasAdapter(for: step.operation, from: step.from, to: step.to)
          ? nil : step
      }
    }
  }
}
