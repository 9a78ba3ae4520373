import Bytes
import Foundation

import RuleFiles

/// A new folder with files of given contents, removed at the end.
final class TestFolder {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true)
    for (name, content) in files { try write(name, content) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ name: String, _ content: String) throws {
    let file = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content.utf8).write(to: file)
  }

  /// The set of this folder.
  func rules() throws -> RuleSet {
    try RuleSet.find(directory: path, environment: { _ in nil }, executable: nil)
  }
}

/// The set of these files as if they were in the binary.
func embedded(_ files: [(String, String)]) throws -> RuleSet {
  try RuleSet(
    embedded: files.map {
      RuleFile(name: $0, location: "embedded:\($0)", source: ByteSource(Array($1.utf8)))
    })
}

extension RuleFile {
  /// The content as text.
  var text: String {
    source.withBytes { bytes in String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self) }
  }
}
