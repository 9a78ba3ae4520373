import Bytes
import Compatibility
import Porting

extension JSONWriter {
  /// Writes what porting to a target costs.
  mutating func write(_ outcome: EstimateOutcome) {
    key("effort")
    object { json in
      switch outcome {
      case .none(let reason): json.text("noEstimateBecause", reason)
      case .estimate(let estimate): json.write(estimate)
      }
    }
  }

  /// Writes what porting was estimated to cost before, and what has changed since.
  mutating func write(_ before: EffortFigures, now: EffortFigures?) {
    key("effortBefore")
    object { json in json.writeMembers(of: before) }
    guard let now else { return }
    key("effortChange")
    object { json in
      for (old, new) in zip(before.quantiles, now.quantiles) {
        json.rounded("\(new.key)Days", new.value.value - old.value.value)
      }
    }
  }

  /// Writes grade, size and person-days as members.
  mutating func writeMembers(of figures: EffortFigures) {
    member("grade", figures.grade.rawValue)
    member("size", figures.size)
    key("complete")
    boolean(figures.isComplete)
    for (name, days) in figures.quantiles { rounded("\(name)Days", days.value) }
  }

  private mutating func write(_ estimate: Estimate) {
    member("grade", estimate.grade.rawValue)
    member("gradeMeaning", estimate.gradeMeaning)
    member("size", estimate.size)
    member("confidence", estimate.confidence.rawValue)
    rounded("judgementShare", estimate.best.judgementShare)
    rounded("hoursPerDay", estimate.hoursPerDay)
    member("people", estimate.people)
    range("best", estimate.best, estimate.hoursPerDay)
    if let byHand = estimate.byHand { range("byHand", byHand, estimate.hoursPerDay) }
    if let ratio = estimate.ratio { rounded("byHandToBest", ratio) }
    if let ratio = estimate.operatorRatio { rounded("byHandToBestOfOperators", ratio) }
    rounded("weeksP50", estimate.weeks(estimate.best.range.p50))
    rounded("weeksP90", estimate.weeks(estimate.best.range.p90))
    member("tritonEvidence", estimate.tritonEvidence)
    key("exact")
    boolean(estimate.isExact)
    if let bound = estimate.bound { rounded("lowerBoundHours", bound) }
    key("reservations")
    array { json in
      for text in estimate.reservations { json.text(text) }
    }
    key("work")
    array { json in
      for (index, gap) in estimate.gaps.enumerated() {
        json.write(gap, estimate.best.choices[index])
      }
    }
    guard !estimate.whatIfs.isEmpty else { return }
    key("whatIf")
    array { json in
      for whatIf in estimate.whatIfs { json.write(whatIf, estimate.hoursPerDay) }
    }
  }

  private mutating func write(_ gap: Gap, _ route: String?) {
    object { json in
      json.text("what", gap.title)
      if let name = gap.operatorName { json.text("operator", name) }
      if let name = gap.operatorClass?.name { json.member("class", name) }
      json.member("nodes", gap.nodes)
      json.member("verdict", gap.verdict.rawValue)
      json.key("rules")
      json.array { json in
        for rule in Set(gap.findings.map(\.rule.id)).sorted() { json.string(rule) }
      }
      json.key("route")
      if let route { json.string(route) } else { json.null() }
    }
  }

  private mutating func write(_ whatIf: Estimate.WhatIf, _ hoursPerDay: Double) {
    object { json in
      json.text("assumption", whatIf.assumption)
      if let remark = whatIf.remark { json.text("remark", remark) }
      if let range = whatIf.range { json.days(range, hoursPerDay) }
    }
  }

  /// Writes what several targets cost together.
  mutating func write(_ effort: SetEstimate) {
    key("effort")
    object { json in
      json.key("targets")
      json.array { json in
        for target in effort.targets { json.string(target) }
      }
      json.member("strategy", effort.strategy)
      json.range("best", effort.best, effort.hoursPerDay)
      json.range("byHand", effort.byHand, effort.hoursPerDay)
      json.rounded("byHandToBest", effort.ratio)
      json.rounded("apartExpectedDays", effort.apart / effort.hoursPerDay)
      json.key("exact")
      json.boolean(effort.isExact)
      if let bound = effort.bound { json.rounded("lowerBoundHours", bound) }
    }
  }

  private mutating func range(_ name: String, _ costing: Costing, _ hoursPerDay: Double) {
    key(name)
    object { json in
      json.days(costing.range, hoursPerDay)
      json.key("ledger")
      json.array { json in
        for term in costing.terms { json.write(term) }
      }
    }
  }

  private mutating func days(_ range: EffortRange, _ hoursPerDay: Double) {
    rounded("expectedHours", range.mean)
    rounded("deviationHours", range.deviation)
    rounded("p50Days", range.p50 / hoursPerDay)
    rounded("p80Days", range.p80 / hoursPerDay)
    rounded("p90Days", range.p90 / hoursPerDay)
  }

  private mutating func write(_ term: Term) {
    object { json in
      json.member("part", term.part.rawValue)
      json.text("for", term.subject)
      if let route = term.route { json.member("route", route) }
      json.member("task", term.task)
      json.member("title", term.title)
      if let name = term.operatorClass { json.member("class", name) }
      json.key("hours")
      json.array { json in
        json.double(term.hours.optimistic)
        json.double(term.hours.likely)
        json.double(term.hours.pessimistic)
      }
      if let spread = term.spread { json.rounded("spread", spread) }
      json.key("count")
      json.double(term.count)
      json.key("factor")
      json.double(term.factor)
      if !term.factorReason.isEmpty { json.member("factorReason", term.factorReason) }
      if term.calibration != 1 { json.rounded("calibration", term.calibration) }
      json.rounded("expectedHours", term.total.mean)
      json.member("basis", term.basis)
      json.key("measured")
      json.boolean(term.isMeasured)
    }
  }

  private mutating func rounded(_ name: String, _ value: Double) {
    key(name)
    double((value * 1000).rounded() / 1000)
  }
}
