import Capabilities
import Compatibility
import ModelGraph
import OperatorCatalogue

/// A way to deal with all of a gap's findings: one route, or one for each kind of finding.
struct RouteOffer: Sendable, Hashable {
  let routes: [RouteRules.Route]

  /// The names of the routes, joined by `+`.
  var name: String { routes.map(\.name).joined(separator: "+") }

  var grade: Grade { routes.map(\.grade).max() ?? .a }
}

/// Which routes exist for the gaps of a target.
struct RouteCatalogue {
  let effort: EffortRules
  let rules: RouteRules
  let target: PortingTarget
  let stack: RouteRules.StackRoutes

  /// The ways to deal with a gap, as far as `policy` allows them; empty when it is blocked.
  func offers(for gap: Gap, _ policy: EstimatePolicy) -> [RouteOffer] {
    let found = all(for: gap).filter { offer in
      offer.routes.allSatisfy { policy.allows($0.name) }
    }
    guard let pinned = policy.route else { return found }
    let wanted = found.filter { offer in offer.routes.contains { $0.name == pinned } }
    return wanted.isEmpty ? found : wanted
  }

  private func all(for gap: Gap) -> [RouteOffer] {
    let whole = rules.routes.filter { isOffered($0, for: gap, gap.rules) }
    var offers = whole.map { RouteOffer(routes: [$0]) }
    if gap.rules.count > 1, let joined = joined(for: gap) { offers.append(joined) }
    if offers.isEmpty, gap.verdict == .fallback,
      let cpu = rules.routes.first(where: { $0.need == .cpu })
    {
      // It runs there as it is, however badly.
      offers.append(RouteOffer(routes: [cpu]))
    }
    return offers
  }

  /// The first graph route for each of the rules, together.
  private func joined(for gap: Gap) -> RouteOffer? {
    var routes: [RouteRules.Route] = []
    for rule in gap.rules.sorted() {
      let first = rules.routes.first { $0.grade <= .b && isOffered($0, for: gap, [rule]) }
      guard let first else { return nil }
      if !routes.contains(first) { routes.append(first) }
    }
    return routes.count > 1 ? RouteOffer(routes: routes) : nil
  }

  private func isOffered(
    _ route: RouteRules.Route, for gap: Gap, _ wanted: Set<String>
  ) -> Bool {
    let isMeant =
      route.verdicts.contains(gap.verdict.rawValue)
      || (!route.rules.isEmpty && wanted.isSubset(of: route.rules))
    guard isMeant, gap.verdict > .conditional || route.grade <= .b else { return false }
    if let classes = route.classes {
      guard let name = gap.operatorClass?.name, classes.contains(name) else { return false }
    }
    if let domains = route.domains {
      guard let domain = gap.signature?.operation.domain, domains.contains(domain) else {
        return false
      }
    }
    return route.need.map { isMet($0, gap, wanted) } ?? true
  }

  private func isMet(_ need: RouteRules.Need, _ gap: Gap, _ wanted: Set<String>) -> Bool {
    guard let operation = gap.signature?.operation else { return need == .help && gap.hasHelp }
    let type = refusedType(gap, wanted)
    switch need {
    case .help: return gap.findings.allSatisfy { !wanted.contains($0.rule.id) || $0.isHelpful }
    case .castable:
      let types = gap.findings.compactMap(\.elementTypes)
      return !types.isEmpty
        && types.allSatisfy { target.ability.takesWidened(operation, from: $0) }
    case .functionBody:
      guard let body = target.ability.definition(of: operation)?.functionBody, body.isListed,
        !body.operators.isEmpty
      else { return false }
      return body.operators.allSatisfy {
        target.ability.takes(OperatorIdentity(domain: operation.domain, name: $0), type)
      }
    case .recipe: return isDecomposable(operation, type)
    case .quantisePair:
      return ["QuantizeLinear", "DequantizeLinear"].allSatisfy {
        target.ability.takes(OperatorIdentity(domain: "ai.onnx", name: $0))
      }
    case .cpu:
      guard let operatorClass = gap.operatorClass else { return gap.verdict == .fallback }
      if operatorClass.isHostOnly, gap.verdict != .fallback { return false }
      switch operatorClass.cpu {
      case .acceptable, .costly: return true
      case .never, .none: return false
      }
    case .importer: return rules.doors[target.ability.door.name]?.hasOpenImporter ?? false
    case .library: return target.library?.takes(operation, type) ?? false
    case .triton:
      guard let operatorClass = gap.operatorClass, stack.tritonOverrideShare != nil else {
        return false
      }
      return operatorClass.triton != .no && effort.task("T1", class: operatorClass.name) != nil
    case .kernel:
      return gap.operatorClass.map {
        effort.task(stack.dialect.kernelTask, class: $0.name) != nil
      } ?? false
    }
  }

  /// The type that other operators have to take, when a type is what the finding is about.
  private func refusedType(_ gap: Gap, _ wanted: Set<String>) -> ElementType? {
    guard wanted.contains("RG103") || wanted.contains("RG111") else { return nil }
    return gap.findings.compactMap(\.elementTypes).first.flatMap { ElementType(name: $0) }
  }

  /// Whether a recipe leads to operators that are taken; recipes were checked not to lead in circles.
  private func isDecomposable(_ operation: OperatorIdentity, _ type: ElementType?) -> Bool {
    guard let parts = rules.recipes[operation] else { return false }
    return parts.allSatisfy { target.ability.takes($0, type) || isDecomposable($0, type) }
  }
}

extension Gap {
  fileprivate var hasHelp: Bool { findings.contains { $0.isHelpful } }
}

extension Finding {
  /// Whether the manifest says what to do, beyond what holds for the rule in general.
  fileprivate var isHelpful: Bool { help != rule.help || rule.id == "RG106" }
}
