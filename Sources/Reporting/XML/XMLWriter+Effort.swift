import Compatibility
import ModelGraph
import Porting
import XMLDocuments

extension XMLWriter {
  /// Writes what porting to a target costs; pieces of work refer to the target's findings by place.
  ///
  /// `flops` are those of each piece of work, as far as a plan knows them.
  func write(_ outcome: EstimateOutcome, of findings: [Finding], flops: [Int64?]) {
    switch outcome {
    case .none(let reason): emptyElement("effort", ["none": reason.xml])
    case .estimate(let estimate): write(estimate, findings, flops)
    }
  }

  /// Writes what porting was estimated to cost in an earlier report.
  func write(_ before: EffortFigures) {
    emptyElement(
      "effort-before",
      [
        "grade": before.grade.rawValue, "size": String(before.size),
        "complete": before.isComplete ? "true" : "false", "p50-days": "\(before.p50.value)",
        "p80-days": "\(before.p80.value)", "p90-days": "\(before.p90.value)",
      ])
  }

  private func write(_ estimate: Estimate, _ findings: [Finding], _ flops: [Int64?]) {
    let places = Dictionary(
      findings.enumerated().map { ($1.fingerprint(on: ""), $0) },
      uniquingKeysWith: { first, _ in first })
    element(
      "effort",
      [
        "target": estimate.target.xml, "grade": estimate.grade.rawValue,
        "meaning": estimate.gradeMeaning.xml, "triton-evidence": estimate.tritonEvidence.xml,
        "size": String(estimate.size),
        "confidence": estimate.confidence.rawValue, "exact": estimate.isExact ? "true" : "false",
        "bound": estimate.bound.map { "\($0)" }, "hours-per-day": "\(estimate.hoursPerDay)",
        "days-per-week": "\(estimate.daysPerWeek)", "people": String(estimate.people),
      ]
    ) {
      for text in estimate.reservations { element("reservation", text: text.xml) }
      for (index, gap) in estimate.gaps.enumerated() {
        let flops = flops.indices.contains(index) ? flops[index] : nil
        write(gap, isBlocked: estimate.blocked.contains(index), flops, places)
      }
      write("best", estimate.best)
      if let byHand = estimate.byHand { write("by-hand", byHand) }
      for whatIf in estimate.whatIfs {
        emptyElement(
          "what-if",
          [
            "assumption": whatIf.assumption.xml, "remark": whatIf.remark?.xml,
            "mean": whatIf.range.map { "\($0.mean)" },
            "deviation": whatIf.range.map { "\($0.deviation)" },
          ])
      }
    }
  }

  private func write(_ gap: Gap, isBlocked: Bool, _ flops: Int64?, _ places: [String: Int]) {
    let kind = gap.operatorClass
    startElement(
      "work",
      [
        "nodes": String(gap.nodes), "verdict": gap.verdict.rawValue,
        "blocked": isBlocked ? "true" : nil, "flops": flops.map { String($0) },
        "findings": gap.findings.compactMap { places[$0.fingerprint(on: "")] }
          .map(String.init).joined(separator: " "),
      ])
    if let signature = gap.signature {
      startElement("operator")
      write(signature.operation)
      attribute("types", signature.types.xml)
      attribute("ranks", signature.ranks.xml)
      attribute("mode", signature.mode.xml)
      endElement()
    }
    if let kind {
      emptyElement(
        "class",
        [
          "name": kind.name.xml, "triton": kind.triton.rawValue, "cpu": kind.cpu.rawValue,
          "host-only": kind.isHostOnly ? "true" : nil, "note": kind.note.xml,
        ])
    }
    endElement()
  }

  /// Writes what several targets cost together.
  func write(_ effort: SetEstimate) {
    element(
      "effort-together",
      [
        "strategy": effort.strategy.xml, "apart": "\(effort.apart)",
        "exact": effort.isExact ? "true" : "false", "bound": effort.bound.map { "\($0)" },
        "hours-per-day": "\(effort.hoursPerDay)",
      ]
    ) {
      for target in effort.targets { emptyElement("target", ["name": target.xml]) }
      write("best", effort.best)
      write("by-hand", effort.byHand)
    }
  }

  private func write(_ name: String, _ costing: Costing) {
    element(
      name, ["mean": "\(costing.range.mean)", "deviation": "\(costing.range.deviation)"]
    ) {
      for choice in costing.choices { emptyElement("choice", ["route": choice?.xml]) }
      for term in costing.terms { write(term) }
    }
  }

  private func write(_ term: Term) {
    emptyElement(
      "term",
      [
        "part": term.part.rawValue, "subject": term.subject.xml, "route": term.route?.xml,
        "task": term.task.xml, "title": term.title.xml, "class": term.operatorClass?.xml,
        "optimistic": "\(term.hours.optimistic)", "likely": "\(term.hours.likely)",
        "pessimistic": "\(term.hours.pessimistic)", "spread": term.spread.map { "\($0)" },
        "count": "\(term.count)",
        "factor": "\(term.factor)", "factor-reason": term.factorReason.xml,
        "calibration": "\(term.calibration)", "basis": term.basis.xml,
        "measured": term.isMeasured ? "true" : "false",
      ])
  }
}
