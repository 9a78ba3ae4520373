import Capabilities
public import Reporting
public import RuleFiles

extension Knowledge {
  /// The rule files behind some front doors, with their digests, by name: the operators' definitions,
  /// the stacks, the doors, those that take what they leave, and how ONNX maps to PyTorch if one of
  /// them speaks that; where efforts are estimated, what work costs as well.
  ///
  /// - Throws: `KnowledgeFailure` when one of them is missing.
  func files(
    behind doors: [FrontDoorName], effort: Bool, library: (FrontDoorName) -> FrontDoorName?
  ) throws(KnowledgeFailure) -> [RuleFileDigest] {
    do {
      let judging = try files(behind: doors)
      guard effort else { return judging.map { $0.digested(isOfEstimates: false) } }
      var all = try files(behind: doors + doors.compactMap(library))
      for folder in ["effort", "routes"] { all += try rules.files(under: folder) }
      let names = Set(judging.map(\.name))
      return all.map { $0.digested(isOfEstimates: !names.contains($0.name)) }
        .sorted { $0.name < $1.name }
    } catch { throw .rules(error) }
  }

  private func files(behind doors: [FrontDoorName]) throws(RuleFailure) -> [RuleFile] {
    var files = try rules.files(under: "operators")
    var waiting = doors
    var seen: Set<FrontDoorName> = []
    var speaksAten = false
    while let name = waiting.popLast() {
      guard seen.insert(name).inserted else { continue }
      let file = try rules.file("stacks/\(name.stack)/\(name.door).json")
      files.append(file)
      if ManifestReader.operatorSet(of: file.source) == .aten { speaksAten = true }
      if let host = ManifestReader.host(of: file.source) { waiting.append(host) }
    }
    for stack in Set(seen.map(\.stack)) {
      files.append(try rules.file("stacks/\(stack)/stack.json"))
    }
    if speaksAten { files.append(try rules.file("mappings/onnx-to-aten.json")) }
    return files.sorted { $0.name < $1.name }
  }
}

extension RuleFile {
  fileprivate func digested(isOfEstimates: Bool) -> RuleFileDigest {
    RuleFileDigest(name: name, sha256: digest, isOfEstimates: isOfEstimates)
  }
}

extension RuleSet {
  /// Which of some files are others than they were, each in a clause.
  public func changes(since files: [RuleFileDigest]) -> [String] {
    files.compactMap { before in
      guard let file = try? self.file(before.name) else {
        return "\(before.name.visible()) is no longer among the rules"
      }
      let digest = file.digest
      guard digest != before.sha256 else { return nil }
      return
        "\(before.name.visible()) has changed: sha256 \(before.sha256.prefix(12).description.visible()), "
        + "now \(digest.prefix(12))"
    }
  }
}
