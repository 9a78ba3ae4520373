import Compatibility

/// The shares of nodes with each verdict as a row of cells.
struct ShareBar {
  private static let width = 20
  private let cells: [Verdict]

  /// Every share that is there takes at least one cell; the largest ones give way.
  init(_ row: Comparison.Row) {
    let shares = Verdict.allCases.map { ($0, row.nodeShare($0)) }.filter { $0.1 > 0 }
    var counts = shares.map { max(1, Int(($0.1 * Double(Self.width)).rounded())) }
    while let largest = counts.indices.max(by: { counts[$0] < counts[$1] }),
      counts.reduce(0, +) != Self.width
    {
      counts[largest] += counts.reduce(0, +) > Self.width ? -1 : 1
    }
    cells = zip(shares, counts).flatMap { Array(repeating: $0.0.0, count: $0.1) }
  }

  func text(usesUnicode: Bool) -> String {
    String(cells.map { Self.sign($0, usesUnicode) })
  }

  static func key(usesUnicode: Bool) -> String {
    let names = ["native", "conditional", "CPU", "unknown", "silent", "blocked"]
    return zip(Verdict.allCases, names).map { "\(sign($0, usesUnicode)) \($1)" }
      .joined(separator: ", ")
  }

  private static func sign(_ verdict: Verdict, _ usesUnicode: Bool) -> Character {
    switch verdict {
    case .supported: usesUnicode ? "█" : "#"
    case .conditional: usesUnicode ? "▓" : "+"
    case .fallback: usesUnicode ? "▒" : "c"
    case .unknown: "?"
    case .silent: "!"
    case .unsupported: usesUnicode ? "░" : "-"
    }
  }
}
