/// A command with the commands that lead to it, the tool first.
struct CommandPath: Sendable {
  private(set) var ancestors: [Command] = []
  private(set) var last: Command

  init(root: Command) {
    last = root
  }

  mutating func append(_ subcommand: Command) {
    ancestors.append(last)
    last = subcommand
  }

  func appending(_ subcommand: Command) -> CommandPath {
    var path = self
    path.append(subcommand)
    return path
  }

  /// Names from the tool down.
  var names: [String] { ancestors.map(\.name) + [last.name] }

  /// Names from the tool down as one line.
  var line: String { names.joined(separator: " ") }

  /// Whether `--help` is the one that every command has.
  var ownsHelp: Bool {
    !last.options.contains { $0.name == ArgumentParser.help.name }
      && inherited.allSatisfy {
        $0.name != ArgumentParser.help.name
      }
  }

  /// Options of the commands above, the nearest first, without those that a nearer one hides.
  var inherited: [OptionDeclaration] {
    var taken = Set(last.options.map(\.name))
    var result: [OptionDeclaration] = []
    for command in ancestors.reversed() {
      let options = command.options.filter { $0.isInherited && !taken.contains($0.name) }
      taken.formUnion(options.map(\.name))
      result += options
    }
    return result
  }

  /// All options that may stand here.
  var options: [OptionDeclaration] {
    let declared = last.options + inherited
    return ownsHelp ? declared + [ArgumentParser.help] : declared
  }

  /// This command and all below it, each with its path, parents first.
  var all: [CommandPath] { [self] + last.subcommands.flatMap { appending($0).all } }

  /// The line of the first command below that has an option of that name.
  func descendant(with option: String) -> String? {
    all.dropFirst().first { $0.last.options.contains { $0.name == option } }?.line
  }

  /// Says how to get help on this command.
  var hint: String {
    let root = ancestors.first ?? last
    guard !root.subcommands.isEmpty else { return "run '\(root.name) --help' for what it takes" }
    let words = [root.name, "help"] + names.dropFirst()
    return "run '\(words.joined(separator: " "))' for what it takes"
  }
}
