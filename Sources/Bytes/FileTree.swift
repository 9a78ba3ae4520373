#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finds files below a folder.
public enum FileTree {
  /// Paths of the regular files in a folder and the folders below it, sorted.
  ///
  /// Hidden files and folders are left out, links to folders are not followed, and a folder that
  /// cannot be opened counts as empty.
  public static func files(below folder: String) -> [String] {
    var files: [String] = []
    var waiting = [folder]
    while let next = waiting.popLast() {
      let base = next.hasSuffix("/") ? String(next.dropLast()) : next
      for name in entries(of: next) where !name.hasPrefix(".") {
        let path = "\(base)/\(name)"
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { waiting.append(path) } else { files.append(path) }
      }
    }
    return files.sorted()
  }

  /// Whether a path is a folder, or a link to one.
  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether there is anything of that name.
  public static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Names in a folder, as the file system gives them; empty when it cannot be opened.
  public static func entries(of folder: String) -> [String] {
    guard let stream = unsafe opendir(folder) else { return [] }
    defer { _ = unsafe closedir(stream) }
    var names: [String] = []
    while let name = unsafe nextName(stream) { names.append(name) }
    return names
  }

  /// The next name in an open folder; nil at its end, or when `errno` says why not.
  public static func nextName(_ stream: OpaquePointer) -> String? {
    guard let entry = unsafe readdir(stream), let offset = MemoryLayout<dirent>.offset(of: \.d_name)
    else { return nil }
    // The record may be shorter than `dirent`, so the name must not be copied as a whole field.
    let name = unsafe UnsafeRawPointer(entry) + offset
    return unsafe String(cString: name.assumingMemoryBound(to: CChar.self))
  }
}
