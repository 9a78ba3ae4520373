/// A shell for which completions can be written.
public enum Shell: String, CaseIterable, Sendable {
  /// GNU Bash 3.2 or later.
  case bash
  /// The Z shell.
  case zsh
  /// The friendly interactive shell, 3.0 or later.
  case fish
}

extension Command {
  /// Writes the script that teaches a shell to complete the words of this tool.
  ///
  /// ```swift
  /// print(Tool.root.completionScript(for: .bash), terminator: "")
  /// ```
  public func completionScript(for shell: Shell) -> String {
    let paths = CommandPath(root: self).all
    let lines =
      switch shell {
      case .bash: BashCompletions(tool: name, paths: paths).lines
      case .zsh: ZshCompletions(tool: name, paths: paths).lines
      case .fish: FishCompletions(tool: name, paths: paths).lines
      }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension CommandPath {
  /// Words that may stand where the command's first operand stands: subcommands and `help`.
  var nextWords: [(name: String, summary: String)] {
    guard !last.subcommands.isEmpty else { return [] }
    return last.subcommands.map { ($0.name, $0.summary) } + [("help", "Print help on a command")]
  }

  /// What a shell offers for operands.
  var operandCompletion: Completion { last.operands.last?.completion ?? .none }

  /// The name of a shell function of this command.
  func functionName(_ prefix: String) -> String {
    let letters = names.joined(separator: "_").map { $0.isLetter || $0.isNumber ? $0 : "_" }
    return prefix + String(letters)
  }
}

extension OptionDeclaration {
  /// The ways to write it, the long one last.
  var spellings: [String] { (short.map { ["-\($0)"] } ?? []) + ["--\(name)"] }

  /// The first sentence of the help, without a full stop, for a list in a shell.
  var shortHelp: String {
    let letters = Array(help)
    let end = letters.indices.first { index in
      letters[index] == "." && (index + 1 == letters.count || letters[index + 1] == " ")
    }
    return String(letters[..<(end ?? letters.count)])
  }
}

/// Quotes a word for the shells, all of which take single quotes alike.
func shellQuoted(_ word: String) -> String {
  "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
    + "'"
}
