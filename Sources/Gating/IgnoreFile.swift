public import Bytes
import Compatibility
import ModelGraph
import Reporting

/// Findings that a team decided to live with: `.regauge-ignore.json`.
public struct IgnoreFile: Sendable {
  /// The name that is looked for in the working folder.
  public static let name = ".regauge-ignore.json"
  /// Identifier of the schema of the file.
  public static let schema = "regauge/ignore/1"

  /// One decision; what it leaves out matches everything.
  struct Entry: Sendable {
    fileprivate(set) var rule: String?
    fileprivate(set) var model: Pattern?
    fileprivate(set) var target: Pattern?
    fileprivate(set) var operation: Pattern?
    fileprivate(set) var node: Pattern?
    fileprivate(set) var reason = ""
    fileprivate(set) var owner: String?
    fileprivate(set) var expires: String?
    /// The entry in words, for findings about it.
    fileprivate(set) var description = ""
  }

  /// Path of the file, for messages.
  let path: String
  let entries: [Entry]

  /// Reads the file.
  ///
  /// - Throws: `GateFailure` with the line when an entry has no reason, or a key is not known.
  public init(path: String, _ source: ByteSource) throws(GateFailure) {
    self.path = path
    var reader = MemberReader()
    var hasSchema = false
    var entries: [Entry] = []
    do {
      try source.withBytes { (bytes) throws(JSONFailure) in
        let known = ["schema", "$schema", "entries"]
        try reader.object(bytes, known: known) { (reader, key) throws(JSONFailure) in
          switch key {
          case "schema":
            try reader.schema(Self.schema, bytes)
            hasSchema = true
          case "$schema": try reader.skip(bytes)
          default:
            try reader.array(bytes) { (reader) throws(JSONFailure) in
              entries.append(try Self.entry(&reader, bytes))
            }
          }
        }
        try reader.end(bytes)
      }
    } catch { throw GateFailure(path, error) }
    guard hasSchema else {
      throw GateFailure(path: path, reason: "names no schema: add \"schema\": \"\(Self.schema)\"")
    }
    self.entries = entries
  }

  private static func entry(
    _ reader: inout MemberReader, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Entry {
    var entry = Entry()
    var parts: [String] = []
    let known = ["rule", "model", "target", "operator", "node", "reason", "owner", "expires"]
    try reader.object(bytes, known: known) { (reader, key) throws(JSONFailure) in
      let text = try reader.string(bytes)
      switch key {
      case "rule": entry.rule = text
      case "model": entry.model = Pattern(text)
      case "target": entry.target = Pattern(text)
      case "operator": entry.operation = Pattern(text)
      case "node": entry.node = Pattern(text)
      case "owner": entry.owner = text
      case "expires":
        guard isDay(text) else {
          throw reader.failure("\"\(text)\" is no day such as 2026-12-31", in: bytes)
        }
        entry.expires = text
      default: entry.reason = text
      }
      if ["rule", "model", "target", "operator", "node"].contains(key) {
        parts.append("\(key) \"\(text)\"")
      }
    }
    guard entry.reason.contains(where: { !$0.isWhitespace }) else {
      throw reader.failure("an entry has no \"reason\": say why the finding is accepted", in: bytes)
    }
    guard !parts.isEmpty else {
      throw reader.failure(
        "an entry names neither rule, model, target, operator nor node", in: bytes)
    }
    entry.description = parts.joined(separator: ", ")
    return entry
  }

  /// Whether a text is a day of the calendar, as `2026-12-31`.
  private static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], let month = Int(parts[1]), let day = Int(parts[2])
    else { return false }
    return parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
      && (1...12).contains(month) && (1...31).contains(day)
  }
}

extension IgnoreFile.Entry {
  func matches(_ finding: Finding, model path: String, target name: String) -> Bool {
    if let rule, rule != finding.rule.id, rule != finding.rule.name { return false }
    if let model, !model.matches(path.withoutLeadingDot) { return false }
    if let target, !target.matches(name) { return false }
    if let operation {
      guard let identity = finding.operation,
        operation.matches(identity.name) || operation.matches(identity.description)
      else { return false }
    }
    guard let node else { return true }
    // A finding names its first nodes only; what cannot be seen is not accepted.
    return finding.count == finding.nodes.count && !finding.nodes.isEmpty
      && finding.nodes.allSatisfy {
        node.matches($0.label) || node.matches("\($0.scope)/\($0.label)")
      }
  }
}

/// Which entries of an ignore file were of use in a run.
struct IgnoreUses {
  private let file: IgnoreFile?
  private let today: String
  private var isUsed: [Bool]
  private var wouldApply: [Bool]

  init(_ file: IgnoreFile?, today: String) {
    self.file = file
    self.today = today
    isUsed = Array(repeating: false, count: file?.entries.count ?? 0)
    wouldApply = isUsed
  }

  mutating func suppression(of finding: Finding, model: String, target: String) -> Suppression? {
    guard let file else { return nil }
    var first: Suppression?
    for (index, entry) in file.entries.enumerated()
    where entry.matches(finding, model: model, target: target) {
      if isExpired(entry) {
        wouldApply[index] = true
        continue
      }
      isUsed[index] = true
      first =
        first
        ?? Suppression(reason: entry.reason, owner: entry.owner, expires: entry.expires)
    }
    return first
  }

  private func isExpired(_ entry: IgnoreFile.Entry) -> Bool {
    entry.expires.map { $0 < today } ?? false
  }

  /// Entries that are out of date, or that match nothing.
  func findings() -> [Finding] {
    guard let file else { return [] }
    return file.entries.enumerated().compactMap { index, entry in
      if isExpired(entry) {
        let state = wouldApply[index] ? "what it accepted is back" : "it matches nothing any more"
        return AcceptanceExpired.finding(
          "\(file.path): the entry for \(entry.description) expired on \(entry.expires ?? ""); "
            + state)
      }
      guard !isUsed[index] else { return nil }
      return AcceptanceUnused.finding(
        "\(file.path): the entry for \(entry.description) matches no finding")
    }
  }
}
