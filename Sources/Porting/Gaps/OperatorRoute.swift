import Compatibility
public import ModelGraph

/// A way to deal with findings on one operator, with what it costs the first time.
public struct OperatorRoute: Sendable {
  /// The way.
  public let route: RouteRules.Route
  /// Identifiers of the rules whose findings it deals with, sorted.
  public let rules: [String]
  /// What it hangs on besides, in plain words; nil when it exists for every such finding.
  public let condition: String?
  /// Its tasks for the first node, checks and expected defects included.
  public let terms: [Term]

  /// The hours of all tasks.
  public var hours: ThreePointHours { terms.reduce(ThreePointHours(0, 0, 0)) { $0 + $1.total } }
}

extension Estimator {
  /// The ways that exist for findings on an operator on a target, whatever the model; empty when the
  /// evidence has no routes to the stack.
  ///
  /// They are the ones that a node with one finding would be offered; the target's own gaps do not
  /// matter.
  public func routes(for operation: OperatorIdentity, on target: PortingTarget) -> [OperatorRoute] {
    guard let stack = routes.stack(target.stack) else { return [] }
    let catalogue = RouteCatalogue(effort, routes, target, stack)
    var found: [RouteRules.Route: (gap: Gap, rules: Set<String>)] = [:]
    for rule in Rule.all where routes.routes.contains(where: { $0.rules.contains(rule.id) }) {
      for gap in gaps(rule, operation) {
        for offer in policy.choosing(catalogue.offers(for: gap)) where offer.routes.count == 1 {
          found[offer.routes[0], default: (gap, [])].rules.insert(rule.id)
        }
      }
    }
    return routes.routes.compactMap { route in
      found[route].map { entry in
        var ledger = Ledger(effort, policy)
        ledger.add(entry.gap, RouteOffer(routes: [route], reserves: []), stack)
        return OperatorRoute(
          route: route, rules: entry.rules.sorted(), condition: route.need?.condition,
          terms: ledger.terms)
      }
    }
  }

  /// What a node of the operator would leave to do for a finding of one rule, for some types that are
  /// refused often.
  private func gaps(_ rule: Rule, _ operation: OperatorIdentity) -> [Gap] {
    let verdict: Verdict =
      rule.severity == .error
      ? .unsupported : rule.id == "RG107" ? .unknown : .conditional
    return ["int64", "float16", "float64"].map { type in
      let finding = Finding(
        rule: rule, verdict: verdict, operation: operation, elementTypes: type, reason: "",
        help: "as the manifest says")
      return Gap(
        saved: OperatorSignature(operation: operation, types: type, ranks: "", mode: ""),
        operatorClass: effort.operatorClass(of: operation.description), nodes: 1,
        findings: [finding], verdict: verdict)
    }
  }
}

extension RouteRules.Need {
  /// What the finding at hand must bring along, where the operator alone does not decide.
  fileprivate var condition: String? {
    switch self {
    case .help: "where the manifest says what helps"
    case .castable: "where a type that holds the same values is taken"
    case .functionBody, .recipe, .quantisePair, .cpu, .importer, .library, .triton, .kernel: nil
    }
  }
}

extension RouteRules.Route {
  /// Whether it deals with findings of a rule.
  public func deals(with rule: String) -> Bool { rules.contains(rule) }

  /// Its tasks; native kernels in some dialects, or in all of them.
  public func taskNames(in dialects: Set<RouteRules.Dialect>? = nil) -> [String] {
    tasks.flatMap { task in
      task.id.map { [$0] }
        ?? RouteRules.Dialect.allCases.filter { dialects?.contains($0) ?? true }.map(\.kernelTask)
    }
  }
}
