extension Estimator {
  // MARK: Several targets

  /// What porting to several targets costs together, where kernels and rewrites are reused; nil for
  /// fewer than two targets that an estimate can be made of.
  ///
  /// Tried are each target's own cheapest way, and each route of kernels wherever it exists.
  public func estimate(_ targets: [PortingTarget]) -> SetEstimate? {
    var known: [(target: PortingTarget, stack: RouteRules.StackRoutes)] = []
    var apart = 0.0
    for target in targets {
      guard let stack = routes.stack(target.stack), let one = estimate(target).estimate else {
        continue
      }
      known.append((target, stack))
      apart += one.best.range.mean
    }
    guard known.count > 1 else { return nil }
    var strategies: [(name: String, policy: EstimatePolicy)] = [("each its own", policy)]
    if policy.route == nil {
      strategies += ["triton", "native", "decompose", "re-export", "binding"]
        .filter(policy.allows).map { ($0, policy.pinning($0)) }
    }
    let costed = strategies.map { ($0.name, together(known, $0.policy)) }
    guard let best = costed.min(by: { $0.1.range.mean < $1.1.range.mean }) else { return nil }
    return SetEstimate(
      targets: known.map(\.target.name), best: best.1, strategy: best.0,
      byHand: together(known, policy.byHand), apart: apart,
      hoursPerDay: effort.parameter("hours_per_person_day"))
  }

  private func together(
    _ targets: [(target: PortingTarget, stack: RouteRules.StackRoutes)], _ policy: EstimatePolicy
  ) -> Costing {
    var ledger = Ledger(effort, self.policy)
    var choices: [String?] = []
    for (index, (target, stack)) in targets.enumerated() {
      if index > 0 { ledger.beginFurtherTarget() }
      let priced = priced(target, stack, policy)
      let way = way(priced).offers
      add(way, priced, to: &ledger, isFurther: index > 0)
      ledger.explainCrossings(of: crossingText(way, priced))
      choices += way.map { $0?.name }
    }
    return Costing(ledger.terms, choices: choices, effort)
  }
}
