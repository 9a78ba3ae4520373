public import Bytes

/// One file of a rule set.
public struct RuleFile: Sendable {
  /// Path below the set's root, with forward slashes, such as `operators/ai.onnx.json`.
  public let name: String
  /// Where the file is, for messages: a path that can be opened, or `embedded:` and the name.
  public let location: String
  /// Its bytes.
  public let source: ByteSource

  /// Makes a file.
  public init(name: String, location: String, source: ByteSource) {
    self.name = name
    self.location = location
    self.source = source
  }

  /// SHA-256 of its bytes, in hexadecimal digits.
  public var digest: String {
    var hash = SHA256()
    source.withBytes { hash.update($0) }
    return hash.hexadecimalDigest()
  }
}

/// The rules that a run goes by: operator facts and manifests of accelerator stacks.
///
/// A set is only located when it is made; its files are opened when they are asked for.
public struct RuleSet: Sendable {
  /// How a rule set was found.
  public enum Origin: Sendable, Hashable {
    /// The user named the folder.
    case directory(String)
    /// The environment variable `REGAUGE_RULES` names the folder.
    case environment(String)
    /// The folder is installed beside the executable.
    case installed(String)
    /// The files are part of the binary.
    case embedded
  }

  /// How this set was found.
  public let origin: Origin
  private let storage: Storage
  /// The digest, when it was computed before; nil for folders.
  private let knownDigest: String?

  /// Where the files are kept.
  private enum Storage: Sendable {
    case folder(String)
    case table([RuleFile])
  }

  /// Makes the set of the files in a folder.
  ///
  /// - Throws: `RuleFailure`, with `help` as advice, when there is no folder `operators` in it.
  init(folder: String, origin: Origin, help: String) throws(RuleFailure) {
    self.origin = origin
    storage = .folder(folder)
    knownDigest = nil
    guard try RuleEntries(folder: folder, help: help).directories.contains("operators") else {
      throw RuleFailure(path: folder, reason: "has no folder operators", help: help)
    }
  }

  /// Makes the set of files that are in the binary.
  ///
  /// - Throws: `RuleFailure` when there are none.
  package init(embedded files: [RuleFile], digest: String? = nil) throws(RuleFailure) {
    guard !files.isEmpty else {
      throw RuleFailure(
        path: "regauge", reason: "no rules are embedded in this build",
        help: "name a folder of rules, or set \(Self.environmentVariable) to one")
    }
    origin = .embedded
    storage = .table(files.sorted { $0.name < $1.name })
    knownDigest = digest
  }
}

// MARK: - Files

extension RuleSet {
  /// The JSON files directly in a folder such as `operators` or `stacks/x`, sorted by name.
  ///
  /// - Throws: `RuleFailure` when the folder is missing or one of its files cannot be read.
  public func files(under path: String) throws(RuleFailure) -> [RuleFile] {
    var files: [RuleFile] = []
    for name in try entries(of: path).files { files.append(try file("\(path)/\(name)")) }
    return files
  }

  /// The names of the folders directly in a folder such as `stacks`, sorted.
  ///
  /// - Throws: `RuleFailure` when the folder is missing or cannot be read.
  public func directories(under path: String) throws(RuleFailure) -> [String] {
    try entries(of: path).directories
  }

  /// The file of a name such as `stacks/x/stack.json`.
  ///
  /// - Throws: `RuleFailure` when there is no such file or it cannot be read.
  public func file(_ name: String) throws(RuleFailure) -> RuleFile {
    try check(name)
    switch storage {
    case .folder(let root):
      let location = "\(root)/\(name)"
      do {
        return RuleFile(name: name, location: location, source: try .open(location))
      } catch {
        throw RuleFailure(
          path: error.path, reason: error.reason,
          help: "check the name and whether the file may be read")
      }
    case .table(let files):
      guard let file = files.first(named: name) else { throw .absent(name) }
      return file
    }
  }

  /// Whether there is a file of a name such as `stacks/x/stack.json`.
  public func contains(_ name: String) -> Bool {
    guard (try? check(name)) != nil else { return false }
    return switch storage {
    case .folder(let root): FileTree.exists("\(root)/\(name)")
    case .table(let files): files.first(named: name) != nil
    }
  }

  private func entries(of path: String) throws(RuleFailure) -> RuleEntries {
    try check(path)
    switch storage {
    case .folder(let root):
      return try RuleEntries(
        folder: "\(root)/\(path)", help: "check the name and whether the folder may be read")
    case .table(let files):
      guard let entries = RuleEntries(of: path, among: files.lazy.map(\.name)) else {
        throw .absent(path)
      }
      return entries
    }
  }

  /// Refuses names that could lead out of the set.
  private func check(_ name: String) throws(RuleFailure) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.contains("\0") }) else {
      throw RuleFailure(
        path: name, reason: "cannot be the name of a rule file or folder",
        help: "give names such as stacks/x/stack.json")
    }
  }
}

extension [RuleFile] {
  /// The file of a name among files that are sorted by their names.
  fileprivate func first(named name: String) -> RuleFile? {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].name < name { low = middle + 1 } else { high = middle }
    }
    return low < endIndex && self[low].name == name ? self[low] : nil
  }
}

extension RuleFailure {
  fileprivate static func absent(_ name: String) -> RuleFailure {
    RuleFailure(
      path: name, reason: "is not among the rules embedded in the binary",
      help: "check the name, or name a folder of rules that has it")
  }
}

// MARK: - Identity

extension RuleSet {
  /// SHA-256 over the names and contents of all JSON files in `operators`, `mappings` and
  /// `stacks`, in hexadecimal digits: sets with the same digest judge alike, wherever they are.
  ///
  /// For the embedded rules it was computed when they were embedded; of others every file is read.
  public var digest: String {
    get throws(RuleFailure) {
      if let knownDigest { return knownDigest }
      var hash = SHA256()
      for folder in Self.judgedBy where try has(folder) { try add(folder, to: &hash) }
      return hash.hexadecimalDigest()
    }
  }

  /// The folders whose files decide judgements.
  private static let judgedBy = ["operators", "mappings", "stacks"]

  private func has(_ folder: String) throws(RuleFailure) -> Bool {
    switch storage {
    case .folder(let root): try RuleEntries(folder: root, help: "").directories.contains(folder)
    case .table(let files): files.contains { $0.name.hasPrefix("\(folder)/") }
    }
  }

  /// Adds a folder's files and then its folders; `depth` ends links that lead back.
  private func add(
    _ path: String, to hash: inout SHA256, depth: Int = 8
  ) throws(RuleFailure) {
    guard depth > 0 else {
      throw RuleFailure(
        path: path, reason: "folders are nested too deep", help: "look for a link that leads back")
    }
    let entries = try entries(of: path)
    for name in entries.files {
      let file = try file("\(path)/\(name)")
      hash.update("\(file.name)\n\(file.source.count)\n")
      file.source.withBytes { hash.update($0) }
    }
    for name in entries.directories { try add("\(path)/\(name)", to: &hash, depth: depth - 1) }
  }
}

extension RuleSet.Origin: CustomStringConvertible {
  /// The place in words, for reports.
  public var description: String {
    switch self {
    case .directory(let path): path
    case .environment(let path): "\(path) (named by \(RuleSet.environmentVariable))"
    case .installed(let path): "\(path) (installed beside the executable)"
    case .embedded: "embedded in the binary"
    }
  }
}
