import Capabilities
import ModelGraph
import OperatorCatalogue

/// Runs an operator by the function body that the standard gives for it.
struct BodyExpansion {
  /// Bodies that need bodies that need bodies … end somewhere.
  private static let deepest = 8

  enum Result: Equatable {
    /// There is no body that applies to this opset.
    case impossible
    /// There is a body, but its operators are not listed.
    case unknown
    /// The door has a kernel for everything in the body.
    case runs
    /// It has none for these operators.
    case lacks([String])
  }

  let door: FrontDoor
  let context: JudgingContext
  /// Element types of the node's first input and of its outputs.
  let types: ElementTypeSet
  /// Whether the body casts to a type of its own choice first (`stash_type`).
  let computesElsewhere: Bool

  /// What comes of expanding an operator in a model of some opset.
  func result(of schema: OperatorSchema, opset: Int64, depth: Int = 0) -> Result {
    guard let body = schema.functionBody, depth < Self.deepest,
      let version = body.opsetVersions.last(where: { Int64($0) <= opset }).map({ Int64($0) })
    else { return .impossible }
    guard body.isListed else { return .unknown }
    let inner = body.operators.map { name in
      (name, definition(of: name, in: schema.domain, at: version))
    }
    // A fixed body speaks of the definitions of its own opset; where one has changed since, it may
    // not be used any more. Bodies that are built for the node are built anew.
    let isCurrent =
      body.isContextDependent
      || inner.allSatisfy { name, definition in
        definition?.since == self.definition(of: name, in: schema.domain, at: opset)?.since
      }
    guard isCurrent else { return .impossible }
    let lacking = inner.filter { name, definition in
      !hasKernel(name, definition, domain: schema.domain, opset: version)
        && !(definition.map { result(of: $0, opset: version, depth: depth + 1) == .runs } ?? false)
    }
    return lacking.isEmpty ? .runs : .lacks(lacking.map(\.0))
  }

  private func definition(
    of name: String, in domain: String, at opset: Int64
  ) -> OperatorSchema? {
    context.schema(of: OperatorIdentity(domain: domain, name: name), opset: opset)
  }

  private func hasKernel(
    _ name: String, _ definition: OperatorSchema?, domain: String, opset: Int64
  ) -> Bool {
    door.records(domain: domain, name: name).contains { record in
      record.status == .supported
        && record.versions.matches(
          opset: opset, sinceVersion: definition.map { Int64($0.since) }, by: door.matching) == true
        && (computesElsewhere || takesTypes(record, definition))
    }
  }

  /// Whether a record takes the node's types wherever the operator is defined for them.
  ///
  /// Inside the body the operator may work on other types, such as Booleans; those are not told.
  private func takesTypes(_ record: OperatorRecord, _ definition: OperatorSchema?) -> Bool {
    guard let definition else { return true }
    return types.types.allSatisfy { type in
      let isDefined = definition.typeParameters.values.contains { $0.tensors.contains(type) }
      guard isDefined, !record.types.isEmpty else { return true }
      let wide = door.widens[type] ?? type
      return record.types.contains { limit in
        limit.types.tensors.contains(type) || limit.types.tensors.contains(wide)
      }
    }
  }
}
