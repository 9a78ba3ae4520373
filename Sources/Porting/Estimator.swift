import Capabilities
import Compatibility
import ModelGraph

/// Estimates what porting costs, by tasks with hours and routes between findings and tasks.
public struct Estimator: Sendable {
  /// What work costs.
  public let effort: EffortRules
  /// Which ways there are.
  public let routes: RouteRules
  /// What the user knows or wants.
  public let policy: EstimatePolicy

  /// Prepares to estimate.
  public init(_ effort: EffortRules, _ routes: RouteRules, _ policy: EstimatePolicy = .init()) {
    self.effort = effort
    self.routes = routes
    self.policy = policy
  }

  /// What porting to one target costs.
  public func estimate(_ target: PortingTarget) -> EstimateOutcome {
    guard let stack = routes.stack(target.stack) else {
      return .none(because: "the evidence names no porting routes to \(target.stack)")
    }
    if target.gaps.contains(where: \.isUnknownAsAWhole) {
      return .none(because: "nothing is known of the operators that \(target.name) takes")
    }
    let plan = plan(target, stack, policy)
    let byHand = byHand(target, stack)
    // What was not tried must not make the chosen way dearer than one that is at hand.
    let isBetter = byHand.map { $0.isAllowed && $0.costing.range.mean < plan.costing.range.mean }
    let best = isBetter == true ? byHand?.costing ?? plan.costing : plan.costing
    let blocked = target.gaps.indices.filter { best.choices[$0] == nil }
    let grade = grade(best, target, blocked)
    let (confidence, reservations) = confidence(best, target, stack, blocked)
    let hours = effort.parameter("hours_per_person_day")
    return .estimate(
      Estimate(
        target: target.name, gaps: target.gaps, best: best, byHand: byHand?.costing,
        blocked: blocked, grade: grade, gradeMeaning: effort.meaning(of: grade),
        size: effort.size(ofDays: best.range.p50 / hours), confidence: confidence,
        reservations: reservations, isExact: plan.choice.isExact, bound: plan.choice.bound,
        whatIfs: policy.assumptions.map { whatIf($0, target, stack, best) }, hoursPerDay: hours,
        daysPerWeek: effort.parameter("workdays_per_week"), people: policy.people))
  }

  // MARK: Ways

  private struct Plan {
    let choice: RouteChoice
    let costing: Costing
  }

  private func plan(
    _ target: PortingTarget, _ stack: RouteRules.StackRoutes, _ policy: EstimatePolicy
  ) -> Plan {
    let catalogue = RouteCatalogue(effort: effort, rules: routes, target: target, stack: stack)
    let offers = target.gaps.map { catalogue.offers(for: $0, policy) }
    let choice = RouteChoice(offers, target.gaps) { way in
      costing(way, target, stack).range.mean
    }
    return Plan(choice: choice, costing: costing(choice.offers, target, stack))
  }

  private func byHand(
    _ target: PortingTarget, _ stack: RouteRules.StackRoutes
  ) -> (costing: Costing, isAllowed: Bool)? {
    var free = policy.byHand
    free.allowed = []
    free.denied = ["triton"]
    let plan = plan(target, stack, free)
    let names = plan.costing.choices.compactMap(\.self)
    guard names.contains("native") else { return nil }
    let isAllowed = policy.route == nil && names.allSatisfy { policy.allows($0) }
    return (plan.costing, isAllowed)
  }

  private func costing(
    _ way: [RouteOffer?], _ target: PortingTarget, _ stack: RouteRules.StackRoutes
  ) -> Costing {
    var ledger = Ledger(effort, policy)
    add(way, target, stack, to: &ledger)
    return Costing(ledger.ordered, choices: way.map { $0?.name }, effort)
  }

