import Compatibility
import ModelGraph
import Porting
import XMLDocuments

extension EstimateOutcome {
  init(_ element: XMLElement, findings: [Finding]) throws(XMLFailure) {
    if let reason = element["none"] {
      self = .none(because: reason.fromXML)
      return
    }
    var gaps: [Gap] = []
    var blocked: [Int] = []
    for entry in element.children("work") {
      if entry["blocked"] == "true" { blocked.append(gaps.count) }
      gaps.append(try Gap(entry, findings))
    }
    var whatIfs: [Estimate.WhatIf] = []
    for entry in element.children("what-if") {
      whatIfs.append(
        Estimate.WhatIf(
          saved: try entry.text("assumption"),
          range: entry["mean"] == nil ? nil : try EffortRange(entry),
          remark: entry["remark"]?.fromXML))
    }
    let best = try Costing(try element.required("best"), choices: gaps.count)
    let byHand = try element.child("by-hand").map { (entry) throws(XMLFailure) in
      try Costing(entry, choices: gaps.count)
    }
    self = .estimate(
      Estimate(
        saved: try element.text("target"), gaps: gaps, best: best, byHand: byHand,
        blocked: blocked, grade: try element.choice("grade"),
        gradeMeaning: try element.text("meaning"), size: try element.count("size"),
        confidence: try element.choice("confidence"),
        reservations: element.children("reservation").map(\.text.fromXML),
        tritonEvidence: element["triton-evidence"]?.fromXML ?? "",
        isExact: element["exact"] == "true",
        bound: element["bound"] == nil ? nil : try element.number("bound"), whatIfs: whatIfs,
        hoursPerDay: try element.positiveNumber("hours-per-day"),
        daysPerWeek: try element.positiveNumber("days-per-week"),
        people: try element.count("people")))
  }
}

extension EffortFigures {
  init(_ element: XMLElement) throws(XMLFailure) {
    self.init(
      grade: try element.choice("grade"), size: try element.count("size"),
      p50: PersonDays(try element.number("p50-days")),
      p80: PersonDays(try element.number("p80-days")),
      p90: PersonDays(try element.number("p90-days")), isComplete: element["complete"] == "true")
  }
}

extension SetEstimate {
  init(_ element: XMLElement) throws(XMLFailure) {
    var targets: [String] = []
    for entry in element.children("target") { targets.append(try entry.text("name")) }
    self.init(
      saved: targets, best: try Costing(try element.required("best"), choices: nil),
      strategy: try element.text("strategy"),
      byHand: try Costing(try element.required("by-hand"), choices: nil),
      apart: try element.number("apart"), isExact: element["exact"] == "true",
      bound: element["bound"] == nil ? nil : try element.number("bound"),
      hoursPerDay: try element.positiveNumber("hours-per-day"))
  }
}

extension Gap {
  fileprivate init(_ element: XMLElement, _ findings: [Finding]) throws(XMLFailure) {
    var own: [Finding] = []
    for word in try element.text("findings").split(separator: " ") {
      guard let place = Int(word), findings.indices.contains(place) else {
        throw element.failure("refers to the finding '\(String(word).visible())', which is none")
      }
      own.append(findings[place])
    }
    var signature: OperatorSignature?
    if let entry = element.child("operator") {
      signature = OperatorSignature(
        saved: try OperatorIdentity(entry), types: try entry.text("types"),
        ranks: try entry.text("ranks"), mode: try entry.text("mode"))
    }
    var kind: EffortRules.OperatorClass?
    if let entry = element.child("class") {
      kind = EffortRules.OperatorClass(
        saved: try entry.text("name"), triton: try entry.choice("triton"),
        cpu: try entry.choice("cpu"), isHostOnly: entry["host-only"] == "true",
        note: try entry.text("note"))
    }
    self.init(
      saved: signature, operatorClass: kind, nodes: try element.count("nodes"), findings: own,
      verdict: try element.choice("verdict"))
  }
}

extension Costing {
  /// Reads a costing; where `choices` is given, there must be one for each piece of work.
  fileprivate init(_ element: XMLElement, choices count: Int?) throws(XMLFailure) {
    let choices = element.children("choice").map { $0["route"]?.fromXML }
    if let count, choices.count != count { throw element.failure("has not a choice for each work") }
    var terms: [Term] = []
    for entry in element.children("term") { terms.append(try Term(entry)) }
    self.init(saved: terms, range: try EffortRange(element), choices: choices)
  }
}

extension EffortRange {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    self.init(mean: try element.number("mean"), deviation: try element.number("deviation"))
  }
}

extension Term {
  fileprivate init(_ element: XMLElement) throws(XMLFailure) {
    self.init(
      saved: try element.choice("part"), subject: try element.text("subject"),
      route: element["route"]?.fromXML, task: try element.text("task"),
      title: try element.text("title"), operatorClass: element["class"]?.fromXML,
      hours: ThreePointHours(
        try element.number("optimistic"), try element.number("likely"),
        try element.number("pessimistic")),
      spread: element["spread"] == nil ? nil : try element.number("spread"),
      count: try element.number("count"), factor: try element.number("factor"),
      factorReason: try element.text("factor-reason"),
      calibration: try element.number("calibration"), basis: try element.text("basis"),
      isMeasured: element["measured"] == "true")
  }
}

extension XMLElement {
  /// An attribute that other numbers are divided by.
  fileprivate func positiveNumber(_ attribute: String) throws(XMLFailure) -> Double {
    let number = try number(attribute)
    guard number >= 0.001 else { throw failure("has \(attribute)=\"\(number)\", less than can be") }
    return number
  }

  /// An attribute that is a number, not less than 0 and not beyond what hours, or the like, can be.
  func number(_ attribute: String, upTo most: Double = 1e12) throws(XMLFailure) -> Double {
    let value = try text(attribute)
    guard let number = Double(value), number.isFinite, (0...most).contains(number) else {
      throw failure("has \(attribute)=\"\(value.visible())\", which is no possible number")
    }
    return number
  }
}
