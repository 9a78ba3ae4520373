import CommandLineKit

/// A small tool with every kind of option, operand and command.
enum Sample {
  enum Shape: String, CaseIterable, Sendable { case circle, square, triangle }

  static let quiet = Flag("quiet", short: "q", help: "Print results only.")
  static let verbose = Flag("verbose", short: "v", help: "Say more.")
  static let version = Flag("version", isInherited: false, help: "Print the version.")
  static let shape = Option(
    "shape", short: "s", as: .choice(of: Shape.self), default: .circle, help: "Choose a shape.")
  static let jobs = Option(
    "jobs", short: "j", placeholder: "count", as: .integer(in: 1...64), default: 2,
    help: "Work on several files at once.")
  static let rules = Option<String?>(
    "rules", placeholder: "dir", as: .path(.folders), help: "Read rules from a folder.")
  static let targets = Option<[String]>(
    "target", short: "t", placeholder: "name", as: .text, help: "Draw on a target. Costs time.")

  static let draw = Command(
    "draw", summary: "Draw shapes",
    discussion:
      "Draws each file's shape on every target, the first one first.\n\n  kept   as it is",
    options: [shape, targets], optionGroups: [OptionGroup("Tuning options", [jobs, rules])],
    operands: [
      Operand("file", count: 1...Int.max, completion: .files, help: "File to draw.")
    ],
    examples: [Example("Draw a square", "sample draw -s square it's.txt")]
  ) { arguments in Int32(arguments.operands.count) }
  static let copy = Command(
    "copy", summary: "Copy a file",
    operands: [Operand("from", help: "Source."), Operand("to", count: 0...1, help: "Goal.")]
  ) { _ in 0 }
  static let store = Command(
    "store", summary: "Look after the store",
    subcommands: [
      Command("build", summary: "Build the store") { _ in 0 },
      Command("validate", summary: "Validate the store", options: [rules]) { _ in 0 },
    ])
  static let root = Command(
    "sample", summary: "Draw and copy", options: [quiet, verbose, version],
    subcommands: [draw, copy, store])

  /// Parses and returns the arguments of the command to run.
  static func arguments(_ words: String...) throws -> Arguments {
    guard case .run(_, let arguments) = try root.parse(words) else { throw NoArguments() }
    return arguments
  }

  /// Parses words that ask for help.
  static func help(_ words: [String]) throws -> HelpPage {
    guard case .help(let page) = try root.parse(words) else { throw NoArguments() }
    return page
  }

  struct NoArguments: Error {}
}
