import Bytes
import ModelGraph

extension Finding {
  /// What makes two findings of one model the same from run to run, in 32 hexadecimal digits.
  ///
  /// Neither names of nodes and values, nor their order, nor places in the file count: the rule, the
  /// operator with its version, the types and the reason do. Findings about the model itself name
  /// values in their reasons, between quotes, which are left out. `target` is empty for these. How
  /// many person-days a port takes does not count either.
  public func fingerprint(on target: String) -> String {
    var hash = SHA256()
    let reason =
      rule == EffortAboveLimit.rule ? "" : verdict == nil ? reason.withoutQuotedParts : reason
    let parts = [
      "1", rule.id, target, operation?.description ?? "", sinceVersion.map(String.init) ?? "",
      elementTypes ?? "", verdict?.rawValue ?? "", reason,
    ]
    for part in parts {
      let text = part.shortened(to: Self.longestText)
      hash.update("\(text.utf8.count):\(text)")
    }
    return String(hash.hexadecimalDigest().prefix(32))
  }

  /// Code points of a text that reports hold; longer ones end in `…`.
  public static let longestText = 4096
}

extension String {
  /// The text unchanged but for its length: what is over `limit` code points gives way to `…`.
  package func shortened(to limit: Int) -> String {
    guard utf8.count > limit else { return self }
    let end = unicodeScalars.index(startIndex, offsetBy: limit, limitedBy: endIndex) ?? endIndex
    return end == endIndex ? self : self[..<end] + "…"
  }

  /// The text without what stands between straight quotes.
  fileprivate var withoutQuotedParts: String {
    split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .compactMap { $0.offset % 2 == 0 ? String($0.element) : nil }.joined(separator: "\"")
  }
}
