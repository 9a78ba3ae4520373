import Bytes
import Foundation
import Testing

@testable import Capabilities

/// The rules of the package, found from this file's place.
enum RuleFolder {
  static let url = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Rules")

  /// Files below a folder with one of some suffixes, by path below the rules, sorted.
  static func paths(below folder: String, suffixes: [String]) throws -> [String] {
    let start = url.appending(path: folder)
    let found = FileManager.default.enumerator(at: start, includingPropertiesForKeys: nil)
    let files = (found?.allObjects as? [URL]) ?? []
    return files.map { String($0.path.dropFirst(url.path.count + 1)) }
      .filter { path in suffixes.contains { path.hasSuffix($0) } }
      .sorted()
  }

  static func source(_ path: String) throws -> ByteSource {
    try ByteSource.open(url.appending(path: path).path)
  }

  static func files(
    below folder: String, suffixes: [String]
  ) throws -> [(path: String, source: ByteSource)] {
    try paths(below: folder, suffixes: suffixes).map { ($0, try source($0)) }
  }

  /// What the evidence builds.
  static let built = Result {
    try ManifestBuilder.build(
      evidence: try files(below: "evidence", suffixes: [".json", ".csv"]))
  }

  /// A front door as it is built.
  static func frontDoor(_ name: String) throws -> FrontDoor {
    let path = "stacks/\(name).json"
    let file = try #require(try built.get().first { $0.path == path }, "\(path)")
    return try ManifestReader.frontDoor(file: path, source: ByteSource(Array(file.text.utf8)))
  }

  /// Every stack as it is built, by name.
  static func stacks() throws -> [Stack] {
    try built.get().map(\.path).filter { $0.hasSuffix("/stack.json") }.sorted()
      .map { try stack(String($0.split(separator: "/")[1])) }
  }

  /// Names of all front doors, as `stack/door`.
  static func frontDoorNames() throws -> [String] {
    try stacks().flatMap { stack in stack.frontDoors.map { "\(stack.name)/\($0)" } }
  }

  /// The mapping from ONNX's operators to PyTorch's as it is built.
  static func mapping() throws -> OperatorMapping {
    let path = "mappings/onnx-to-aten.json"
    let file = try #require(try built.get().first { $0.path == path })
    return try ManifestReader.mapping(file: path, source: ByteSource(Array(file.text.utf8)))
  }

  static func stack(_ name: String) throws -> Stack {
    let path = "stacks/\(name)/stack.json"
    let file = try #require(try built.get().first { $0.path == path }, "\(path)")
    return try ManifestReader.stack(file: path, source: ByteSource(Array(file.text.utf8)))
  }
}
