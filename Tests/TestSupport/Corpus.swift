public import Foundation

/// The models that `Scripts/corpus` puts into the cache folder.
public enum Corpus {
  /// Where the corpus lies.
  public static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: ".cache/corpus")

  /// Whether the corpus has been fetched.
  public static var isPresent: Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "forms").path)
  }

  /// Files below a folder of the corpus with a suffix, sorted.
  public static func files(under name: String, suffix: String) -> [String] {
    let root = folder.appending(path: name)
    let paths =
      FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(suffix) }.sorted().map { root.appending(path: $0).path }
  }
}
