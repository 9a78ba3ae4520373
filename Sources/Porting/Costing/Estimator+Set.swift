extension Estimator {
  /// What porting to several targets costs together, where kernels and rewrites are reused; nil for
  /// fewer than two targets that an estimate can be made of.
  ///
  /// Routes are chosen for all targets at once: a way that is dearer on one may be cheaper for all,
  /// such as a Triton kernel that is written once.
  public func estimate(_ targets: [PortingTarget]) -> SetEstimate? {
    let ways = targets.compactMap { target in
      stackRoutes(of: target).map { self.ways(to: target, $0) }
    }
    guard ways.count > 1 else { return nil }
    let set = TargetSet(ways.map(\.priced))
    var known = [ways.flatMap(\.best.offers)]
    if ways.allSatisfy({ isAllowed($0.byHand) }) { known.append(ways.flatMap(\.byHand.offers)) }
    let choice = RouteChoice(set.offers, set.gaps, targets: set.targetOfGap, known: known) {
      Costing(paid($0, set), choices: [], effort).range.mean
    }
    return SetEstimate(
      targets: ways.map(\.priced.target.name), best: together(choice.offers, set),
      strategy: Self.strategy(choice.offers, known[0], set.gaps),
      byHand: together(ways.flatMap(\.byHand.offers), set),
      apart: ways.reduce(0) { $0 + $1.best.costing.range.mean }, isExact: choice.isExact,
      bound: choice.isExact ? nil : ways.map(\.leastHours).max(),
      hoursPerDay: effort.parameter("hours_per_person_day"))
  }

  /// The routes of a target's stack, if an estimate can be made.
  private func stackRoutes(of target: PortingTarget) -> RouteRules.StackRoutes? {
    target.isUnknown ? nil : routes.stack(target.stack)
  }

  /// Several targets, the gaps of which stand one after the other.
  private struct TargetSet {
    let targets: [PricedTarget]
    let gaps: [Gap]
    let offers: [[RouteOffer]]
    let targetOfGap: [Int]
    /// Where the gaps of each target stand.
    let ranges: [Range<Int>]

    init(_ targets: [PricedTarget]) {
      self.targets = targets
      gaps = targets.flatMap(\.target.gaps)
      offers = targets.flatMap(\.offers)
      targetOfGap = targets.indices.flatMap { index in
        targets[index].target.gaps.map { _ in index }
      }
      var ranges: [Range<Int>] = []
      for target in targets {
        let start = ranges.last?.upperBound ?? 0
        ranges.append(start..<(start + target.target.gaps.count))
      }
      self.ranges = ranges
    }
  }

  private func together(_ way: [RouteOffer?], _ set: TargetSet) -> Costing {
    Costing(paid(way, set, isExplained: true), choices: way.map { $0?.name }, effort)
  }

  private func paid(
    _ way: [RouteOffer?], _ set: TargetSet, isExplained: Bool = false
  ) -> [Term] {
    var ledger = Ledger(effort, policy)
    for (index, (priced, range)) in zip(set.targets, set.ranges).enumerated() {
      if index > 0 { ledger.beginFurtherTarget() }
      add(way[range], priced, to: &ledger, isFurther: index > 0)
      if isExplained { ledger.explainCrossings(crossingText(way[range], priced)) }
    }
    return ledger.terms
  }

  /// What is done otherwise than if each target were ported for itself, in words.
  private static func strategy(
    _ way: [RouteOffer?], _ apart: [RouteOffer?], _ gaps: [Gap]
  ) -> String {
    var operators: [(route: String, names: Set<String>)] = []
    for (gap, (offer, alone)) in zip(gaps, zip(way, apart)) where offer != alone {
      guard let offer else { continue }
      let name = gap.operatorName ?? gap.title
      if let place = operators.firstIndex(where: { $0.route == offer.name }) {
        operators[place].names.insert(name)
      } else {
        operators.append((offer.name, [name]))
      }
    }
    guard !operators.isEmpty else { return "each its own" }
    let changes = operators.map { route, names in
      let listed = names.sorted()
      let rest = listed.count > 3 ? " and \(listed.count - 3) more" : ""
      return "\(route) for \(listed.prefix(3).joined(separator: ", "))\(rest)"
    }
    return "each its own, but \(changes.joined(separator: "; "))"
  }
}

extension Estimator.Ways {
  /// Hours that no way to the target is below.
  fileprivate var leastHours: Double {
    best.isExact ? best.costing.range.mean : best.bound ?? 0
  }
}
