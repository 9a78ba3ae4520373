import Bytes
import OperatorCatalogue

/// Compares the records of a front door with the operators' definitions.
struct CatalogueReview {
  let file: String
  let catalogue: OperatorCatalogue

  /// Attributes and parameters that no version of an operator has.
  func problems(of door: FrontDoor) -> [ManifestFailure] {
    guard door.speaks == .onnx else { return [] }
    return door.records.enumerated().flatMap { index, record in
      let versions = catalogue.versions(domain: record.domain, name: record.name)
      guard !versions.isEmpty else { return [ManifestFailure]() }
      return reasons(record, Definition(versions)).map { reason in
        failure(reason, record, index)
      }
    }
  }

  /// Operators and domains that the catalogue does not know, each once.
  func remarks(on door: FrontDoor) -> [ManifestFailure] {
    guard door.speaks == .onnx else { return [] }
    var seen: Set<String> = []
    return door.records.enumerated().compactMap { index, record in
      guard catalogue.versions(domain: record.domain, name: record.name).isEmpty,
        seen.insert("\(record.domain)::\(record.name)").inserted
      else { return nil }
      let reason =
        catalogue.domains.contains(record.domain)
        ? "the domain \(record.domain) has no operator \(record.name)"
        : "nothing is known about the domain \(record.domain)"
      return failure(reason, record, index)
    }
  }

  private func failure(
    _ reason: String, _ record: OperatorRecord, _ index: Int
  ) -> ManifestFailure {
    ManifestFailure(
      file: file, position: record.position, path: "operators[\(index)]", reason: reason)
  }

  /// The names that any version of an operator has.
  private struct Definition {
    var attributes: Set<String> = []
    var inputs: Set<String> = []
    var outputs: Set<String> = []
    var typeParameters: Set<String> = [TypeLimit.firstInput]

    init(_ versions: [OperatorSchema]) {
      for version in versions {
        attributes.formUnion(version.attributes.map(\.name))
        inputs.formUnion(version.inputs.map(\.name))
        outputs.formUnion(version.outputs.map(\.name))
        typeParameters.formUnion(version.typeParameters.keys)
      }
    }
  }

  private func reasons(_ record: OperatorRecord, _ definition: Definition) -> [String] {
    var reasons: [String] = []
    let conditions =
      record.limits.flatMap { [$0.check] + ($0.when.map { [$0] } ?? []) }
      + record.ignores.compactMap(\.when)
    let attributes =
      conditions.flatMap { $0.attributeNames.sorted() } + record.ignores.map(\.attribute)
    for name in attributes where !definition.attributes.contains(name) {
      reasons.append("no version of \(record.name) has an attribute \"\(name)\"")
    }
    for name in conditions.flatMap({ $0.operandNames(ofInputs: true) })
    where !definition.inputs.contains(name) {
      reasons.append("no version of \(record.name) has an input \"\(name)\"")
    }
    for name in conditions.flatMap({ $0.operandNames(ofInputs: false) })
    where !definition.outputs.contains(name) {
      reasons.append("no version of \(record.name) has an output \"\(name)\"")
    }
    let parameters =
      definition.typeParameters.union(definition.inputs).union(definition.outputs)
    for limit in record.types where !parameters.contains(limit.typeParameter) {
      reasons.append("no version of \(record.name) has a type \"\(limit.typeParameter)\"")
    }
    return reasons
  }
}

extension Condition {
  /// Names of formal inputs or outputs that the condition speaks of.
  fileprivate func operandNames(ofInputs: Bool) -> [String] {
    switch self {
    case .input(.named(let name), _): ofInputs ? [name] : []
    case .output(.named(let name), _): ofInputs ? [] : [name]
    case .all(let parts), .any(let parts): parts.flatMap { $0.operandNames(ofInputs: ofInputs) }
    case .not(let part): part.operandNames(ofInputs: ofInputs)
    default: []
    }
  }
}
