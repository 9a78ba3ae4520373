/// How a front door compares a node's version with the versions an operator record names.
public enum VersionMatching: String, Sendable, CaseIterable {
  /// The model's opset for the domain must be among the record's versions.
  case modelOpset
  /// The since-version of the node's schema must lie in a range; an open range takes its start only.
  case sinceVersion
  /// Versions are not compared.
  case any
}

/// The operator-set versions that a record speaks of, such as `8-18`, `8,10-18`, `13+` or `any`.
public struct VersionSet: Sendable, Hashable {
  /// Consecutive versions; without an end the range is open.
  public struct Range: Sendable, Hashable {
    /// The first version.
    public let from: Int64
    /// The last version, or nil when the range is open.
    public let through: Int64?
  }

  /// The ranges in ascending order; nil means any version.
  public let ranges: [Range]?

  /// Every version.
  public static let any = VersionSet(ranges: nil)

  private init(ranges: [Range]?) {
    self.ranges = ranges
  }

  /// Reads the written form; nil unless the ranges are ascending, apart and not empty.
  public init?(_ text: String) {
    if text == "any" {
      self = .any
      return
    }
    var ranges: [Range] = []
    for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let range = Self.range(part) else { return nil }
      if let last = ranges.last {
        guard let end = last.through, end < range.from else { return nil }
      }
      ranges.append(range)
    }
    self.init(ranges: ranges)
  }

  private static func range(_ text: Substring.UTF8View) -> Range? {
    if text.last == UInt8(ascii: "+") {
      guard let from = version(text.dropLast()) else { return nil }
      return Range(from: from, through: nil)
    }
    guard let dash = text.firstIndex(of: UInt8(ascii: "-")) else {
      guard let from = version(text) else { return nil }
      return Range(from: from, through: from)
    }
    guard let from = version(text[..<dash]), let through = version(text[dash...].dropFirst()),
      through >= from
    else { return nil }
    return Range(from: from, through: through)
  }

  private static func version(_ text: Substring.UTF8View) -> Int64? {
    guard text.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return Int64(Substring(text))
  }

  /// Whether `version` is in the set, an open range having no upper end.
  public func contains(_ version: Int64) -> Bool {
    guard let ranges else { return true }
    return ranges.contains { $0.from <= version && version <= $0.through ?? .max }
  }

  /// Whether ONNX Runtime's rule lets a kernel with these versions take a schema's since-version.
  ///
  /// A range with an end takes every since-version inside; an open range only the one it starts at,
  /// because the runtime does not trust a kernel with definitions that came after it.
  public func takes(sinceVersion: Int64) -> Bool {
    guard let ranges else { return true }
    return ranges.contains { range in
      guard let through = range.through else { return range.from == sinceVersion }
      return range.from <= sinceVersion && sinceVersion <= through
    }
  }

  /// Whether a node fits under the rule of its front door.
  public func matches(opset: Int64, sinceVersion: Int64?, by rule: VersionMatching) -> Bool? {
    switch rule {
    case .any: true
    case .modelOpset: contains(opset)
    case .sinceVersion: sinceVersion.map { takes(sinceVersion: $0) } ?? (ranges == nil ? true : nil)
    }
  }
}

extension VersionSet: CustomStringConvertible {
  /// The written form.
  public var description: String {
    guard let ranges else { return "any" }
    let parts = ranges.map { range in
      guard let through = range.through else { return "\(range.from)+" }
      return through == range.from ? "\(range.from)" : "\(range.from)-\(through)"
    }
    return parts.joined(separator: ",")
  }
}
