import Capabilities
import Compatibility
import ModelGraph
import OperatorCatalogue

/// A way to deal with all of a gap's findings: one route, or one for each kind of finding.
struct RouteOffer: Sendable, Hashable {
  let routes: [RouteRules.Route]
  /// What it depends on beyond what the file tells, in plain words.
  let reserves: [String]

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
  let trials: Rewrites

  init(
    _ effort: EffortRules, _ rules: RouteRules, _ target: PortingTarget,
    _ stack: RouteRules.StackRoutes
  ) {
    self.effort = effort
    self.rules = rules
    self.target = target
    self.stack = stack
    trials = Rewrites(target, rules, effort)
  }

  /// The ways to deal with a gap; empty when it is blocked.
  func offers(for gap: Gap) -> [RouteOffer] {
    var offers = rules.routes.compactMap { route in
      reserves(route, for: gap, gap.rules).map { RouteOffer(routes: [route], reserves: $0) }
    }
    if gap.rules.count > 1, let joined = joined(for: gap) { offers.append(joined) }
    if offers.isEmpty, gap.verdict == .fallback,
      let cpu = rules.routes.first(where: { $0.need == .cpu })
    {
      // It runs there as it is, however badly.
      offers.append(RouteOffer(routes: [cpu], reserves: []))
    }
    return offers
  }

  /// The first graph route for each of the rules, together.
  private func joined(for gap: Gap) -> RouteOffer? {
    var routes: [RouteRules.Route] = []
    var all: [String] = []
    for rule in gap.rules.sorted() {
      let first = rules.routes.lazy.filter { $0.grade <= .b }
        .compactMap { route in
          reserves(route, for: gap, [rule]).map { (route: route, reserves: $0) }
        }.first
      guard let first else { return nil }
      if !routes.contains(first.route) { routes.append(first.route) }
      all += first.reserves.filter { !all.contains($0) }
    }
    return routes.count > 1 ? RouteOffer(routes: routes, reserves: all) : nil
  }

  /// What a route depends on beyond what the file tells; nil where it is not offered.
  private func reserves(
    _ route: RouteRules.Route, for gap: Gap, _ wanted: Set<String>
  ) -> [String]? {
    let isMeant =
      route.verdicts.contains(gap.verdict.rawValue)
      || (!route.rules.isEmpty && wanted.isSubset(of: route.rules))
    guard isMeant, gap.verdict > .conditional || route.grade <= .b else { return nil }
    if let classes = route.classes {
      guard let name = gap.operatorClass?.name, classes.contains(name) else { return nil }
    }
    if let domains = route.domains {
      guard let domain = gap.signature?.operation.domain, domains.contains(domain) else {
        return nil
      }
    }
    guard let need = route.need else { return [] }
    switch need {
    case .castable: return trials.reservesOfCast(gap, wanted)
    case .functionBody: return trials.reservesOfBody(gap, wanted)
    case .recipe: return trials.reservesOfRecipe(gap, wanted)
    case .quantisePair: return gap.signature == nil ? nil : trials.reservesOfQuantising()
    case .library: return trials.reservesOfLibrary(gap)
    case .help, .cpu, .importer, .triton, .kernel: return isMet(need, gap, wanted) ? [] : nil
    }
  }

  /// Whether what a route needs of the stack and the operator's class is there.
  private func isMet(_ need: RouteRules.Need, _ gap: Gap, _ wanted: Set<String>) -> Bool {
    guard gap.signature != nil else { return need == .help && gap.hasHelp }
    switch need {
    case .help: return gap.findings.allSatisfy { !wanted.contains($0.rule.id) || $0.isHelpful }
    case .cpu:
      guard let operatorClass = gap.operatorClass else { return gap.verdict == .fallback }
      if operatorClass.isHostOnly, gap.verdict != .fallback { return false }
      switch operatorClass.cpu {
      case .acceptable, .costly: return true
      case .never, .none: return false
      }
    case .importer: return rules.doors[target.ability.door.name]?.hasOpenImporter ?? false
    case .triton:
      guard let operatorClass = gap.operatorClass, stack.tritonOverrideShare != nil else {
        return false
      }
      return operatorClass.triton != .no && effort.task("T1", class: operatorClass.name) != nil
    case .kernel:
      return gap.operatorClass.map {
        effort.task(stack.dialect.kernelTask, class: $0.name) != nil
      } ?? false
    case .castable, .functionBody, .recipe, .quantisePair, .library: return false
    }
  }
}

extension Gap {
  fileprivate var hasHelp: Bool { findings.contains { $0.isHelpful } }
}

extension Finding {
  /// Whether the manifest says what to do, beyond what holds for the rule in general.
  fileprivate var isHelpful: Bool { help != rule.help || rule.id == "RG106" }
}
