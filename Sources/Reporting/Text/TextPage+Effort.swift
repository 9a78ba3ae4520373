import Porting

extension TextPage {
  /// Writes what porting to a target costs.
  mutating func write(_ outcome: EstimateOutcome, before: EffortFigures?) {
    switch outcome {
    case .none(let reason):
      paragraph(first: 2, rest: 4, TextPiece("effort: no estimate, because \(reason)", nil))
    case .estimate(let estimate): write(estimate)
    }
    guard let before else { return }
    let isSame = before == EffortFigures(outcome)
    paragraph(first: 4, rest: 6, "before: ", TextPiece(isSame ? "the same" : before.text, nil))
  }

  private mutating func write(_ estimate: Estimate) {
    let range = estimate.text(estimate.best.range)
    let sum = estimate.blocked.isEmpty ? "" : "at least "
    paragraph(
      first: 2, rest: 4,
      TextPiece(
        "effort: \(estimate.grade.rawValue)\(estimate.size) – \(sum)\(range) "
          + "(\(estimate.weeksText)); \(estimate.confidence.rawValue) confidence, "
          + "\(percent(estimate.best.judgementShare)) of it judgement", nil))
    if let routes = estimate.routeText {
      paragraph(first: 4, rest: 6, "by: ", TextPiece(routes, nil))
    }
    if let text = estimate.byHandText { paragraph(first: 4, rest: 6, TextPiece(text, nil)) }
    for whatIf in estimate.whatIfs {
      let text = whatIf.range.map { estimate.text($0) } ?? whatIf.remark ?? ""
      paragraph(first: 4, rest: 6, "if \(whatIf.assumption): ", TextPiece(text, nil))
    }
    guard style.isVerbose || style.explainsEffort else { return }
    for reservation in estimate.reservations {
      paragraph(first: 4, rest: 6, "note: ", TextPiece(reservation, nil))
    }
    if estimate.byHand != nil {
      paragraph(first: 4, rest: 6, "evidence: ", TextPiece(estimate.tritonEvidence, nil))
    }
    if let bound = estimate.bound {
      paragraph(
        first: 4, rest: 6,
        TextPiece(
          "not all combinations of routes were tried; none is expected to take less than "
            + "\(PersonDays(estimate.days(bound))) person-days, this one takes "
            + "\(PersonDays(estimate.days(estimate.best.range.mean)))", nil))
    }
    if style.explainsEffort { writeLedger(of: estimate) }
  }

  /// Writes every term, so that the sum can be checked by hand.
  private mutating func writeLedger(of estimate: Estimate) {
    for term in estimate.best.terms {
      let reason = term.factorReason.isEmpty ? "" : " (\(term.factorReason))"
      let own = term.calibration == 1 ? "" : " × \(decimal(term.calibration)) (own records)"
      let total = term.total
      paragraph(
        first: 4, rest: 8,
        TextPiece(
          "\(term.part.rawValue): \(term.subject)\(term.route.map { " → \($0)" } ?? "") → "
            + "\(term.task)\(term.operatorClass.map { "/\($0)" } ?? "") \(term.title): "
            + "\(term.hours.text) h × \(decimal(term.count)) × \(decimal(term.factor))"
            + "\(reason)\(own) = \(total.text) h, expected \(decimal(total.mean)) h, "
            + "\(spread(of: term)); "
            + "\(term.basis)", nil))
    }
    paragraph(
      first: 4, rest: 6,
      TextPiece(
        "sum: expected \(decimal(estimate.best.range.mean)) h, standard deviation "
          + "\(decimal(estimate.best.range.deviation)) h; a person-day is "
          + "\(decimal(estimate.hoursPerDay)) h", nil))
  }

  /// Writes what several targets cost together.
  mutating func write(_ effort: SetEstimate) {
    line()
    func days(_ hours: Double) -> PersonDays { PersonDays(hours / effort.hoursPerDay) }
    func range(_ costing: Costing) -> String {
      PersonDays.range(days(costing.range.p50), days(costing.range.p90))
    }
    paragraph(
      first: 0, rest: 2, TextPiece("Together", .bold),
      TextPiece(
        " on \(effort.targets.joined(separator: ", ")): "
          + "\(range(effort.best)) person-days (P50–P90), "
          + "by \(effort.strategy); by hand \(range(effort.byHand)), "
          + "\(decimal(effort.ratio)) times as much; "
          + "each on its own \(days(effort.apart)) expected", nil))
    guard let bound = effort.bound, style.isVerbose || style.explainsEffort else { return }
    paragraph(
      first: 2, rest: 4,
      TextPiece(
        "not all combinations of routes were tried; none is below \(days(bound)) person-days", nil))
  }

  /// The deviation that a line counts with, and what follows for it alone.
  private func spread(of term: Term) -> String {
    let range = term.range
    let spread =
      term.spread.map { "spread \(decimal($0, hundredths: true))" }
      ?? "standard deviation \(decimal(range.deviation)) h"
    return "\(spread), P10–P90 \(decimal(range.p10))–\(decimal(range.p90)) h"
  }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

extension Estimate {
  /// The range in words, in person-days.
  func text(_ range: EffortRange) -> String {
    "\(PersonDays(days(range.p50))) person-days (P50), \(PersonDays(days(range.p80))) (P80), "
      + "\(PersonDays(days(range.p90))) (P90)"
  }

  /// Person-days of a way, from P50 to P90.
  func personDays(of costing: Costing) -> String {
    PersonDays.range(
      PersonDays(days(costing.range.p50)), PersonDays(days(costing.range.p90)))
  }

  fileprivate var weeksText: String {
    let who = people == 1 ? "one person" : "\(people) people"
    return "\(decimal(weeks(best.range.p50)))–\(decimal(weeks(best.range.p90))) weeks for \(who)"
  }

  /// How many pieces of work go which way; nil when there are none.
  fileprivate var routeText: String? {
    var names: [String] = []
    for name in best.choices.compactMap(\.self) where !names.contains(name) { names.append(name) }
    guard !names.isEmpty || !blocked.isEmpty else { return nil }
    var parts = names.map { name in
      let operators = Set(
        gaps.indices.filter { best.choices[$0] == name }
          .compactMap { gaps[$0].operatorName }
      ).sorted()
      let list = operators.prefix(4).joined(separator: ", ")
      let rest = operators.count > 4 ? " and \(operators.count - 4) more" : ""
      return operators.isEmpty ? name : "\(name) (\(list)\(rest))"
    }
    if !blocked.isEmpty {
      let names = Set(blocked.map { gaps[$0].operatorName ?? gaps[$0].title }).sorted()
      parts.append("no route known for \(names.prefix(4).joined(separator: ", "))")
    }
    return parts.joined(separator: "; ")
  }

  /// Native kernels for everything, beside the best way.
  fileprivate var byHandText: String? {
    guard let byHand, let ratio else { return nil }
    let range =
      "native kernels by hand: \(personDays(of: byHand)) person-days"
    let operators =
      operatorRatio.map { ", of operators alone \(decimal($0)) times" } ?? ""
    guard ratio > 1.05 else { return "\(range); no other route is much cheaper" }
    return "\(range), \(decimal(ratio)) times the best route\(operators)"
  }
}
