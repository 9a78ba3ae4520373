/// The manual page of a tool, in the `man` macros of roff.
///
/// ```swift
/// print(ManualPage(Tool.root, version: "1.0.0", date: "2026-01-31").text, terminator: "")
/// ```
public struct ManualPage: Sendable {
  private let root: Command
  private let version: String
  private let date: String
  private let sections: [(title: String, text: String)]

  /// Makes the page; `sections` (exit codes, files, environment) come after the commands.
  public init(
    _ root: Command, version: String, date: String, sections: [(title: String, text: String)] = []
  ) {
    self.root = root
    self.version = version
    self.date = date
    self.sections = sections
  }

  /// The source text, ready for `man -l`.
  public var text: String {
    let paths = CommandPath(root: root).all
    var lines = [
      ".TH \(argument(root.name.uppercased())) 1 \(argument(date)) \(argument("\(root.name) \(version)"))",
      ".SH NAME", "\(escaped(root.name)) \\- \(escaped(root.summary))", ".SH SYNOPSIS",
    ]
    for path in paths where path.last.action != nil { lines += synopsis(path) }
    lines += paragraphs(root.discussion, title: "DESCRIPTION")
    lines += options(root.options + [ArgumentParser.help], title: ".SH OPTIONS")
    if paths.count > 1 { lines.append(".SH COMMANDS") }
    for path in paths.dropFirst() { lines += command(path) }
    let examples = paths.flatMap(\.last.examples)
    if !examples.isEmpty { lines.append(".SH EXAMPLES") }
    for example in examples {
      lines += [".TP", escaped(example.summary), ".B \(escaped(example.line))"]
    }
    for section in sections { lines += paragraphs(section.text, title: section.title) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func synopsis(_ path: CommandPath) -> [String] {
    let rest = (["[options]"] + path.last.operands.map(\.usage)).joined(separator: " ")
    return [".B \(escaped(path.line))", escaped(rest), ".br"]
  }

  private func command(_ path: CommandPath) -> [String] {
    var lines = [".SS \(argument(path.line))", escaped(path.last.summary) + "."]
    lines += paragraphs(path.last.discussion)
    for operand in path.last.operands {
      lines += [".TP", escaped(operand.usage), escaped(operand.help)]
    }
    return lines + options(path.last.options)
  }

  private func options(_ options: [OptionDeclaration], title: String? = nil) -> [String] {
    var lines = title.map { [$0] } ?? []
    for option in options {
      let value = option.placeholder.map { " \\fI\(escaped($0))\\fR" } ?? ""
      let spellings = option.spellings.map { "\\fB\(escaped($0))\\fR" }.joined(separator: ", ")
      lines += [".TP", spellings + value, escaped(option.helpWithNotes)]
    }
    return lines
  }

  private func paragraphs(_ text: String, title: String? = nil) -> [String] {
    guard !text.isEmpty else { return [] }
    var lines = [title.map { ".SH \(argument($0))" } ?? ".PP"]
    var isInList = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty {
        lines.append(".PP")
      } else if line.hasPrefix("  ") {
        lines += [".br", escaped(String(line))]
      } else {
        if isInList { lines.append(".PP") }
        lines.append(escaped(String(line)))
      }
      isInList = line.hasPrefix("  ")
    }
    return lines
  }

  /// Escapes text so that roff prints it as it is.
  private func escaped(_ text: String) -> String {
    var result = text.first.map { "'.".contains($0) } ?? false ? "\\&" : ""
    for letter in text {
      switch letter {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      default: result.append(letter)
      }
    }
    return result
  }

  /// Writes an argument of a macro.
  private func argument(_ text: String) -> String {
    "\""
      + escaped(text).split(separator: "\"", omittingEmptySubsequences: false).joined(
        separator: "\"\"")
      + "\""
  }
}
