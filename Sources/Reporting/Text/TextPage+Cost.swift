import ModelGraph

extension TextPage {
  /// Operators shown unless the report is verbose.
  private static let shownOperators = 8

  mutating func write(_ cost: CostSummary) {
    entry("weights", "\(cost.parameters.grouped) elements, \(cost.weightBytes.bytesText)")
    entry(
      "work",
      "\(cost.flops.scaled)FLOP, \(cost.multiplyAdds.scaled)MAC"
        + open(cost.openNodes, cost.openLoops))
    let unsized =
      cost.unsizedValues > 0 ? "; \(cost.unsizedValues.counted("value")) of unknown size" : ""
    entry("activations", "\(cost.peakActivationBytes.bytesText) at their peak\(unsized)")
    if let intensity = cost.arithmeticIntensity {
      let tenths = Int64(min(intensity * 10, 1e15))
      entry(
        "traffic",
        "\(cost.bytesMoved.bytesText) moved, \(tenths / 10).\(tenths % 10) FLOP a byte")
    }
    for tokens in cost.tokenCosts {
      let cache = tokens.cacheBytes.map { ", cache of \($0.bytesText)" } ?? ""
      let before = tokens.pastTokens > 0 ? " after \(tokens.pastTokens.grouped)" : ""
      entry(
        tokens.newTokens == 1 ? "a token" : "a prompt",
        "\(tokens.newTokens.grouped) new\(before): \(tokens.flops.scaled)FLOP\(cache)"
          + open(tokens.openNodes, 0))
    }
    let shown = style.isVerbose ? cost.operators.count : Self.shownOperators
    for operation in cost.operators.prefix(shown) where operation.flops > 0 {
      let share =
        cost.flops > 0 ? min(Double(operation.flops) / Double(cost.flops) * 100, 100) : 0
      entry(
        "",
        "\(operation.operation.name) ×\(operation.nodes): \(operation.flops.scaled)FLOP, "
          + "\(Int64(share.rounded())) %")
    }
  }

  private mutating func entry(_ name: String, _ value: String) {
    paragraph(first: 2, rest: 15, "\(name.hardPadded(to: 12)) ", TextPiece(value, nil))
  }

  private func open(_ nodes: Int, _ loops: Int) -> String {
    var parts: [String] = []
    if nodes > 0 { parts.append("\(nodes.counted("node")) of unknown work") }
    if loops > 0 { parts.append("\(loops.counted("loop")) counted once") }
    return parts.isEmpty ? "" : "; \(parts.joined(separator: ", "))"
  }
}

extension Int64 {
  /// The number with a decimal prefix and a space, such as `2.8 G`.
  var scaled: String {
    let units: [(Int64, String)] = [
      (1_000_000_000_000_000, "P"), (1_000_000_000_000, "T"), (1_000_000_000, "G"),
      (1_000_000, "M"), (1_000, "k"),
    ]
    for (size, prefix) in units where self >= size { return "\(hundredths(of: size)) \(prefix)" }
    return "\(self) "
  }

  /// The number as people say it, such as `8.03 billion`.
  var inWords: String {
    let units: [(Int64, String)] = [
      (1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"),
    ]
    for (size, word) in units where self >= size { return "\(hundredths(of: size)) \(word)" }
    return grouped
  }

  /// How often a unit fits in, with two decimals.
  private func hundredths(of size: Int64) -> String {
    let hundredths = self / (size / 100)
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  /// The number as bytes, such as `2.80 GB`.
  var bytesText: String { "\(scaled)B" }
}
