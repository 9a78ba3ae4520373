import Bytes
import Compatibility
import ModelGraph

/// How a text report is laid out.
public struct TextStyle: Sendable {
  /// Columns to fill.
  public let width: Int
  /// Whether to use terminal colours.
  public let usesColour: Bool
  /// Whether characters beyond ASCII can be shown.
  public let usesUnicode: Bool
  /// Whether all findings are shown, with evidence and help.
  public let isVerbose: Bool
  /// Whether findings that someone accepted are shown.
  public let showsSuppressed: Bool
  /// Whether every term of an estimate is listed.
  public let explainsEffort: Bool

  /// Makes a style; less than 40 columns are not laid out for.
  public init(
    width: Int, usesColour: Bool, usesUnicode: Bool, isVerbose: Bool,
    showsSuppressed: Bool = false, explainsEffort: Bool = false
  ) {
    self.width = max(width, 40)
    self.usesColour = usesColour
    self.usesUnicode = usesUnicode
    self.isVerbose = isVerbose
    self.showsSuppressed = showsSuppressed
    self.explainsEffort = explainsEffort
  }
}

extension ReportFormat {
  /// The page for people.
  public static let text = ReportFormat("text", for: .people, "a page for people") {
    report, options, sink in
    try TextReport.write(report, style: options.style, to: sink)
  }
}

/// The report for people: the verdict first, then why, then what to do next.
public enum TextReport {
  /// The report in memory.
  public static func text(_ report: Report, style: TextStyle) -> String {
    var bytes: [UInt8] = []
    write(report, style: style) { piece in
      bytes.append(contentsOf: piece)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes the report, a model at a time.
  static func write<Failure: Error>(
    _ report: Report, style: TextStyle, to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var page = TextPage(
      style: style, verdictCount: report.models.reduce(0) { $0 + $1.targets.count })
    for (index, model) in report.models.enumerated() {
      // Models that could not be read take one line each and stand together.
      let isList = index > 0 && model.failure != nil && report.models[index - 1].failure != nil
      if index > 0, !isList { page.line() }
      page.write(model)
      try page.handOver(to: sink)
    }
    page.writeSummary(of: report)
    page.writeEnd(of: report)
    try page.handOver(to: sink)
  }
}

extension Verdict {
  var colour: TextColour {
    switch self {
    case .supported: .green
    case .conditional, .fallback: .yellow
    case .unknown, .silent: .magenta
    case .unsupported: .red
    }
  }

  /// What the verdict means for the model, in one clause.
  func headline(throughPyTorch: Bool) -> String {
    switch self {
    case .supported: throughPyTorch ? "runs once it is in PyTorch" : "runs as it stands"
    case .conditional: "may run; some of it depends on what the file does not tell"
    case .fallback: "runs, in part on the host CPU"
    case .unknown: "not known; there is no evidence for some operators"
    case .silent: "converts, but computes something else"
    case .unsupported: "does not run as it stands"
    }
  }
}

extension Severity {
  var colour: TextColour {
    switch self {
    case .note: .faint
    case .warning: .yellow
    case .error: .red
    }
  }
}
