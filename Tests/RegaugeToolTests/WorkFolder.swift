import Foundation
import Testing

/// What one run of the tool gave.
struct ToolRun {
  let status: Int32
  let output: String
  let error: String

  /// The JSON report on standard output.
  func json() throws -> [String: Any] {
    let parsed = try JSONSerialization.jsonObject(with: Data(output.utf8))
    return try #require(parsed as? [String: Any])
  }

  /// The models of the JSON report on standard output.
  func models() throws -> [[String: Any]] {
    try #require(try json()["models"] as? [[String: Any]])
  }
}

/// A new folder to run the tool in, removed at the end; `rules` in it holds a small set of rules.
final class WorkFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "regauge-\(UUID())").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try SampleRules.write(to: self)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  // MARK: Files

  func path(_ name: String) -> String { "\(path)/\(name)" }

  @discardableResult func write(_ name: String, _ content: String) throws -> String {
    try write(name, Array(content.utf8))
  }

  @discardableResult func write(_ name: String, _ content: [UInt8]) throws -> String {
    let file = URL(filePath: path(name))
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content).write(to: file)
    return name
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  func makeLink(_ name: String, to destination: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path(name), withDestinationPath: destination)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }

  // MARK: Runs

  /// The tool, which the build puts beside the tests.
  static let tool = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "regauge")

  /// Runs the tool here, with the folder's own rules unless the environment says otherwise.
  func run(
    _ words: String..., input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> ToolRun {
    try run(Self.tool, words, input: input, environment: environment)
  }

  /// Judges models by the only door of the folder's rules.
  func check(_ words: String..., input: [UInt8] = []) throws -> ToolRun {
    try run(Self.tool, ["check", "-t", "sample/door"] + words, input: input, environment: [:])
  }

  /// Foundation has been seen to crash when several threads start processes at a time.
  private static let starting = NSLock()

  /// Runs a program here; one that hangs is ended and gives a status that no test expects.
  func run(
    _ program: URL, _ words: [String], input: [UInt8], environment: [String: String]
  ) throws -> ToolRun {
    // Files instead of pipes, which a program that writes much would block on.
    let streams = FileManager.default.temporaryDirectory.appending(path: "streams-\(UUID())")
    try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: streams) }
    let names = ["in", "out", "err"].map { streams.appending(path: $0) }
    for (index, name) in names.enumerated() {
      try Data(index == 0 ? input : []).write(to: name)
    }
    let process = Process()
    process.executableURL = program
    process.arguments = words
    process.currentDirectoryURL = URL(filePath: path)
    process.environment = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8",
      "REGAUGE_RULES": path("rules"),
    ].merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: names[0])
    process.standardOutput = try FileHandle(forWritingTo: names[1])
    process.standardError = try FileHandle(forWritingTo: names[2])
    try Self.starting.withLock { try process.run() }
    let guardian = DispatchWorkItem { process.terminate() }
    DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: guardian)
    process.waitUntilExit()
    guardian.cancel()
    let isNormal = process.terminationReason == .exit
    return ToolRun(
      status: isNormal ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: try Data(contentsOf: names[1]), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: names[2]), as: UTF8.self))
  }
}
