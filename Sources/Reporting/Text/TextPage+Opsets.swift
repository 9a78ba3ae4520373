import Compatibility
import ModelGraph

extension TextPage {
  mutating func writeOpsets(_ comparison: Comparison) {
    let zones = comparison.targets.compactMap { row in
      row.target.profile?.opsets.map { (row.target.target, $0) }
    }
    guard let shared = comparison.opset, !zones.isEmpty else { return }
    line()
    line(TextPiece("Opsets", .bold))
    for (target, zone) in zones { write(zone, of: target) }
    guard zones.count > 1 else { return }
    if let opset = shared.opset {
      let rest =
        shared.others.isEmpty ? "" : "; not, or not whole: \(shared.others.joined(separator: ", "))"
      paragraph(
        first: 2, rest: 4,
        "One for all: opset \(opset) serves \(shared.served.joined(separator: ", "))\(rest)")
    } else {
      paragraph(first: 2, rest: 4, "One for all: none of them takes the whole model in any opset.")
    }
  }

  private mutating func write(_ zone: OpsetZone, of target: String) {
    guard !zone.opsets.isEmpty else {
      let blockers =
        zone.lowerEnd.isEmpty ? "" : "; at \(zone.current) it lacks \(zone.lowerEnd.names)"
      paragraph(
        first: 2, rest: 4, TextPiece(target, .bold),
        ": no opset takes all operators that some opset takes\(blockers)")
      return
    }
    var text = "opset \(zone.opsets.ranges)"
    if !zone.lowerEnd.isEmpty { text += "; lower end by \(zone.lowerEnd.names)" }
    if !zone.upperEnd.isEmpty { text += "; upper end by \(zone.upperEnd.names)" }
    if let to = zone.recommended, to != zone.current {
      text += "; convert to \(to)"
      text +=
        zone.missingAdapters.isEmpty
        ? " (the ONNX version converter has every step)"
        : " (the ONNX version converter has no step for "
          + zone.missingAdapters.prefix(3).map { "\($0.operation) \($0.from) to \($0.to)" }
          .joined(separator: ", ") + (zone.missingAdapters.count > 3 ? " …" : "")
          + ": export again)"
    } else {
      text += "; keep \(zone.current)"
    }
    if !zone.never.isEmpty { text += "; in no opset: \(zone.never.names)" }
    paragraph(first: 2, rest: 4, TextPiece(target, .bold), ": ", TextPiece(text, nil))
  }

  mutating func write(_ kernels: SharedKernels, _ model: ModelReport) {
    line()
    line(TextPiece("One Triton source on \(kernels.targets.count.counted("chip"))", .bold))
    let names = kernels.targets.map { String($0.prefix { $0 != "/" }) }
    paragraph(first: 2, rest: 4, "Chips: \(names.joined(separator: ", "))")
    let all = model.cost?.flops ?? 0
    for service in SharedKernels.Service.allCases {
      let total = kernels.total(of: service)
      guard total.operators > 0 else { continue }
      let share = all > 0 ? ", \(Share(total.flops, of: all)) of the FLOPs" : ""
      let chosen = kernels.operators.filter { $0.service == service }
      let list = chosen.prefix(8).map { entry in
        let chips = entry.because.map { String($0.prefix { $0 != "/" }) }
        let detail =
          service == .shared || chips.count == kernels.targets.count
          ? "" : " (\(chips.joined(separator: ", ")))"
        return entry.operation.shortName + detail
      }
      let rest = chosen.count > 8 ? " and \(chosen.count - 8) more" : ""
      paragraph(
        first: 2, rest: 4, TextPiece(service.title, nil),
        ": \(total.operators.counted("operator"))\(share): ",
        TextPiece(list.joined(separator: ", ") + rest, nil))
    }
  }
}

extension SharedKernels.Service {
  /// What it means, in a few words.
  fileprivate var title: String {
    switch self {
    case .shared: "one source serves all"
    case .chipSpecific: "by kernels of the chip's vendor on some"
    case .fallback: "on the host CPU of some"
    case .unknown: "not known for some"
    case .blocked: "blocked on some"
    }
  }
}

extension [OperatorIdentity] {
  /// The first few names.
  fileprivate var names: String {
    prefix(6).map(\.shortName).joined(separator: ", ") + (count > 6 ? " and \(count - 6) more" : "")
  }
}

extension [Int64] {
  /// Ascending numbers as ranges, such as `7–13, 15`.
  var ranges: String {
    var parts: [(Int64, Int64)] = []
    for number in self {
      if let last = parts.last, last.1 == number - 1 {
        parts[parts.count - 1].1 = number
      } else {
        parts.append((number, number))
      }
    }
    return parts.map { $0.0 == $0.1 ? "\($0.0)" : "\($0.0)–\($0.1)" }.joined(separator: ", ")
  }
}
