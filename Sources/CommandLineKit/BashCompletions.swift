/// Writes completions for Bash: one function that finds the command, then completes by table.
struct BashCompletions {
  let tool: String
  let paths: [CommandPath]

  var lines: [String] {
    let function = CommandPath.functionName(paths)
    return ["# Completions of \(tool) for Bash.", "", "\(function)() {"]
      + preamble.map { "    " + $0 }
      + valueCases.map { "    " + $0 }
      + wordCases.map { "    " + $0 }
      + [
        "}", "",
        "complete -F \(function) \(tool)",
      ]
  }

  /// Finds the command that the words before the cursor lead to, and the word to complete.
  private var preamble: [String] {
    let steps = paths.dropFirst().map { path in
      "        \(shellQuoted(path.line))) command=\(shellQuoted(path.line)) ;;"
    }
    return [
      "local word=\"${COMP_WORDS[COMP_CWORD]}\"",
      "local previous=\"${COMP_WORDS[COMP_CWORD - 1]}\"",
      "local command=\(shellQuoted(tool)) index",
      "local IFS=$'\\n'",
      "COMPREPLY=()",
      "# Bash takes --name=value for three words.",
      "if [[ \"$word\" == '=' ]]; then",
      "    word=''",
      "elif [[ \"$previous\" == '=' ]]; then",
      "    previous=\"${COMP_WORDS[COMP_CWORD - 2]}\"",
      "fi",
      "for ((index = 1; index < COMP_CWORD; index++)); do",
      "    case \"$command ${COMP_WORDS[index]}\" in",
    ] + steps + [
      "    esac",
      "done",
    ]
  }

  /// After an option with a value: its values.
  private var valueCases: [String] {
    var lines = ["case \"$command $previous\" in"]
    for path in paths {
      for option in path.options where option.takesValue {
        let patterns = option.spellings.map { shellQuoted("\(path.line) \($0)") }
        lines.append("    \(patterns.joined(separator: " | ")))")
        lines += offer(option.completion).map { "        " + $0 }
        lines += ["        return", "        ;;"]
      }
    }
    return lines + ["esac"]
  }

  /// Elsewhere: options after a dash, else subcommands or operands.
  private var wordCases: [String] {
    var lines = ["case \"$command\" in"]
    for path in paths {
      lines.append("    \(shellQuoted(path.line)))")
      lines.append("        if [[ \"$word\" == -* ]]; then")
      lines += offer(.words(path.options.flatMap(\.spellings))).map { "            " + $0 }
      lines.append("        else")
      let words = path.nextWords.map(\.name)
      lines += offer(.words(words)).map { "            " + $0 }
      lines += offer(path.operandCompletion).map { "            " + $0 }
      lines += ["        fi", "        ;;"]
    }
    return lines + ["esac"]
  }

  private func offer(_ completion: Completion) -> [String] {
    switch completion {
    case .none: return [":"]
    case .files: return generated("-f") + ["compopt -o filenames 2> /dev/null"]
    case .folders: return generated("-d") + ["compopt -o filenames 2> /dev/null"]
    case .words(let words):
      return generated("-W \(shellQuoted(words.joined(separator: "\n")))")
    }
  }

  private func generated(_ source: String) -> [String] {
    ["COMPREPLY+=($(compgen \(source) -- \"$word\"))"]
  }
}

extension CommandPath {
  /// The name of the function that completes a whole tool.
  static func functionName(_ paths: [CommandPath]) -> String {
    paths.first?.functionName("_") ?? "_"
  }
}
