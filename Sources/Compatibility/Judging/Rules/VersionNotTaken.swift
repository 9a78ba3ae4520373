import Capabilities
import ModelGraph
import OperatorCatalogue

/// The front door takes the operator, but not in the version that the model uses.
enum VersionNotTaken {
  static let rule = Rule(
    id: "RG102", name: "version-not-taken", severity: .error,
    summary: "The front door takes the operator in other versions than the model's.",
    rationale: "Registrations are looked up by version; a near match does not count.",
    help: "Convert the model to an opset that is taken and export it again.")

  static func remark(
    _ subject: NodeSubject, _ records: [OperatorRecord], _ door: FrontDoor, _ verdict: Verdict
  ) -> Remark {
    let taken = records.filter { $0.status == .supported }.map(\.versions.description)
    var distinct: [String] = []
    for text in taken where !distinct.contains(text) { distinct.append(text) }
    let list = distinct.isEmpty ? "none" : distinct.joined(separator: ", ")
    let name = subject.operation.name
    let reason =
      switch door.matching {
      case .modelOpset:
        "\(name) is registered for opsets \(list); the model uses opset \(subject.opsetText)"
      case .sinceVersion:
        "\(name) is registered for versions \(list); opset \(subject.opsetText) means version "
          + (subject.schema.map { String($0.since) } ?? "?")
      case .any: "\(name) is taken for versions \(list)"
      }
    return Remark(rule, verdict, reason, evidence: records.first?.evidence ?? [])
  }
}

extension NodeSubject {
  /// The opset of the node's domain as text.
  var opsetText: String { opset.map(String.init) ?? "?" }
}
