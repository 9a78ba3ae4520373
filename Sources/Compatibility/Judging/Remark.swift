import Capabilities

/// One reason why a node is not simply supported.
struct Remark: Hashable, Sendable {
  let rule: Rule
  let verdict: Verdict
  let reason: String
  let help: String?
  let elementTypes: String?
  let evidence: [Evidence]
  /// Whether it says what holds for the whole front door.
  let isOfWholeDoor: Bool

  init(
    _ rule: Rule, _ verdict: Verdict, _ reason: String, help: String? = nil,
    elementTypes: String? = nil, evidence: [Evidence] = [], isOfWholeDoor: Bool = false
  ) {
    self.rule = rule
    self.verdict = verdict
    self.reason = reason
    self.help = help
    self.elementTypes = elementTypes
    self.evidence = evidence
    self.isOfWholeDoor = isOfWholeDoor
  }
}

/// What becomes of a node, with the reasons.
///
/// A class, so that the outcome which many nodes share is told by its identity.
final class Outcome: Sendable {
  let verdict: Verdict
  let remarks: [Remark]
  /// What the verdict rests on, the evidence of the deciding remarks included.
  let grounds: Grounds

  /// The worst of the remarks decides; none means supported, by what else it rests on.
  init(_ remarks: [Remark], restingOn grounds: Grounds = .none) {
    let verdict = remarks.map(\.verdict).max() ?? .supported
    self.verdict = verdict
    self.remarks = remarks
    self.grounds = remarks.reduce(grounds) { sum, remark in
      remark.verdict == verdict ? sum + Grounds(remark.evidence) : sum
    }
  }
}
