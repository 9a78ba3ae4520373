/// Why reports cannot be put together.
public struct MergeFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, in plain words.
  public let reason: String

  /// The reason.
  public var description: String { reason }
}

extension Report {
  /// Puts reports together: the parts of one divided run, in whatever order they come, become what
  /// one run would have given; whole reports follow each other by their models' paths.
  ///
  /// What gates made of the findings is dropped, as a part cannot know what the others hold.
  ///
  /// - Throws: `MergeFailure` when a part is missing or there twice, when versions, rules or targets
  ///   differ, or when a model stands in two reports.
  public static func merged(_ reports: [Report]) throws(MergeFailure) -> Report {
    guard let first = reports.first else { throw MergeFailure(reason: "there are no reports") }
    for report in reports { try report.check(against: first) }
    let models = first.shard == nil ? sorted(reports) : try woven(reports)
    var seen: Set<String> = []
    for model in models where !seen.insert(model.path).inserted {
      throw MergeFailure(reason: "\(model.displayName) stands in two of the reports")
    }
    var merged = first.marked(nil).replacing(models: models).ungated
    merged.ruleFiles = Set(reports.flatMap(\.ruleFiles)).sorted {
      ($0.name, $0.sha256) < ($1.name, $1.sha256)
    }
    return merged
  }

  private func check(against first: Report) throws(MergeFailure) {
    guard toolVersion == first.toolVersion else {
      throw MergeFailure(
        reason: "the reports are of Regauge \(first.toolVersion.visible()) and "
          + toolVersion.visible())
    }
    guard rulesDigest == first.rulesDigest else {
      throw MergeFailure(
        reason: "the reports rest on different rules, sha256 \(first.rulesDigest.prefix(12)) and "
          + rulesDigest.prefix(12))
    }
    let targets = models.first { !$0.targets.isEmpty }?.targets.map(\.target)
    let others = first.models.first { !$0.targets.isEmpty }?.targets.map(\.target)
    guard targets == nil || others == nil || targets == others else {
      throw MergeFailure(reason: "the reports judge by different targets")
    }
  }

  private static func sorted(_ reports: [Report]) -> [ModelReport] {
    reports.flatMap(\.models).sorted { Array($0.path.utf8).lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Puts the models of parts back into the order they were divided in.
  private static func woven(_ reports: [Report]) throws(MergeFailure) -> [ModelReport] {
    var parts: [Int: [ModelReport]] = [:]
    let count = reports.first?.shard?.count ?? 0
    for report in reports {
      guard let shard = report.shard, shard.count == count else {
        throw MergeFailure(reason: "parts of different runs, or whole reports, are among them")
      }
      guard parts.updateValue(report.models, forKey: shard.index) == nil else {
        throw MergeFailure(reason: "the part \(shard) is there twice")
      }
    }
    // As few reports as were given can be missing only a few parts by name.
    if let missing = (1...count).first(where: { parts[$0] == nil }) {
      throw MergeFailure(reason: "the part \(missing)/\(count) is missing")
    }
    let longest = parts.values.map(\.count).max() ?? 0
    return (0..<longest).flatMap { row in
      (1...count).compactMap { index in
        parts[index].flatMap { row < $0.count ? $0[row] : nil }
      }
    }
  }
}

extension ModelReport {
  /// The same under another path.
  public func renamed(_ path: String) -> ModelReport {
    var copy = ModelReport(
      path: path, content: content, structure: structure, targets: targets, values: values,
      cost: cost)
    copy.effort = effort
    return copy
  }
}
