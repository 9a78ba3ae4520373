public import Capabilities
import Compatibility
public import ModelGraph
public import OperatorCatalogue

/// What a front door takes besides the nodes of the model: asked when a route leads to other operators.
public struct DoorAbility: Sendable {
  /// The front door.
  public let door: FrontDoor
  private let catalogue: OperatorCatalogue
  private let mapping: OperatorMapping?
  private let opsets: [OpsetImport]

  /// Prepares to ask a door about the operators of a model's opsets.
  public init(
    _ door: FrontDoor, catalogue: OperatorCatalogue, mapping: OperatorMapping?,
    opsets: [OpsetImport]
  ) {
    self.door = door
    self.catalogue = catalogue
    self.mapping = mapping
    self.opsets = opsets
  }

  /// Whether the door takes an operator in the model's opset, in a type if one is named.
  ///
  /// Limits on attributes and shapes are not asked: the rewritten node does not exist yet.
  func takes(_ operation: OperatorIdentity, _ type: ElementType? = nil) -> Bool {
    guard door.speaks == .onnx else { return takesThroughPyTorch(operation, type) }
    let opset = opset(of: operation.domain)
    let since = definition(of: operation, opset: opset).map { Int64($0.since) }
    return door.records(domain: operation.domain, name: operation.name).contains { record in
      record.status == .supported
        && record.versions.matches(opset: opset, sinceVersion: since, by: door.matching) == true
        && takes(type, record)
    }
  }

  /// Whether the operator is taken with some other element type that holds the same values.
  func takesWidened(_ operation: OperatorIdentity, from name: String) -> Bool {
    let names = name.split(separator: ",").map { $0.trimmed }
    let types = names.compactMap { ElementType(name: $0) }
    guard !types.isEmpty else { return false }
    return types.allSatisfy { type in
      Self.nearTypes(of: type).contains { takes(operation, $0) }
    }
  }

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

  private func takes(_ type: ElementType?, _ record: OperatorRecord) -> Bool {
    guard let type, !record.types.isEmpty else { return true }
    return record.types.contains { $0.types.tensors.contains(type) }
  }

  private func takesThroughPyTorch(_ operation: OperatorIdentity, _ type: ElementType?) -> Bool {
    guard let entry = mapping?.entry(of: operation) else { return false }
    switch entry.kind {
    case .view, .constant, .control: return true
    case .host, .none: return false
    case .kernels: break
    }
    return entry.forms.contains { form in form.needs.allSatisfy { takesAten($0, type) } }
  }

  /// Whether the door has a kernel for an operator of PyTorch, or for what it is composed of.
  private func takesAten(_ text: String, _ type: ElementType?, depth: Int = 0) -> Bool {
    let name = OperatorMapping.identity(text)
    let records = door.records(domain: name.domain, name: name.name)
    if records.contains(where: { $0.status == .supported && takes(type, $0) }) { return true }
    guard depth < 4, records.isEmpty else { return false }
    return mapping?.composites[name.name]?.contains { calls in
      calls.allSatisfy { takesAten($0, type, depth: depth + 1) }
    } ?? false
  }

  /// Types that a cast can lead to with little harm, the nearest first.
  private static func nearTypes(of type: ElementType) -> [ElementType] {
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

extension Substring {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
