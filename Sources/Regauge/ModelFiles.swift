import Bytes
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
  /// - Returns: Paths in alphabetical order; an operand that matches nothing is returned as it is,
  ///   and so is a folder without models.
  public static func paths(for operand: String) -> [String] {
    if operand == "-" { return [operand] }
    if FileTree.isFolder(operand) {
      let models = models(inFolder: operand)
      return models.isEmpty ? [operand] : models
    }
    guard operand.contains(where: { "*?[".contains($0) }), !FileTree.exists(operand) else {
      return [operand]
    }
    let matches = expanded(operand)
    return matches.isEmpty ? [operand] : matches.flatMap(paths)
  }

  private static func expanded(_ pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(cString: $0) }
    }
  }

  private static func models(inFolder folder: String) -> [String] {
    FileTree.files(below: folder).filter { path in
      ModelFormat.fileSuffixes.contains(where: path.hasSuffix)
    }
  }
}
