import Capabilities
import Compatibility
import ModelGraph

extension Estimator {
  /// A choice of routes for all gaps of a target, with what it costs.
  struct Way {
    /// The offer taken for each gap; nil where there is none.
    let offers: [RouteOffer?]
    let costing: Costing
    /// Whether no other choice is cheaper.
    let isExact: Bool
    /// Hours below which no choice can be, when not all were tried.
    let bound: Double?
  }

  /// A target with what its ways are priced by.
  struct PricedTarget {
    let target: PortingTarget
    let stack: RouteRules.StackRoutes
    /// All offers for each gap.
    let all: [[RouteOffer]]
    /// Those that may be chosen.
    let offers: [[RouteOffer]]
    let crossings: Crossings
  }

  /// The ways to a target that estimates speak of.
  struct Ways {
    let priced: PricedTarget
    /// The cheapest.
    let best: Way
    /// With native kernels wherever they can be written.
    let byHand: Way

    /// Whether there is any native kernel to write.
    var hasKernels: Bool { byHand.costing.choices.contains("native") }
  }

  /// The cheapest way to a target, and the one by hand.
  func ways(to target: PortingTarget, _ stack: RouteRules.StackRoutes) -> Ways {
    let priced = priced(target, stack, policy)
    let free = way(priced)
    let byHand = way(self.priced(target, stack, policy.byHand, priced.all))
    // What was not tried must not make the chosen way dearer than one that is at hand.
    guard isAllowed(byHand), byHand.costing.range.mean < free.costing.range.mean else {
      return Ways(priced: priced, best: free, byHand: byHand)
    }
    let best = Way(
      offers: byHand.offers, costing: byHand.costing, isExact: free.isExact, bound: free.bound)
    return Ways(priced: priced, best: best, byHand: byHand)
  }

  /// Whether a way by hand is one that may be chosen.
  func isAllowed(_ byHand: Way) -> Bool {
    policy.route == nil
      && byHand.costing.choices.allSatisfy { $0.map(policy.allows) ?? true }
  }

  /// The cheapest way to a target as far as a policy allows it.
  func way(_ priced: PricedTarget) -> Way {
    let choice = RouteChoice(priced.offers, priced.target.gaps) { way in
      Costing(paid(way, priced).terms, choices: [], effort).range.mean
    }
    var ledger = paid(choice.offers, priced)
    ledger.explainCrossings(crossingText(choice.offers, priced))
    return Way(
      offers: choice.offers,
      costing: Costing(ledger.ordered, choices: choice.offers.map { $0?.name }, effort),
      isExact: choice.isExact, bound: choice.bound)
  }

  /// Finds the offers for a target's gaps.
  func priced(
    _ target: PortingTarget, _ stack: RouteRules.StackRoutes, _ policy: EstimatePolicy
  ) -> PricedTarget {
    let catalogue = RouteCatalogue(effort, routes, target, stack)
    return priced(target, stack, policy, target.gaps.map { catalogue.offers(for: $0) })
  }

  /// Takes of the offers those that a policy allows.
  private func priced(
    _ target: PortingTarget, _ stack: RouteRules.StackRoutes, _ policy: EstimatePolicy,
    _ all: [[RouteOffer]]
  ) -> PricedTarget {
    let offers = all.map(policy.choosing)
    return PricedTarget(
      target: target, stack: stack, all: all, offers: offers,
      crossings: Crossings(
        target.gaps,
        candidates: offers.indices.filter { gap in offers[gap].contains { $0.cpuRoute != nil } },
        target.stages, largeBytes: 1000 * effort.parameter("large_crossing_kilobytes")))
  }

  private func paid(_ way: [RouteOffer?], _ priced: PricedTarget) -> Ledger {
    var ledger = Ledger(effort, policy)
    add(way, priced, to: &ledger)
    return ledger
  }

  /// Adds all that a way to a target takes.
  func add(
    _ way: some Collection<RouteOffer?>, _ priced: PricedTarget, to ledger: inout Ledger,
    isFurther: Bool = false
  ) {
    let (target, stack) = (priced.target, priced.stack)
    let usesTriton = way.contains { $0?.routes.contains { $0.need == .triton } ?? false }
    if !target.isTriton { ledger.addBringUp(stack.bringUp, of: stack.name) }
    if target.isTriton || usesTriton {
      ledger.addBringUp("S3", of: stack.name, further: isFurther)
    }
    for (gap, offer) in zip(target.gaps, way) {
      if let offer { ledger.add(gap, offer, stack) }
    }
    ledger.addModelWork(target.model, throughPyTorch: target.ability.door.speaks == .aten)
    let routes = way.map { $0?.cpuRoute }
    if let route = routes.compactMap(\.self).first {
      ledger.addCrossings(priced.crossings.sum { routes[$0] != nil }, route: route.name)
    }
    ledger.endTarget()
  }

  /// What crosses between CPU and device on a way, in words; nil when nothing is on the CPU.
  func crossingText(_ way: some Collection<RouteOffer?>, _ priced: PricedTarget) -> String? {
    let gaps = zip(priced.target.gaps, way).filter { gap, offer in
      offer?.cpuRoute != nil && gap.operatorClass?.isHostOnly != true
    }
    guard !gaps.isEmpty else { return nil }
    let places = priced.crossings.sum { index in
      way[way.index(way.startIndex, offsetBy: index)]?.cpuRoute != nil
    }.places
    let fallback = priced.target.stages.fallback(leaving: gaps.flatMap(\.0.members))
    let unknown = fallback.crossingsOfUnknownSize
    return "CPU work beside heavy operators, at \(places) places; in all "
      + "\(fallback.hostPartitions) partitions on the CPU, \(fallback.crossings) tensors and "
      + "\(fallback.crossingBytes) bytes between them and the device"
      + (unknown > 0 ? ", \(unknown) tensors of unknown size" : "")
  }
}

extension RouteOffer {
  /// The route that leaves the operator to the CPU, if it is one of the offer's.
  var cpuRoute: RouteRules.Route? { routes.first { $0.need == .cpu } }
}

extension Ledger {
  /// The terms in the order of the work, otherwise as they came.
  var ordered: [Term] {
    terms.enumerated().sorted { ($0.element.part, $0.offset) < ($1.element.part, $1.offset) }
      .map(\.element)
  }
}
