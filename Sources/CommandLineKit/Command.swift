/// A command of a tool: what it is called, what it takes, and what it does.
///
/// A tool is one tree of commands, written as static values:
/// ```swift
/// enum Tool {
///   static let quiet = Flag("quiet", short: "q", help: "Print results only.")
///   static let jobs = Option("jobs", short: "j", as: .integer(in: 1...64), default: 1,
///     help: "Work on several files at once.")
///
///   static let root = Command(
///     "tool", summary: "Work on files", options: [quiet], subcommands: [sum])
///   static let sum = Command(
///     "sum", summary: "Print the sum of each file", options: [jobs],
///     operands: [Operand("file", count: 1...Int.max, completion: .files, help: "File to sum up.")],
///     examples: [Example("Sum up all texts", "tool sum -j 4 *.txt")]
///   ) { arguments in
///     let jobs = try arguments[jobs]
///     return sumUp(arguments.operands, jobs: jobs, quiet: arguments[quiet])
///   }
/// }
///
/// switch try Tool.root.parse(Array(CommandLine.arguments.dropFirst())) {
/// case .help(let page): print(page.text(width: 80), terminator: "")
/// case .run(let action, let arguments): status = try action(arguments)
/// }
/// ```
/// A closure that mentions the tree it stands in (to print completions, say) is a circular
/// reference: write the tree's type out (`static let root: Command = …`) and refer to it from a
/// function that the closure calls.
public struct Command: Sendable {
  /// What a command does: takes its arguments and returns an exit code.
  public typealias Action = @Sendable (Arguments) throws -> Int32

  /// Name as typed.
  public let name: String
  /// One line without a full stop.
  public let summary: String
  /// Paragraphs that help shows below the usage line; lines that begin with two spaces stay as they are.
  public let discussion: String
  /// Options by group; the group without a title comes first.
  public let optionGroups: [OptionGroup]
  /// Words that are no options, in order.
  public let operands: [Operand]
  /// Commands below this one.
  public let subcommands: [Command]
  /// Examples for help.
  public let examples: [Example]
  /// What it does; nil when it only holds subcommands.
  public let action: Action?

  /// Declares a command; `options` stand under the plain heading, `optionGroups` under their own.
  public init(
    _ name: String, summary: String, discussion: String = "", options: [any CommandOption] = [],
    optionGroups: [OptionGroup] = [], operands: [Operand] = [], subcommands: [Command] = [],
    examples: [Example] = [], action: Action? = nil
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.optionGroups = (options.isEmpty ? [] : [OptionGroup("Options", options)]) + optionGroups
    self.operands = operands
    self.subcommands = subcommands
    self.examples = examples
    self.action = action
  }

  /// All options of this command, without those of its parents.
  public var options: [OptionDeclaration] { optionGroups.flatMap(\.options) }

  /// Reads the words after the tool's name.
  ///
  /// `presets` gives values for options that the words leave out; it is asked once the words are
  /// understood, and only when a command is to run.
  ///
  /// - Throws: `UsageFailure` for the first word or preset that does not fit.
  public func parse(
    _ words: [String], presets: Preset.Source = { _ in [] }
  ) throws(UsageFailure) -> Invocation {
    var parser = ArgumentParser(root: self, words: words)
    return try parser.parse(presets)
  }

  /// Every option of this command and those below, each name once, sorted.
  public var allOptions: [OptionDeclaration] {
    var seen: Set<String> = []
    return CommandPath(root: self).all.flatMap(\.last.options)
      .filter { seen.insert($0.name).inserted }.sorted { $0.name < $1.name }
  }
}

/// What the words on a command line ask for.
public enum Invocation: Sendable {
  /// Help on a command; also what `--help` and `help COMMAND` give.
  case help(HelpPage)
  /// To run a command with checked arguments.
  case run(Command.Action, Arguments)
}

/// Options under one heading of a help page.
public struct OptionGroup: Sendable {
  /// The heading.
  public let title: String
  /// The options in the order of the help page.
  public let options: [OptionDeclaration]

  /// Makes a group.
  public init(_ title: String, _ options: [any CommandOption]) {
    self.title = title
    self.options = options.map(\.declaration)
  }
}

/// A word, or several of one kind, that a command takes besides its options.
public struct Operand: Sendable {
  /// What stands for it in help.
  public let name: String
  /// How many there may be.
  public let count: ClosedRange<Int>
  /// What a shell offers.
  public let completion: Completion
  /// One sentence or a few.
  public let help: String

  /// Declares an operand; only the last of a command may have a count that varies.
  public init(
    _ name: String, count: ClosedRange<Int> = 1...1, completion: Completion = .none, help: String
  ) {
    self.name = name
    self.count = count
    self.completion = completion
    self.help = help
  }

  /// How it is written in a usage line, such as `<file>...` or `[<file>]`.
  var usage: String {
    let dots = count.upperBound > 1 ? "..." : ""
    return count.lowerBound == 0 ? "[<\(name)>\(dots)]" : "<\(name)>\(dots)"
  }
}

/// A command line worth showing in help.
public struct Example: Sendable {
  /// What it does.
  public let summary: String
  /// The command line.
  public let line: String

  /// Makes an example.
  public init(_ summary: String, _ line: String) {
    self.summary = summary
    self.line = line
  }
}