  private func add(
    _ way: [RouteOffer?], _ target: PortingTarget, _ stack: RouteRules.StackRoutes,
    to ledger: inout Ledger, isFurther: Bool = false
  ) {
    let usesTriton = way.contains { $0?.routes.contains { $0.need == .triton } ?? false }
    if !target.isTriton { ledger.addBringUp(stack.bringUp, of: stack.name) }
    if target.isTriton || usesTriton {
      ledger.addBringUp("S3", of: stack.name, further: isFurther)
    }
    for (gap, offer) in zip(target.gaps, way) {
      if let offer { ledger.add(gap, offer, stack) }
    }
    ledger.addModelWork(target.model, throughPyTorch: target.ability.door.speaks == .aten)
    ledger.endTarget()
  }

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
    var free = policy.byHand
    free.allowed = []
    free.denied = ["triton"]
    guard let best = costed.min(by: { $0.1.range.mean < $1.1.range.mean }) else { return nil }
    return SetEstimate(
      targets: known.map(\.target.name), best: best.1, strategy: best.0,
      byHand: together(known, free), apart: apart,
      hoursPerDay: effort.parameter("hours_per_person_day"))
  }

  private func together(
    _ targets: [(target: PortingTarget, stack: RouteRules.StackRoutes)], _ policy: EstimatePolicy
  ) -> Costing {
    var ledger = Ledger(effort, self.policy)
    var choices: [String?] = []
    for (index, (target, stack)) in targets.enumerated() {
      if index > 0 { ledger.beginFurtherTarget() }
      let way = plan(target, stack, policy).choice.offers
      add(way, target, stack, to: &ledger, isFurther: index > 0)
      choices += way.map { $0?.name }
    }
    return Costing(ledger.terms, choices: choices, effort)
  }

  // MARK: What it means

  private func grade(_ best: Costing, _ target: PortingTarget, _ blocked: [Int]) -> Grade {
    if !blocked.isEmpty || target.gaps.contains(where: { $0.verdict == .unknown }) { return .d }
    let names = Set(
      best.choices.compactMap(\.self).flatMap { $0.split(separator: "+") }.map(String.init))
    return routes.routes.filter { names.contains($0.name) }.map(\.grade).max() ?? .a
  }

  private func confidence(
    _ best: Costing, _ target: PortingTarget, _ stack: RouteRules.StackRoutes, _ blocked: [Int]
  ) -> (Estimate.Confidence, [String]) {
    var reservations: [String] = []
    let unknown = target.gaps.filter { $0.verdict == .unknown }
    if !unknown.isEmpty {
      let names = Set(unknown.compactMap(\.operatorName)).sorted().joined(separator: ", ")
      reservations.append("counted as if they had to be written, since nothing is known: \(names)")
    }
    for index in blocked {
      reservations.append("not in the sum, since no route is known: \(target.gaps[index].title)")
    }
    let hard = Set(target.gaps.compactMap(\.operatorClass?.name))
      .intersection(["control_flow", "opaque_context"])
    if !hard.isEmpty {
      reservations.append("classes that vary widely: \(hard.sorted().joined(separator: ", "))")
    }
    if target.gaps.indices.contains(where: { index in
      best.choices[index] == "triton" && target.gaps[index].operatorClass?.triton == .partial
    }) {
      reservations.append("some of the Triton kernels are of classes that Triton covers in part")
    }
    if best.choices.contains("triton"), !target.isTriton, target.ability.door.speaks == .onnx {
      reservations.append(
        "a Triton kernel has to be called from the door's own extension mechanism, which is not counted"
      )
    }
    let share = best.judgementShare
    let isKnown = policy.knownStacks.contains(stack.name)
    if !reservations.isEmpty || share > 2.0 / 3 { return (.low, reservations) }
    return (share < 0.05 && isKnown ? .high : .medium, reservations)
  }

  private func whatIf(
    _ assumption: Assumption, _ target: PortingTarget, _ stack: RouteRules.StackRoutes,
    _ best: Costing
  ) -> Estimate.WhatIf {
    var changed = target
    var policy = policy
    switch assumption {
    case .done(let name):
      changed = target.keeping { gap in
        gap.operatorName != name && gap.signature?.operation.description != name
      }
      guard changed.gaps.count < target.gaps.count else {
        return Estimate.WhatIf(
          assumption: assumption.description, range: nil,
          remark: "nothing is left to do for \(name)")
      }
    case .tritonEverywhere: policy = policy.pinning("triton")
    case .opset(let version):
      changed = target.keeping { !$0.isSolved(byOpset: version, on: target.ability) }
      guard changed.gaps.count < target.gaps.count else {
        return Estimate.WhatIf(
          assumption: assumption.description, range: nil,
          remark: "no finding goes away with opset \(version)")
      }
    }
    return Estimate.WhatIf(
      assumption: assumption.description, range: plan(changed, stack, policy).costing.range,
      remark: nil)
  }
}

extension Ledger {
  /// The terms in the order of the work, otherwise as they came.
  var ordered: [Term] {
    terms.enumerated().sorted { ($0.element.part, $0.offset) < ($1.element.part, $1.offset) }
      .map(\.element)
  }
}

extension Gap {
  /// Whether it says that the door's list holds nothing at all.
  fileprivate var isUnknownAsAWhole: Bool { signature == nil && verdict == .unknown }

  /// Whether the gap is about versions and another opset is taken.
  fileprivate func isSolved(byOpset version: Int64, on ability: DoorAbility) -> Bool {
    guard rules.isSubset(of: ["RG102", "RG110"]) else { return false }
    if let operation = signature?.operation {
      return operation.domain == "ai.onnx" && ability.takes(operation, inOpset: version)
    }
    return ability.door.opsets.contains {
      $0.domain == "ai.onnx" && $0.versions.contains(version)
    }
  }
}
