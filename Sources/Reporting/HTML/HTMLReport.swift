import Compatibility

extension ReportFormat {
  /// The page for browsers and printers.
  public static let html = ReportFormat(
    "html", for: .people, "one page with everything, for browsers and print"
  ) { report, options in
    guard let texts = options.texts else { throw HTMLFailure.noTexts }
    return HTMLReport.bytes(report, texts, showsSuppressed: options.style.showsSuppressed)
  }

  /// Whether it is the page, which needs texts and shows all that is known of each target.
  public var isPage: Bool { name == Self.html.name }

  /// Whether it holds all that a run found out: the page, and what pages can be made of again.
  public var isComplete: Bool { isPage || name == Self.xml.name }
}

/// Why a page could not be written.
public enum HTMLFailure: Error, Sendable, CustomStringConvertible {
  /// No language was chosen.
  case noTexts

  /// The failure in words.
  public var description: String { "the page needs a catalogue of texts (ReportOptions.texts)" }
}

/// The report as one HTML file that loads nothing: tables first, pictures beside them.
///
/// The page is whole without its script, which only filters, zooms and tells the age of evidence.
enum HTMLReport {
  /// Sections about further models or targets are left out once the page has this many bytes.
  static let budget = 4_500_000

  static func bytes(
    _ report: Report, _ texts: TextCatalogue, showsSuppressed: Bool
  ) -> [UInt8] {
    var page = PageWriter(texts: texts, showsSuppressed: showsSuppressed)
    page.element("html", ["lang": texts.language]) { page in
      page.writeHead(report)
      page.writeBody(report)
    }
    page.html.newLine()
    return page.html.bytes
  }
}

/// Writes the page, a part after the other.
struct PageWriter {
  var html = HTMLBuilder()
  let say: TextCatalogue
  let showsSuppressed: Bool

  init(texts: TextCatalogue, showsSuppressed: Bool) {
    say = texts
    self.showsSuppressed = showsSuppressed
  }

  /// Whether there is room for another section.
  var hasRoom: Bool { html.bytes.count < HTMLReport.budget }

  // MARK: Elements

  /// Writes an element with content of the page.
  mutating func element(
    _ name: StaticString, _ attributes: HTMLBuilder.Attributes = [:],
    _ content: (inout PageWriter) -> Void
  ) {
    html.begin(name, attributes)
    content(&self)
    html.end(name)
  }

  /// Writes an element that holds a text.
  mutating func element(
    _ name: StaticString, _ attributes: HTMLBuilder.Attributes = [:], text: String
  ) {
    html.element(name, attributes, text: text)
  }

  /// Writes a section with its heading, which names it for screen readers.
  mutating func section(
    _ id: String, _ title: PageText, _ content: (inout PageWriter) -> Void
  ) {
    html.newLine()
    element("section", ["id": id, "aria-labelledby": "\(id)-title"]) { page in
      page.element("h2", ["id": "\(id)-title"], text: page.say(title))
      content(&page)
    }
  }

  /// Writes a table in a box of its own that scrolls when the table is too wide.
  mutating func table(
    _ kind: String, caption: String, columns: [PageText],
    _ rows: (inout PageWriter) -> Void
  ) {
    scrolling(caption) { page in
      page.element("table", ["class": kind, "role": "table"]) { page in
        page.element("caption", text: caption)
        page.element("thead", ["role": "rowgroup"]) { page in
          page.element("tr", ["role": "row"]) { page in
            for column in columns {
              page.element(
                "th", ["scope": "col", "role": "columnheader"], text: page.say(column))
            }
          }
        }
        page.element("tbody", ["role": "rowgroup"], rows)
      }
    }
  }

  /// Writes a box that scrolls sideways, also by the keyboard.
  mutating func scrolling(_ label: String, _ content: (inout PageWriter) -> Void) {
    element(
      "div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": label], content)
  }

  /// Writes a cell; on narrow screens it is shown beside the heading of its column.
  mutating func cell(
    _ column: PageText, number: Bool = false, _ content: (inout PageWriter) -> Void
  ) {
    let attributes: HTMLBuilder.Attributes = [
      "role": "cell", "data-label": say(column), "class": number ? "number" : nil,
    ]
    element("td", attributes, content)
    html.newLine()
  }

  /// Writes a cell that holds a text.
  mutating func cell(_ column: PageText, number: Bool = false, text: String) {
    cell(column, number: number) { $0.html.write(text: text) }
  }

  /// Writes the heading of a row.
  mutating func rowHeading(_ content: (inout PageWriter) -> Void) {
    element("th", ["scope": "row", "role": "rowheader"], content)
  }

  /// Writes a verdict, as a word with its colour behind.
  mutating func badge(_ verdict: Verdict, short: Bool = false) {
    element(
      "span", ["class": "badge v-\(verdict.rawValue)"],
      text: say(short ? verdict.shortText : verdict.longText))
  }

  /// Writes a day of which the script tells the age.
  mutating func time(_ date: String) {
    element("time", ["datetime": date], text: date)
  }
}

extension Verdict {
  /// The word for it.
  var longText: PageText {
    switch self {
    case .supported: .supported
    case .conditional: .conditional
    case .fallback: .fallback
    case .unknown: .unknown
    case .silent: .silent
    case .unsupported: .unsupported
    }
  }

  /// A shorter word for narrow columns.
  var shortText: PageText {
    switch self {
    case .supported: .supportedShort
    case .conditional: .conditionalShort
    case .fallback: .fallbackShort
    case .unknown: .unknownShort
    case .silent: .silentShort
    case .unsupported: .unsupportedShort
    }
  }

  /// What it means for nodes.
  var meaning: PageText {
    switch self {
    case .supported: .supportedMeaning
    case .conditional: .conditionalMeaning
    case .fallback: .fallbackMeaning
    case .unknown: .unknownMeaning
    case .silent: .silentMeaning
    case .unsupported: .unsupportedMeaning
    }
  }

  /// What it means for a model, in one clause.
  func answer(throughPyTorch: Bool) -> PageText {
    switch self {
    case .supported: throughPyTorch ? .supportedThroughPyTorch : .supportedHeadline
    case .conditional: .conditionalHeadline
    case .fallback: .fallbackHeadline
    case .unknown: .unknownHeadline
    case .silent: .silentHeadline
    case .unsupported: .unsupportedHeadline
    }
  }
}
