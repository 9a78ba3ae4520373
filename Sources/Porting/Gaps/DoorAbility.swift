public import Capabilities
public import Compatibility
public import ModelGraph
public import OperatorCatalogue

/// What a front door takes besides the nodes of the model: asked when a route leads to other operators.
public struct DoorAbility: Sendable {
  let trial: DoorTrial
  private let catalogue: OperatorCatalogue
  private let opsets: [OpsetImport]

  /// Prepares to ask a door about the operators of a model's opsets.
  public init(
    _ trial: DoorTrial, catalogue: OperatorCatalogue, opsets: [OpsetImport]
  ) {
    self.trial = trial
    self.catalogue = catalogue
    self.opsets = opsets
  }

  /// The front door.
  public var door: FrontDoor { trial.door }

  /// What becomes of a part of a rewrite; nil where the model's opsets do not define the operator.
  func answer(to part: RewritePart) -> DoorTrial.Answer? {
    part.answer(
      of: trial, definition(of: part.operation), opsets: opsets, catalogue: catalogue)
  }

  /// What becomes of a part in the newest opset below the model's in which the door takes it, and
  /// which that is.
  func answerInOlderOpset(to part: RewritePart) -> (answer: DoorTrial.Answer, opset: Int64)? {
    guard part.operation.domain == Self.standard else { return nil }
    let others = opsets.filter { $0.domain != Self.standard }
    for opset in stride(from: opset(of: Self.standard) - 1, through: 7, by: -1) {
      let answer = part.answer(
        of: trial, definition(of: part.operation, opset: opset),
        opsets: others + [OpsetImport(domain: "", version: opset)], catalogue: catalogue)
      if let answer, answer.obstacles.isEmpty { return (answer, opset) }
    }
    return nil
  }

  private static let standard = "ai.onnx"

  /// The definition of an operator in the model's opset.
  func definition(of operation: OperatorIdentity) -> OperatorSchema? {
    definition(of: operation, opset: opset(of: operation.domain))
  }

  /// Whether an operator is taken in the definition of another opset.
  func takes(_ operation: OperatorIdentity, inOpset opset: Int64) -> Bool {
    let since = definition(of: operation, opset: opset).map { Int64($0.since) }
    return door.records(domain: operation.domain, name: operation.name).contains { record in
      record.status == .supported
        && record.versions.matches(opset: opset, sinceVersion: since, by: door.matching) == true
    }
  }

  private func definition(of operation: OperatorIdentity, opset: Int64) -> OperatorSchema? {
    switch catalogue.lookup(domain: operation.domain, name: operation.name, opset: opset) {
    case .found(let schema), .deprecated(let schema): schema
    case .notYet, .unknownOperator, .unknownDomain: nil
    }
  }

  private func opset(of domain: String) -> Int64 {
    opsets.last { $0.domain == domain }?.version ?? 1
  }

  /// Types that a cast can lead to with little harm, the nearest first.
  static func nearTypes(of type: ElementType) -> [ElementType] {
    switch type {
    case .int64, .uint64, .uint32: [.int32, .float32]
    case .float64, .bfloat16, .float16: [.float32, .float16]
    case .int8, .uint8, .int16, .uint16, .bool: [.int32, .float32]
    case .int32: [.int64, .float32]
    case .float32: [.float16]
    default: []
    }
  }
}
