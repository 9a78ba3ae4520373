/// Where facts were read: one repository at one commit, one release, or one document.
///
/// A class, since many citations share one.
public final class EvidenceSource: Sendable, Hashable {
  /// What kind of place it is.
  public enum Kind: String, Sendable, CaseIterable {
    case sourceCode = "source code"
    case releasedBinary = "released binary"
    case vendorDocument = "vendor document"
    case press
    case derived
  }

  /// What kind of place it is.
  public let kind: Kind
  /// Repository, package or publisher, such as `hicann/ops-math`.
  public let repository: String
  /// Commit, release or edition.
  public let commit: String?
  /// Date of that commit or edition, as far as it is known.
  public let date: String?
  /// The date in numbers, when it is one.
  public let day: EvidenceDate?

  /// Makes a source.
  public init(kind: Kind, repository: String, commit: String? = nil, date: String? = nil) {
    self.kind = kind
    self.repository = repository
    self.commit = commit
    self.date = date
    day = date.flatMap(EvidenceDate.init)
  }

  /// Whether two sources are the same place.
  public static func == (left: EvidenceSource, right: EvidenceSource) -> Bool {
    left === right
      || left.kind == right.kind && left.repository == right.repository
        && left.commit == right.commit && left.date == right.date
  }

  /// Hashes what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(repository)
    hasher.combine(commit)
    hasher.combine(date)
  }

  /// A commit as people read it: the beginning of a hash, a release or edition in full.
  public static func shortened(commit: String) -> String {
    let isHash = commit.count == 40 && commit.allSatisfy(\.isHexDigit)
    return isHash ? String(commit.prefix(12)) : commit
  }
}

/// How far a fact can be trusted.
public enum Confidence: String, Sendable, CaseIterable, Comparable {
  case high
  case medium
  case low

  /// Whether `left` is trusted less than `right`.
  public static func < (left: Self, right: Self) -> Bool { left.distrust > right.distrust }

  private var distrust: Int {
    switch self {
    case .high: 0
    case .medium: 1
    case .low: 2
    }
  }
}

/// One place that a fact was read from.
public struct Evidence: Sendable, Hashable {
  /// The repository or document.
  public let source: EvidenceSource
  /// File or address inside the source.
  public let path: String?
  /// Line or lines, such as `78` or `35-72`.
  public let line: String?
  /// How far the fact can be trusted.
  public let confidence: Confidence

  /// Makes a citation.
  public init(
    source: EvidenceSource, path: String? = nil, line: String? = nil,
    confidence: Confidence = .high
  ) {
    self.source = source
    self.path = path
    self.line = line
    self.confidence = confidence
  }
}

extension Evidence: CustomStringConvertible {
  /// `repository@commit path:line (date, confidence)`, without what is not known.
  public var description: String {
    var text = source.repository
    if let commit = source.commit { text += "@\(commit)" }
    if let path { text += " \(path)" }
    if let line { text += path == nil ? " line \(line)" : ":\(line)" }
    let remarks = [source.date, confidence == .high ? nil : "\(confidence) confidence"]
    let known = remarks.compactMap(\.self)
    return known.isEmpty ? text : "\(text) (\(known.joined(separator: ", ")))"
  }
}
