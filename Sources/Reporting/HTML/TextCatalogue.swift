public import Bytes

/// What the page says in one language, read from `Rules/text`.
public struct TextCatalogue: Sendable {
  /// The value of the field `schema`.
  static let format = "regauge/text/1"

  /// The language tag (BCP 47), such as `en` or `zh`.
  public let language: String
  private let texts: [PageText: String]
  private let rules: [String: RuleText]
  private let phrases: [String: String]
  /// Phrases with places, those that say most by themselves first.
  private let patterns: [PhrasePattern]

  /// Reads a catalogue; `file` is the name that failures give.
  ///
  /// - Throws: `TextFailure` when it is not JSON, or a text is missing, unknown, twice or empty.
  public init(file: String, source: ByteSource) throws(TextFailure) {
    self = try source.withBytes { (bytes) throws(TextFailure) in
      var reader = CatalogueReader()
      do throws(JSONFailure) { return try reader.catalogue(bytes) } catch {
        throw TextFailure(
          file: file,
          failure: JSONFailure(reason: error.reason, position: error.position, path: reader.path))
      }
    }
  }

  init(
    language: String, texts: [PageText: String], rules: [String: RuleText],
    phrases: [String: String]
  ) {
    self.language = language
    self.texts = texts
    self.rules = rules
    self.phrases = phrases
    patterns = phrases.sorted { $0.key < $1.key }
      .compactMap { PhrasePattern($0.key, translation: $0.value) }
      .enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
      .map(\.element)
  }

  /// What a rule says of itself.
  struct RuleText: Sendable {
    /// What a finding states.
    let summary: String
    /// Why it matters.
    let rationale: String
    /// What usually helps.
    let help: String
  }

  /// A text with values in the places that it names in braces: `{count}` is the value,
  /// `{count:node|nodes}` the value with the first word after 1, else with the second.
  func callAsFunction(_ text: PageText, _ values: KeyValuePairs<String, String> = [:]) -> String {
    var rest = Substring(texts[text] ?? text.rawValue)
    var result = ""
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = rest[rest.index(after: open)..<close]
      result += rest[..<open]
      result += Self.value(of: name, values) ?? String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  private static func value(
    of place: Substring, _ values: KeyValuePairs<String, String>
  ) -> String? {
    let parts = place.split(separator: ":", maxSplits: 1)
    guard let value = values.first(where: { $0.key == parts[0] })?.value else { return nil }
    let words = parts.dropFirst().first?.split(separator: "|") ?? []
    guard words.count == 2 else { return value }
    return "\(value) \(words[value == "1" ? 0 : 1])"
  }

  /// What a rule says of itself, where the catalogue has it; English stands with the rules.
  func rule(_ id: String) -> RuleText? { rules[id] }

  /// A sentence of findings, efforts or routes in this language, where the catalogue has it or a
  /// pattern that it follows.
  ///
  /// Titles of tasks, reasons of findings and the like come as English from where they are made; what
  /// stands in the places of a pattern may be such a sentence again.
  func phrase(_ english: String) -> String? { phrase(english, depth: 3) }

  private func phrase(_ english: String, depth: Int) -> String? {
    if language == "en" { return english }
    if let known = phrases[english] { return known }
    guard depth > 0, english.utf8.count <= Self.longestPhrase else { return nil }
    for pattern in patterns {
      guard let values = pattern.values(in: english) else { continue }
      return pattern.filled(
        values.map { name, value in
          (name, phrase(String(value), depth: depth - 1) ?? String(value))
        })
    }
    return nil
  }

  /// Longer texts, as hostile names make them, are not looked at.
  private static let longestPhrase = 2000
}

/// Why a catalogue of texts could not be read, and where.
public struct TextFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// What is wrong in it.
  public let failure: JSONFailure

  /// The file, the place and the reason.
  public var description: String { "\(file): \(failure)" }
}

/// Reads a catalogue strictly.
private struct CatalogueReader {
  private var json = JSONReader(depthLimit: 4)
  /// The field that is being read.
  private(set) var path = ""

  mutating func catalogue(_ bytes: Span<UInt8>) throws(JSONFailure) -> TextCatalogue {
    var language: String?
    var isMarked = false
    var texts: [String: String]?
    var rules: [String: TextCatalogue.RuleText]?
    var phrases: [String: String]?
    try json.beginObject(bytes)
    while let key = try json.nextKey(bytes) {
      path = key
      switch key {
      case "schema" where !isMarked:
        guard try json.string(bytes) == TextCatalogue.format else {
          throw json.failure("expected \"\(TextCatalogue.format)\"", in: bytes)
        }
        isMarked = true
      case "language" where language == nil: language = try json.string(bytes)
      case "texts" where texts == nil:
        texts = try strings(bytes) { PageText(rawValue: $0) != nil }
      case "rules" where rules == nil: rules = try ruleTexts(bytes)
      case "phrases" where phrases == nil: phrases = try strings(bytes) { !$0.isEmpty }
      default: throw json.failure("is not a field, or stands twice", in: bytes)
      }
    }
    path = ""
    try json.end(bytes)
    guard isMarked, let language, !language.isEmpty, let texts else {
      throw json.failure("needs schema, language and texts", in: bytes)
    }
    if let missing = PageText.allCases.first(where: { texts[$0.rawValue] == nil }) {
      path = "texts.\(missing.rawValue)"
      throw json.failure("is missing", in: bytes)
    }
    let known = PageText.allCases.compactMap { key in texts[key.rawValue].map { (key, $0) } }
    return TextCatalogue(
      language: language, texts: Dictionary(uniqueKeysWithValues: known), rules: rules ?? [:],
      phrases: phrases ?? [:])
  }

  private mutating func ruleTexts(
    _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> [String: TextCatalogue.RuleText] {
    var found: [String: TextCatalogue.RuleText] = [:]
    try json.beginObject(bytes)
    while let id = try json.nextKey(bytes) {
      path = "rules.\(id)"
      guard id.hasPrefix("RG") else { throw json.failure("is no rule", in: bytes) }
      guard found[id] == nil else { throw json.failure("stands twice", in: bytes) }
      let names = ["summary", "rationale", "help"]
      let texts = try strings(bytes, names.contains)
      path = "rules.\(id)"
      guard let summary = texts[names[0]], let rationale = texts[names[1]],
        let help = texts[names[2]]
      else { throw json.failure("needs summary, rationale and help", in: bytes) }
      found[id] = TextCatalogue.RuleText(summary: summary, rationale: rationale, help: help)
    }
    return found
  }

  private mutating func strings(
    _ bytes: Span<UInt8>, _ isKnown: (String) -> Bool
  ) throws(JSONFailure) -> [String: String] {
    let field = path
    var found: [String: String] = [:]
    try json.beginObject(bytes)
    while let key = try json.nextKey(bytes) {
      path = "\(field).\(key)"
      guard isKnown(key) else { throw json.failure("is not a text of the page", in: bytes) }
      guard found[key] == nil else { throw json.failure("stands twice", in: bytes) }
      let text = try json.string(bytes)
      guard !text.isEmpty else { throw json.failure("is empty", in: bytes) }
      found[key] = text
    }
    return found
  }
}
