import Bytes

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What stands directly in a folder of rules: names of JSON files and of folders, sorted.
///
/// Other files and hidden entries are left out.
struct RuleEntries: Equatable {
  private(set) var files: [String] = []
  private(set) var directories: [String] = []

  /// Reads a folder of the file system.
  ///
  /// - Throws: `RuleFailure`, with `help` as advice, when it cannot be read.
  init(folder: String, help: String) throws(RuleFailure) {
    guard let stream = unsafe opendir(folder) else {
      throw RuleFailure(path: folder, reason: lastError(), help: help)
    }
    defer { unsafe _ = closedir(stream) }
    errno = 0
    while let name = unsafe FileTree.nextName(stream) {
      guard !name.hasPrefix(".") else { continue }
      let path = "\(folder)/\(name)"
      guard let isDirectory = isDirectory(path) else {
        throw RuleFailure(path: path, reason: lastError(), help: help)
      }
      add(name, isDirectory: isDirectory)
      errno = 0
    }
    guard errno == 0 else { throw RuleFailure(path: folder, reason: lastError(), help: help) }
    sort()
  }

  /// Picks what stands in the folder `path` from the names of all files; nil when nothing does.
  init?(of path: String, among names: some Sequence<String>) {
    let prefix = path + "/"
    for name in names where name.hasPrefix(prefix) {
      let rest = name.dropFirst(prefix.count)
      let first = String(rest.prefix { $0 != "/" })
      if first.utf8.count == rest.utf8.count {
        add(first, isDirectory: false)
      } else if !directories.contains(first) {
        add(first, isDirectory: true)
      }
    }
    guard !files.isEmpty || !directories.isEmpty else { return nil }
    sort()
  }

  private mutating func add(_ name: String, isDirectory: Bool) {
    if isDirectory {
      directories.append(name)
    } else if name.hasSuffix(".json") {
      files.append(name)
    }
  }

  private mutating func sort() {
    files.sort()
    directories.sort()
  }
}

/// Whether a path leads to a folder; nil when that cannot be told.
private func isDirectory(_ path: String) -> Bool? {
  var status = stat()
  guard unsafe stat(path, &status) == 0 else { return nil }
  return status.st_mode & S_IFMT == S_IFDIR
}

private func lastError() -> String {
  unsafe String(cString: strerror(errno)).lowercased()
}
