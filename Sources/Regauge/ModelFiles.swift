import ModelReading

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finds the model files that an operand on the command line stands for.
public enum ModelFiles {
  /// The files of an operand: itself, or the models in and below a folder, or what a pattern matches.
  ///
  /// Patterns are expanded here too, for shells that do not, and for quoted ones.
  ///
  /// - Returns: Paths in alphabetical order; an operand that matches nothing is returned as it is.
  public static func paths(for operand: String) -> [String] {
    if operand == "-" { return [operand] }
    if isFolder(operand) { return models(inFolder: operand) }
    guard operand.contains(where: { "*?[".contains($0) }), !exists(operand) else {
      return [operand]
    }
    let matches = expanded(operand)
    return matches.isEmpty ? [operand] : matches.flatMap(paths)
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func expanded(_ pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(cString: $0) }
    }
  }

  /// Models in a folder and the folders below it; links to folders are not followed.
  private static func models(inFolder folder: String) -> [String] {
    var files: [String] = []
    var waiting = [folder]
    while let next = waiting.popLast() {
      let base = next.hasSuffix("/") ? String(next.dropLast()) : next
      for name in entries(of: next) where !name.hasPrefix(".") {
        let path = "\(base)/\(name)"
        var status = stat()
        guard lstat(path, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
          waiting.append(path)
        } else if ModelFormat.fileSuffixes.contains(where: name.hasSuffix) {
          files.append(path)
        }
      }
    }
    return files.sorted()
  }

  private static func entries(of folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
