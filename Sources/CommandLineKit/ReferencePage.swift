/// The commands of a tool as one page of Markdown.
///
/// ```swift
/// print(ReferencePage(Tool.root).text, terminator: "")
/// ```
public struct ReferencePage: Sendable {
  private let root: Command

  /// Makes the page.
  public init(_ root: Command) {
    self.root = root
  }

  /// A section for each command, with tables of its operands and options.
  public var text: String {
    CommandPath(root: root).all.map(section).joined(separator: "\n")
  }

  private func section(_ path: CommandPath) -> String {
    let command = path.last
    var lines = ["## \(path.line)", "", "\(escaped(command.summary)).", ""]
    if command.action != nil {
      let words = ["[options]"] + command.operands.map(\.usage)
      lines += ["```", "\(path.line) \(words.joined(separator: " "))", "```", ""]
    }
    if !command.discussion.isEmpty { lines += [discussion(command.discussion), ""] }
    if !command.operands.isEmpty {
      lines += ["| operand | |", "|---|---|"]
      lines += command.operands.map { "| `\($0.usage)` | \(escaped($0.help)) |" } + [""]
    }
    for group in command.optionGroups {
      lines += ["| \(escaped(group.title)) | |", "|---|---|"]
      lines += group.options.map { option in
        let value = option.placeholder.map { " \($0)" } ?? ""
        let names = option.spellings.joined(separator: ", ")
        return "| `\(names)\(value)` | \(escaped(option.helpWithNotes)) |"
      }
      lines.append("")
    }
    for example in command.examples {
      lines += ["\(escaped(example.summary)):", "", "```sh", example.line, "```", ""]
    }
    return lines.joined(separator: "\n")
  }

  /// Paragraphs, with lines that begin with two spaces as code.
  private func discussion(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("  ") ? "    \(line)" : escaped(String(line))
    }.joined(separator: "\n")
  }

  private func escaped(_ text: String) -> String {
    var result = ""
    for letter in text {
      if "|<>*_`[]".contains(letter) { result.append("\\") }
      result.append(letter)
    }
    return result
  }
}
