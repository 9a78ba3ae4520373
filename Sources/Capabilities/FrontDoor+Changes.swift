public import ModelGraph

/// What two versions of a front door say differently of one operator.
public struct OperatorChange: Sendable, Hashable {
  /// What became of the operator.
  public enum Kind: String, Sendable, CaseIterable {
    case added
    case removed
    case changed
  }

  /// The operator.
  public let operation: OperatorIdentity
  /// What became of it.
  public let kind: Kind
  /// The differences in plain words.
  public let details: [String]
}

extension FrontDoor {
  /// What a newer version says differently, by operator in alphabetical order.
  public func changes(to newer: FrontDoor) -> [OperatorChange] {
    let names = Set(operatorNames).union(newer.operatorNames).sorted {
      $0.description < $1.description
    }
    return names.compactMap { name in
      let before = records(domain: name.domain, name: name.name)
      let after = newer.records(domain: name.domain, name: name.name)
      if before.isEmpty {
        return OperatorChange(operation: name, kind: .added, details: [after.summary])
      }
      if after.isEmpty {
        return OperatorChange(operation: name, kind: .removed, details: [before.summary])
      }
      let details = before.differences(from: after)
      return details.isEmpty
        ? nil : OperatorChange(operation: name, kind: .changed, details: details)
    }
  }

  private var operatorNames: [OperatorIdentity] {
    records.map { OperatorIdentity(domain: $0.domain, name: $0.name) }
  }
}

extension [OperatorRecord] {
  fileprivate var statuses: String {
    OperatorRecord.Status.allCases.filter { status in contains { $0.status == status } }
      .map(\.rawValue).joined(separator: ", ")
  }

  fileprivate var versions: String {
    var seen: Set<String> = []
    return map(\.versions.description).filter { seen.insert($0).inserted }.joined(separator: "; ")
  }

  /// Names of all types taken, by type parameter.
  private var types: [String: Set<String>] {
    reduce(into: [:]) { sets, record in
      for limit in record.types {
        sets[limit.typeParameter, default: []].formUnion(limit.types.names)
      }
    }
  }

  private var limits: Set<String> { Set(flatMap { $0.limits.map(\.reason) }) }

  private var ignored: Set<String> { Set(flatMap { $0.ignores.map(\.attribute) }) }

  fileprivate var summary: String { "\(statuses), versions \(versions)" }

  /// What changes on the way to other records of the operator.
  fileprivate func differences(from after: [OperatorRecord]) -> [String] {
    var details: [String] = []
    if statuses != after.statuses { details.append("\(statuses) becomes \(after.statuses)") }
    if versions != after.versions {
      details.append("versions \(versions) become \(after.versions)")
    }
    for parameter in Set(types.keys).union(after.types.keys).sorted() {
      let (old, new) = (types[parameter], after.types[parameter])
      guard old != new else { continue }
      guard let old, let new else {
        details.append("types of \(parameter) are \(new == nil ? "no longer" : "now") limited")
        continue
      }
      details += Self.changes("types of \(parameter)", old, new)
    }
    details += Self.changes("limits", limits, after.limits)
    details += Self.changes("attributes that are not read", ignored, after.ignored)
    return details
  }

  private static func changes(_ what: String, _ old: Set<String>, _ new: Set<String>) -> [String] {
    let (gone, come) = (old.subtracting(new).sorted(), new.subtracting(old).sorted())
    return (come.isEmpty ? [] : ["\(what): more \(come.joined(separator: ", "))"])
      + (gone.isEmpty ? [] : ["\(what): no longer \(gone.joined(separator: ", "))"])
  }
}
