import Capabilities

extension TargetReport {
  /// How sure the verdicts are, as shares of the nodes; nil when there are none.
  var confidenceText: String? {
    guard nodeCount > 0 else { return nil }
    let sure = Confidence.allCases.map { ($0.rawValue, confidences[$0] ?? 0) }
    let rest = nodeCount - sure.reduce(0) { $0 + $1.1 }
    let shares = (sure + [("none", rest)]).filter { $0.1 > 0 }.map { name, count in
      "\(Share(count, of: nodeCount)) \(name)"
    }
    return "evidence, by confidence: \(shares.joined(separator: ", "))"
  }
}

/// A part of a whole in percent, where a part is never shown as none or as all unless it is.
struct Share: CustomStringConvertible {
  private let part: Double
  private let whole: Double

  init(_ part: some BinaryInteger, of whole: some BinaryInteger) {
    self.part = Double(part)
    self.whole = Double(whole)
  }

  /// Takes the part as a fraction of 1.
  init(_ fraction: Double) {
    part = fraction
    whole = 1
  }

  /// Whole percents; nil when there is no whole.
  var percent: Int? {
    guard whole > 0 else { return nil }
    switch part / whole * 100 {
    case ...0: return 0
    case 100...: return 100
    case let share: return min(99, max(1, Int(share.rounded())))
    }
  }

  /// Such as `12 %`; a part below one percent is `<1 %`.
  var description: String {
    guard let percent else { return "–" }
    return part > 0 && part / whole < 0.01 ? "<1 %" : "\(percent) %"
  }
}
