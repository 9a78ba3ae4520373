import Compatibility
import ModelGraph
import Porting

extension PageWriter {
  /// Terms of one ledger that are listed.
  private static let mostTerms = 300

  /// Writes for each target every term of its estimate, so that the sum can be checked by hand.
  mutating func writeLedgers(_ rows: [Comparison.Row]) {
    element("p", text: say(.ledgerExplained))
    for row in rows {
      guard let estimate = row.target.effort?.estimate else { continue }
      guard hasRoom else { return element("p", ["class": "note"], text: say(.pageFull)) }
      html.newLine()
      element("details", ["class": "target"]) { page in
        page.element("summary") { page in
          page.element("code", text: row.target.target)
          page.html.write(
            text: " "
              + page.say(
                .ledgerHeadline,
                [
                  "terms": estimate.best.terms.count.grouped,
                  "hours": decimal(estimate.best.range.mean),
                ]))
        }
        page.writeReservations(of: estimate)
        page.writeLedger(of: estimate)
      }
    }
  }

  /// Writes how sure the estimate is and what limits it.
  private mutating func writeReservations(of estimate: Estimate) {
    element("p") { page in
      page.html.write(text: "\(estimate.grade.rawValue)\(estimate.size): ")
      page.write(phrase: estimate.gradeMeaning)
      page.html.write(
        text: " · "
          + page.say(
            .confidenceAndJudgement,
            [
              "confidence": page.say(estimate.confidence.text),
              "share": page.percent(estimate.best.judgementShare),
            ]))
    }
    for reservation in estimate.reservations {
      element("p", ["class": "note"]) { $0.write(phrase: reservation) }
    }
    if estimate.byHand != nil {
      element("p", ["class": "note"]) { $0.write(phrase: estimate.tritonEvidence) }
    }
    for whatIf in estimate.whatIfs {
      element("p", ["class": "note"]) { page in
        page.html.write(text: page.say(.whatIf, ["assumption": whatIf.assumption]) + " ")
        guard let range = whatIf.range else { return page.write(phrase: whatIf.remark ?? "–") }
        page.html.write(
          text: page.say(
            .personDaysRange,
            [
              "low": Self.days(estimate.days(range.p50)),
              "high": Self.days(estimate.days(range.p90)),
            ]))
      }
    }
  }

  private mutating func writeLedger(of estimate: Estimate) {
    let terms = estimate.best.terms
    table(
      "plain ledger", caption: say(.ledgerOf, ["target": estimate.target]),
      columns: [
        .finding, .subject, .route, .task, .hours, .count, .factor, .expectedHours, .basis,
      ]
    ) { page in
      for term in terms.prefix(Self.mostTerms) where page.hasRoom { page.write(term, estimate) }
      page.writeSum(of: estimate)
    }
    if terms.count > Self.mostTerms {
      element(
        "p", ["class": "note"],
        text: say(.moreTerms, ["count": (terms.count - Self.mostTerms).grouped]))
    }
  }

  private mutating func write(_ term: Term, _ estimate: Estimate) {
    element("tr", ["role": "row"]) { page in
      page.rowHeading { page in
        let rules = estimate.rules(of: term)
        if rules.isEmpty { page.html.write(text: page.say(.everyPort)) }
        for (place, rule) in rules.enumerated() {
          if place > 0 { page.html.write(text: ", ") }
          page.element("a", ["href": "#rule-\(rule)"], text: rule)
        }
      }
      page.cell(.subject, text: page.say.phrase(term.subject) ?? term.subject)
      page.cell(.route, text: term.route ?? "–")
      page.cell(.task) { page in
        page.html.write(text: term.task + (term.operatorClass.map { "/\($0)" } ?? ""))
        page.element("small") { $0.write(phrase: term.title) }
      }
      page.cell(.hours, number: true, text: page.points(term.hours))
      page.cell(.count, number: true, text: decimal(term.count))
      page.cell(.factor, number: true) { $0.writeFactor(of: term) }
      page.cell(.expectedHours, number: true) { page in
        page.html.write(text: decimal(term.total.mean))
        page.element("small", text: page.interval(of: term))
      }
      page.cell(.basis) { $0.write(phrase: term.basis) }
    }
    html.newLine()
  }

  private mutating func writeFactor(of term: Term) {
    html.write(text: decimal(term.factor))
    if !term.factorReason.isEmpty {
      element("small") { $0.write(phrase: term.factorReason) }
    }
    if term.calibration != 1 {
      element("small", text: say(.ownRecords, ["factor": decimal(term.calibration)]))
    }
  }

  private mutating func writeSum(of estimate: Estimate) {
    let range = estimate.best.range
    let hours = estimate.best.terms.reduce(0) { $0 + $1.total.mean }
    element("tr", ["role": "row", "class": "sum"]) { page in
      page.rowHeading { $0.html.write(text: $0.say(.sum)) }
      for column in [PageText.subject, .route, .task, .hours, .count, .factor] {
        page.cell(column, text: "")
      }
      page.cell(.expectedHours, number: true, text: decimal(hours))
      page.cell(
        .basis,
        text: page.say(
          .sumExplained,
          [
            "low": Self.days(estimate.days(range.p50)),
            "likely": Self.days(estimate.days(range.p80)),
            "high": Self.days(estimate.days(range.p90)), "hours": decimal(estimate.hoursPerDay),
          ]))
    }
  }

  /// What a term alone takes in 80 of 100 cases.
  func interval(of term: Term) -> String {
    "P10–P90 \(decimal(term.range.p10))–\(decimal(term.range.p90)) h"
  }

  private func points(_ hours: ThreePointHours) -> String {
    [hours.optimistic, hours.likely, hours.pessimistic].map { decimal($0) }.joined(separator: " / ")
  }
}

extension Estimate.Confidence {
  /// The word for it.
  var text: PageText {
    switch self {
    case .high: .highConfidence
    case .medium: .mediumConfidence
    case .low: .lowConfidence
    }
  }
}

extension Estimate {
  /// Identifiers of the rules whose findings ask for a term: those of the work that it names, or of
  /// all that goes its way; none for what every port needs.
  fileprivate func rules(of term: Term) -> [String] {
    guard let route = term.route else { return [] }
    let goingThisWay = gaps.indices.filter { place in
      best.choices.indices.contains(place)
        && best.choices[place]?.split(separator: "+").contains(Substring(route)) == true
    }
    let named = goingThisWay.filter { place in
      guard let signature = gaps[place].signature else { return false }
      return signature.description == term.subject
        || signature.operation.description == term.subject
    }
    let places = named.isEmpty ? goingThisWay : named
    return Set(places.flatMap { gaps[$0].findings.map(\.rule.id) }).sorted()
  }
}
