import Bytes
import CommandLineKit

/// `regauge config`: shows which values options have, and where they come from.
enum ConfigCommand {
  static let command = Command(
    "config", summary: "Show the configuration, or its schema for editors",
    discussion: """
      An option that is not typed gets its value from the variable REGAUGE_ and its name (such as \
      REGAUGE_FAIL_ON; several values parted by commas), else from the nearest regauge.json in the \
      working folder or above it, else from regauge/regauge.json in the XDG configuration folder. \
      Keys are the long names of options; paths are seen from the folder of the file, but for those \
      of output.
      """,
    subcommands: [show, schema])

  private static let show = Command(
    "show", summary: "Show the value of every option and where it comes from"
  ) { arguments in
    try RegaugeTool.print(try table(arguments))
    return ExitCode.clean
  }

  // Functions, because the command tree mentions this command.

  private static func table(_ arguments: Arguments) throws -> String {
    var presets = try Configuration.presets(arguments)
    let variable = Configuration.variable(for: "rules")
    if !arguments[Configuration.isolated], let folder = Environment.process[variable] {
      presets.append(Preset(name: "rules", values: [folder], origin: variable))
    }
    let rows = Configuration.options.map { option in
      let preset = presets.first { $0.name == option.name }
      return (
        name: option.name,
        value: preset?.values.joined(separator: ", ") ?? option.defaultText ?? "",
        origin: preset?.origin ?? (option.defaultText == nil ? "" : "default")
      )
    }
    let width = rows.map(\.name.count).max() ?? 0
    let files = try Configuration.paths(arguments)
    let heading =
      arguments[Configuration.isolated] || files.isEmpty ? "no file" : files.joined(separator: ", ")
    return "configuration: \(heading)\n"
      + rows.map { row in
        let gap = String(repeating: " ", count: width - row.name.count)
        let origin = row.origin.isEmpty ? "not set" : row.origin
        return "  \(row.name)\(gap)  \(row.value.isEmpty ? "-" : row.value)  (\(origin))\n"
      }.joined()
  }

  private static let schema = Command(
    "schema", summary: "Print the JSON Schema of regauge.json"
  ) { _ in
    try RegaugeTool.print(String(decoding: schemaText(), as: UTF8.self))
    return ExitCode.clean
  }

  private static func schemaText() -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("$schema", "https://json-schema.org/draft/2020-12/schema")
      json.member("$id", Configuration.schema)
      json.member("title", "Configuration of Regauge: regauge.json")
      json.member(
        "description",
        "Values of options by their long names; regauge config show tells which count.")
      json.member("type", "object")
      json.key("additionalProperties")
      json.boolean(false)
      json.key("properties")
      json.object { json in
        json.key("$schema")
        json.object { $0.member("type", "string") }
        json.key("schema")
        json.object { $0.member("const", Configuration.schema) }
        for option in Configuration.options {
          json.key(option.name)
          write(option, to: &json)
        }
      }
    }
    return json.bytes + [0x0A]
  }

  private static func write(_ option: OptionDeclaration, to json: inout JSONWriter) {
    json.object { json in
      json.member("description", option.help)
      guard option.takesValue else { return json.member("type", "boolean") }
      // Some options take more than their listed words, such as output's FORMAT=FILE.
      guard option.isRepeated else {
        guard option.choices.isEmpty else {
          json.key("enum")
          return json.array { json in for choice in option.choices { json.string(choice) } }
        }
        json.key("type")
        return json.array { json in for type in ["string", "number"] { json.string(type) } }
      }
      json.key("type")
      json.array { json in for type in ["string", "array"] { json.string(type) } }
      json.key("items")
      json.object { $0.member("type", "string") }
    }
  }
}
