import Bytes
import CommandLineKit
import Reporting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Values of options from the environment and from `regauge.json`.
///
/// What is typed counts most, then variables `REGAUGE_…`, then the nearest `regauge.json` in the
/// working folder or above it, then the user's own in the XDG configuration folder.
enum Configuration {
  static let fileName = "regauge.json"
  static let schema = "regauge/config/1"

  static let isolated = Flag(
    "isolated", help: "Read no configuration: neither regauge.json nor REGAUGE_ variables.")
  static let file = Option<String?>(
    "config", placeholder: "FILE", as: .path(.files),
    help: "Read this configuration instead of the nearest regauge.json.")

  /// Options that no file or variable can set: they choose the files, or ask for something else.
  private static let unset: Set<String> = [
    "check", "config", "form", "help", "isolated", "version",
  ]

  /// All options that can be set.
  static var options: [OptionDeclaration] {
    RegaugeTool.root.allOptions.filter { !unset.contains($0.name) }
  }

  /// The presets for a command line, the most important first.
  static func presets(_ arguments: Arguments) throws(UsageFailure) -> [Preset] {
    guard !arguments[isolated] else { return [] }
    var presets = variables()
    for path in try paths(arguments) { presets += try Self.presets(in: path) }
    // The comparison's forms are not those of reports.
    return arguments.command.last == "compare" ? presets.filter { $0.name != "output" } : presets
  }

  // MARK: Variables

  /// The variable that sets an option, such as `REGAUGE_FAIL_ON`.
  static func variable(for option: String) -> String {
    // Byte by byte, since every start asks for all variables; names of options are ASCII.
    let bytes = option.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "-"): UInt8(ascii: "_")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 0x20
      default: byte
      }
    }
    return "REGAUGE_" + String(decoding: bytes, as: UTF8.self)
  }

  private static func variables() -> [Preset] {
    // The rules have a rule of their own for their variable.
    options.filter { $0.name != "rules" }.compactMap { option in
      let name = variable(for: option.name)
      guard let value = Environment.process[name] else { return nil }
      let values =
        option.isRepeated && option.takesValue
        ? value.split(separator: ",").map(String.init) : [value]
      return Preset(name: option.name, values: values, origin: name)
    }
  }

  // MARK: Files

  /// The files that count, the nearest first.
  static func paths(_ arguments: Arguments) throws(UsageFailure) -> [String] {
    if let path = try arguments[file] { return [path] }
    return [nearest(), usersOwn()].compactMap(\.self).filter(FileTree.exists)
  }

  /// The file in the working folder or the nearest folder above it.
  private static func nearest() -> String? {
    guard let working = realpath(".", nil) else { return nil }
    defer { free(working) }
    var folder = String(cString: working)[...]
    while true {
      let path = "\(folder == "/" ? "" : folder)/\(fileName)"
      if FileTree.exists(path) { return path }
      guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return nil }
      folder = slash == folder.startIndex ? "/" : folder[..<slash]
    }
  }

  /// The file that holds for all that a user does.
  private static func usersOwn() -> String? {
    let environment = Environment.process
    let folder = environment["XDG_CONFIG_HOME"] ?? environment["HOME"].map { "\($0)/.config" }
    return folder.map { "\($0)/regauge/\(fileName)" }
  }

  private static func presets(in path: String) throws(UsageFailure) -> [Preset] {
    let source: ByteSource
    do { source = try ByteSource.open(path) } catch {
      throw UsageFailure("\(path): \(error.reason)")
    }
    do {
      return try source.withBytes { (bytes) throws(JSONFailure) in
        var reader = ConfigurationReader(path: path, options: options)
        return try reader.presets(bytes)
      }
    } catch { throw UsageFailure("\(path): \(error)") }
  }
}

/// Reads a `regauge.json`: an object whose keys are long names of options.
private struct ConfigurationReader {
  let path: String
  let options: [OptionDeclaration]
  private var reader = JSONReader()

  init(path: String, options: [OptionDeclaration]) {
    self.path = path
    self.options = options
  }

  mutating func presets(_ bytes: Span<UInt8>) throws(JSONFailure) -> [Preset] {
    var presets: [Preset] = []
    try reader.beginObject(bytes)
    while let key = try reader.nextKey(bytes) {
      if key == "$schema" {
        try reader.skipValue(bytes)
      } else if key == "schema" {
        let schema = try reader.string(bytes)
        guard schema == Configuration.schema else {
          throw reader.failure(
            "follows \"\(schema)\"; this version reads \"\(Configuration.schema)\"", in: bytes)
        }
      } else {
        presets.append(try preset(key, bytes))
      }
    }
    try reader.end(bytes)
    return presets
  }

  private mutating func preset(
    _ key: String, _ bytes: Span<UInt8>
  ) throws(JSONFailure) -> Preset {
    guard let option = options.first(where: { $0.name == key }) else {
      let meant = Suggestion.nearest(to: key, among: options.map(\.name))
      throw reader.failure(
        "there is no option '\(key.visible(limit: 80))'"
          + (meant.map { "; did you mean '\($0)'?" } ?? ""), in: bytes)
    }
    var values: [String] = []
    if try reader.peek(bytes) == .array {
      try reader.beginArray(bytes)
      while try reader.nextElement(bytes) { values.append(try value(bytes)) }
    } else {
      values = [try value(bytes)]
    }
    return Preset(name: key, values: values.map { resolved($0, option) }, origin: path)
  }

  private mutating func value(_ bytes: Span<UInt8>) throws(JSONFailure) -> String {
    switch try reader.peek(bytes) {
    case .string: try reader.string(bytes)
    case .number: try reader.numberText(bytes)
    case .boolean: try reader.boolean(bytes) ? "true" : "false"
    case .object, .array, .null:
      throw reader.failure("expected a text, a number, true or false", in: bytes)
    }
  }

  /// A path of an option seen from the folder of the file, not from where the user happens to be.
  private func resolved(_ value: String, _ option: OptionDeclaration) -> String {
    guard [.files, .folders].contains(option.completion), !value.hasPrefix("/"), value != "-",
      let slash = path.lastIndex(of: "/")
    else { return value }
    return path[...slash] + value
  }
}
