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
    if target.isUnknown {
      return .none(because: "nothing is known of the operators that \(target.name) takes")
    }
    let found = ways(to: target, stack)
    let best = found.best.costing
    let blocked = target.gaps.indices.filter { best.choices[$0] == nil }
    let grade = grade(best, target, blocked)
    let (confidence, reservations) = confidence(found.best, target, stack, blocked)
    let hours = effort.parameter("hours_per_person_day")
    return .estimate(
      Estimate(
        target: target.name, gaps: target.gaps, best: best,
        byHand: found.hasKernels ? found.byHand.costing : nil,
        blocked: blocked, grade: grade, gradeMeaning: effort.meaning(of: grade),
        size: effort.size(ofDays: best.range.p50 / hours), confidence: confidence,
        reservations: reservations, tritonEvidence: tritonEvidence(stack),
        isExact: found.best.isExact, bound: found.best.bound,
        whatIfs: policy.assumptions.map { whatIf($0, target, stack, best) }, hoursPerDay: hours,
        daysPerWeek: effort.parameter("workdays_per_week"), people: policy.people))
  }

  // MARK: What it means

  /// What the evidence says of Triton against kernels by hand in a stack's dialect.
  private func tritonEvidence(_ stack: RouteRules.StackRoutes) -> String {
    guard stack.tritonOverrideShare != nil else {
      return "no Triton backend for \(stack.language) is in the evidence"
    }
    func ratio(_ name: String) -> String { "\(effort.parameter(name))" }
    switch stack.dialect {
    case .npu:
      return "in NPU dialects such as \(stack.language) a native kernel takes "
        + "\(ratio("native_to_triton_ratio_dsa")) times the hours of a Triton kernel (median over "
        + "classes); that weeks become days is supported here, and for several chips at once"
    case .cudaLike:
      return "on one CUDA-like chip (\(stack.language)) a native kernel takes only "
        + "\(ratio("native_to_triton_ratio_simt")) times the hours of a Triton kernel, and bringing "
        + "Triton up comes on top; that weeks become days is not supported for one such chip, only "
        + "for several at once"
    }
  }

  private func grade(_ best: Costing, _ target: PortingTarget, _ blocked: [Int]) -> Grade {
    if !blocked.isEmpty || target.gaps.contains(where: { $0.verdict == .unknown }) { return .d }
    let names = Set(
      best.choices.compactMap(\.self).flatMap { $0.split(separator: "+") }.map(String.init))
    return routes.routes.filter { names.contains($0.name) }.map(\.grade).max() ?? .a
  }

  /// At most so many reserves of chosen routes are told.
  private static let toldReserves = 6

  /// What the chosen rewrites depend on beyond what the file tells, each said once.
  private func reserves(of way: Way, _ target: PortingTarget) -> [String] {
    var told: [String] = []
    for (gap, offer) in zip(target.gaps, way.offers) {
      for reserve in offer?.reserves ?? [] {
        let text = "\(offer?.name ?? "") of \(gap.operatorName ?? "the model") only if: \(reserve)"
        if !told.contains(text) { told.append(text) }
      }
    }
    let rest = told.count - Self.toldReserves
    return rest > 0
      ? told.prefix(Self.toldReserves) + ["\(rest) more conditions of rewrites"] : told
  }

  private func confidence(
    _ way: Way, _ target: PortingTarget, _ stack: RouteRules.StackRoutes, _ blocked: [Int]
  ) -> (Estimate.Confidence, [String]) {
    let best = way.costing
    var reservations = reserves(of: way, target)
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
      assumption: assumption.description, range: way(priced(changed, stack, policy)).costing.range,
      remark: nil)
  }
}

extension PortingTarget {
  /// Whether nothing is known of the operators that the door takes.
  var isUnknown: Bool { gaps.contains(where: \.isUnknownAsAWhole) }
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
