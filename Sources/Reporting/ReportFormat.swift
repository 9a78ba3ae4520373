import Bytes

/// A form that reports are written in: one value in one file.
public struct ReportFormat: Sendable {
  /// Whom a form is for.
  public enum Audience: Sendable {
    /// People who read it as it is; it says what went wrong with a model.
    case people
    /// Programs that take everything from it, digests of models included.
    case programs
    /// Systems that show it in a way of their own.
    case systems
  }

  /// The word that users choose it by.
  public let name: String
  /// What it is for, in a few words.
  public let summary: String
  /// Whom it is for.
  public let audience: Audience
  /// Takes the bytes of a report, piece by piece.
  public typealias Sink = (Span<UInt8>) throws -> Void

  /// Writes a report in this form, piece by piece where reports of many models are long.
  ///
  /// - Throws: What the sink throws, and what the writer throws, such as `XMLWriteFailure` when memory
  ///   runs out.
  public let write: @Sendable (Report, ReportOptions, @escaping Sink) throws -> Void

  /// Makes a form that is written piece by piece.
  init(
    _ name: String, for audience: Audience, _ summary: String,
    write: @escaping @Sendable (Report, ReportOptions, @escaping Sink) throws -> Void
  ) {
    self.name = name
    self.summary = summary
    self.audience = audience
    self.write = write
  }

  /// Makes a form that never gets long.
  init(
    _ name: String, for audience: Audience, _ summary: String,
    bytes: @escaping @Sendable (Report, ReportOptions) throws -> [UInt8]
  ) {
    self.init(name, for: audience, summary) { report, options, sink in
      let text = try bytes(report, options)
      try sink(text.span)
    }
  }

  /// The bytes of a report in this form.
  ///
  /// - Throws: What the writer throws, such as `XMLWriteFailure` when memory runs out.
  public func bytes(_ report: Report, _ options: ReportOptions) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try write(report, options) { piece in
      bytes.append(contentsOf: piece)
    }
    return bytes
  }

  /// Every form, in the order of the help.
  public static let all: [ReportFormat] = [
    .text, .concise, .markdown, .json, .jsonLines, .csv, .xml, .junit, .sarif, .github, .gitlab,
    .azure, .html,
  ]

  /// Every form of a comparison.
  public static let comparisons: [ReportFormat] = [
    .comparisonText, .comparisonMarkdown, .comparisonJSON, .xml, .html,
  ]

  /// The form of that name.
  public static func named(_ name: String) -> ReportFormat? { all.first { $0.name == name } }
}

/// What users can choose about the forms.
public struct ReportOptions: Sendable {
  /// How the text form is laid out.
  public let style: TextStyle
  /// For whom JUnit is written.
  public let junitDialect: JUnitDialect
  /// For whom SARIF is written.
  public let sarifProfile: SARIFProfile
  /// What the page says, in the language that was chosen; nil for forms that need none.
  public let texts: TextCatalogue?
  /// How the text form of a comparison is laid out.
  public let layout: ComparisonText.Layout

  /// Makes options.
  public init(
    style: TextStyle, junitDialect: JUnitDialect = .strict, sarifProfile: SARIFProfile = .standard,
    texts: TextCatalogue? = nil, layout: ComparisonText.Layout = .stacks
  ) {
    self.style = style
    self.junitDialect = junitDialect
    self.sarifProfile = sarifProfile
    self.texts = texts
    self.layout = layout
  }
}
