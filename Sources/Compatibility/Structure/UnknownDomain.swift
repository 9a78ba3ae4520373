import ModelGraph
import OperatorCatalogue

/// A domain that the operator catalogue does not know.
enum UnknownDomain: StructuralCheck {
  static let rule = Rule(
    id: "RG005", name: "unknown-domain", severity: .note,
    summary: "Operators come from a domain that the operator catalogue does not hold.",
    rationale: "Custom operators need a plug-in on every target; nothing is known of them here.",
    help: "Name the library that brings the operators, or replace them by standard ones.")

  static func findings(in context: StructureContext) -> [Finding] {
    let graph = context.graph
    let known = Set(context.catalogue.domains)
    var domains: [String] = []
    var names: [String: [String]] = [:]
    for operation in graph.operators
    where !known.contains(operation.domain) && !context.isFunction(operation) {
      if names[operation.domain] == nil { domains.append(operation.domain) }
      names[operation.domain, default: []].append(operation.name)
    }
    return domains.map { domain in
      let names = (names[domain] ?? []).sorted()
      return Finding(
        rule: rule,
        reason: "the domain \"\(domain)\" is not in the operator catalogue "
          + "(\(names.prefix(5).joined(separator: ", ")))", count: names.count)
    }
  }
}
