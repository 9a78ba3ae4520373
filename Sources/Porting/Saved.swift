package import Compatibility
package import ModelGraph

// What a saved report makes its estimates of again; what only an estimator needs is left empty.

extension OperatorSignature {
  /// Makes a signature that was saved.
  package init(saved operation: OperatorIdentity, types: String, ranks: String, mode: String) {
    self.init(operation: operation, types: types, ranks: ranks, mode: mode)
  }
}

extension EffortRules.OperatorClass {
  /// Makes a class that was saved.
  package init(
    saved name: String, triton: EffortRules.TritonCover, cpu: EffortRules.CPUCost,
    isHostOnly: Bool, note: String
  ) {
    self.init(name: name, triton: triton, cpu: cpu, isHostOnly: isHostOnly, note: note)
  }
}

extension Gap {
  /// Makes a piece of work that was saved, without its nodes.
  package init(
    saved signature: OperatorSignature?, operatorClass: EffortRules.OperatorClass?, nodes: Int,
    findings: [Finding], verdict: Verdict
  ) {
    self.init(
      signature: signature, operatorClass: operatorClass, nodes: nodes, firstNode: nil, members: [],
      findings: findings, verdict: verdict)
  }
}

extension Term {
  /// Makes a term that was saved.
  package init(
    saved part: RouteRules.Part, subject: String, route: String?, task: String, title: String,
    operatorClass: String?, hours: ThreePointHours, spread: Double?, count: Double,
    factor: Double, factorReason: String, calibration: Double, basis: String, isMeasured: Bool
  ) {
    self.init(
      part: part, subject: subject, route: route, task: task, title: title,
      operatorClass: operatorClass, hours: hours, spread: spread, count: count, factor: factor,
      factorReason: factorReason, calibration: calibration, basis: basis, isMeasured: isMeasured)
  }
}

extension Costing {
  /// Makes a costing that was saved.
  package init(saved terms: [Term], range: EffortRange, choices: [String?]) {
    self.terms = terms
    self.range = range
    self.choices = choices
  }
}

extension Estimate.WhatIf {
  /// Makes an assumption that was saved.
  package init(saved assumption: String, range: EffortRange?, remark: String?) {
    self.init(assumption: assumption, range: range, remark: remark)
  }
}

extension Estimate {
  /// Makes an estimate that was saved.
  package init(
    saved target: String, gaps: [Gap], best: Costing, byHand: Costing?, blocked: [Int],
    grade: Grade, gradeMeaning: String, size: Int, confidence: Confidence, reservations: [String],
    tritonEvidence: String, isExact: Bool, bound: Double?, whatIfs: [WhatIf], hoursPerDay: Double,
    daysPerWeek: Double,
    people: Int
  ) {
    self.init(
      target: target, gaps: gaps, best: best, byHand: byHand, blocked: blocked, grade: grade,
      gradeMeaning: gradeMeaning, size: size, confidence: confidence, reservations: reservations,
      tritonEvidence: tritonEvidence, isExact: isExact, bound: bound, whatIfs: whatIfs,
      hoursPerDay: hoursPerDay,
      daysPerWeek: daysPerWeek, people: people)
  }
}

extension SetEstimate {
  /// Makes an estimate of several targets that was saved.
  package init(
    saved targets: [String], best: Costing, strategy: String, byHand: Costing, apart: Double,
    isExact: Bool, bound: Double?, hoursPerDay: Double
  ) {
    self.init(
      targets: targets, best: best, strategy: strategy, byHand: byHand, apart: apart,
      isExact: isExact, bound: bound, hoursPerDay: hoursPerDay)
  }
}
