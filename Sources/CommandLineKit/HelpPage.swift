/// The help page of one command.
///
/// ```swift
/// let page = HelpPage(Tool.root)
/// print(page.text(width: 80), terminator: "")
/// ```
public struct HelpPage: Sendable {
  let path: CommandPath

  init(_ path: CommandPath) {
    self.path = path
  }

  /// Makes the page of a tool as a whole.
  public init(_ root: Command) {
    path = CommandPath(root: root)
  }

  /// The page for a terminal of `width` columns, ending with a newline.
  public func text(width: Int) -> String {
    let width = min(max(width, 40), 100)
    let columns = TextColumns(labels: rows.map(\.label), width: width)
    var parts = [wrapped(path.last.summary, width: width), usage(width: width)]
    if !path.last.discussion.isEmpty { parts.append(wrapped(path.last.discussion, width: width)) }
    for section in sections where !section.rows.isEmpty {
      let lines = section.rows.flatMap { columns.lines(label: $0.label, text: $0.text) }
      parts.append(["\(section.title):"] + lines)
    }
    if !path.last.examples.isEmpty { parts.append(examples(width: width)) }
    if let footer { parts.append(wrapped(footer, width: width)) }
    return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  // MARK: Parts

  struct Row {
    let label: String
    let text: String
  }

  struct Section {
    let title: String
    let rows: [Row]
  }

  private var rows: [Row] { sections.flatMap(\.rows) }

  /// Lists of commands, operands and options, some of them empty.
  private var sections: [Section] {
    let command = path.last
    var result = [
      Section(
        title: "Commands", rows: command.subcommands.map { Row(label: $0.name, text: $0.summary) }),
      Section(
        title: "Arguments", rows: command.operands.map { Row(label: $0.usage, text: $0.help) }),
    ]
    let help = path.ownsHelp ? [ArgumentParser.help] : []
    let groups = command.optionGroups.filter { $0.title != "Options" }
    let plain = command.optionGroups.filter { $0.title == "Options" }.flatMap(\.options)
    result.append(Section(title: "Options", rows: (plain + help).map(Self.row)))
    result += groups.map { Section(title: $0.title, rows: $0.options.map(Self.row)) }
    result.append(Section(title: "Global options", rows: path.inherited.map(Self.row)))
    return result
  }

  private static func row(_ option: OptionDeclaration) -> Row {
    Row(label: option.label, text: option.helpWithNotes)
  }

  /// The lines that say what may follow the command's name.
  private func usage(width: Int) -> [String] {
    var lines: [String] = []
    let command = path.last
    if command.action != nil {
      let operands = command.operands.map(\.usage).joined(separator: " ")
      lines.append("\(path.line) [options]" + (operands.isEmpty ? "" : " \(operands)"))
    }
    if !command.subcommands.isEmpty { lines.append("\(path.line) [options] <command>") }
    let lead = "Usage: "
    let margin = String(repeating: " ", count: lead.count)
    let texts = lines.flatMap { wrapped($0, width: width - lead.count) }
    return texts.enumerated().map { ($0.offset == 0 ? lead : margin) + $0.element }
  }

  private func examples(width: Int) -> [String] {
    var lines = ["Examples:"]
    for example in path.last.examples {
      lines += wrapped(example.summary, width: width - 2).map { "  \($0)" }
      // A command line that is broken cannot be copied.
      lines.append("    \(example.line)")
    }
    return lines
  }

  private var footer: String? {
    guard !path.last.subcommands.isEmpty else { return nil }
    let words = [path.names[0], "help"] + path.names.dropFirst() + ["<command>"]
    return "Run '\(words.joined(separator: " "))' for more on a command."
  }
}

extension OptionDeclaration {
  /// How it is written in a list: `-f, --format <format>`.
  var label: String {
    let shortPart = short.map { "-\($0), " } ?? "    "
    return shortPart + "--\(name)" + (placeholder.map { " <\($0)>" } ?? "")
  }

  /// Help followed by values, default, and whether it may be repeated.
  var helpWithNotes: String {
    var notes: [String] = []
    if !choices.isEmpty { notes.append("[values: \(choices.joined(separator: ", "))]") }
    if let defaultText, !defaultText.isEmpty { notes.append("[default: \(defaultText)]") }
    if takesValue, isRepeated { notes.append("[may be repeated]") }
    return ([help] + notes).joined(separator: " ")
  }
}
