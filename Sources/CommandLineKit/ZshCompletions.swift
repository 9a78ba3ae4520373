/// Writes completions for the Z shell: one function a command, all built on `_arguments`.
struct ZshCompletions {
  let tool: String
  let paths: [CommandPath]

  var lines: [String] {
    let entry = CommandPath.functionName(paths)
    return ["#compdef \(tool)", "", "# Completions of \(tool) for the Z shell."]
      + paths.flatMap { [""] + function($0) }
      + [
        "",
        "if [[ \"$funcstack[1]\" == '\(entry)' ]]; then",
        "    \(entry) \"$@\"",
        "else",
        "    compdef \(entry) \(tool)",
        "fi",
      ]
  }

  private func function(_ path: CommandPath) -> [String] {
    var lines = ["\(path.functionName("_"))() {"]
    lines.append("    local context state line")
    lines.append("    typeset -A opt_args")
    lines.append("    _arguments -C -s -S \\")
    let specifications = path.options.map(specification) + operandSpecifications(path)
    lines += specifications.enumerated().map { index, text in
      "        \(text)" + (index + 1 < specifications.count ? " \\" : "")
    }
    lines += subcommandCases(path).map { "    " + $0 }
    return lines + ["}"]
  }

  /// One option in the language of `_arguments`.
  private func specification(_ option: OptionDeclaration) -> String {
    // A star lets an option be given again; else each spelling excludes the other.
    let exclusion =
      option.isRepeated ? "*" : "(\(option.spellings.joined(separator: " ")))"
    let help = "[\(escaped(option.shortHelp))]"
    let value =
      option.placeholder.map { ":\(escaped($0)):\(action(option.completion))" } ?? ""
    return option.spellings.map { spelling in
      let equals = option.takesValue ? (spelling.hasPrefix("--") ? "=" : "+") : ""
      return shellQuoted(exclusion + spelling + equals + help + value)
    }.joined(separator: " ")
  }

  private func operandSpecifications(_ path: CommandPath) -> [String] {
    guard path.last.subcommands.isEmpty else {
      return [shellQuoted("1: :->command"), shellQuoted("*:: :->rest")]
    }
    return path.last.operands.map { operand in
      let position = operand.count.upperBound > 1 ? "*" : ""
      return shellQuoted("\(position):\(escaped(operand.name)):\(action(operand.completion))")
    }
  }

  private func subcommandCases(_ path: CommandPath) -> [String] {
    guard !path.last.subcommands.isEmpty else { return [] }
    let words = path.nextWords.map {
      "            \(shellQuoted("\(escaped($0.name)):\($0.summary)"))"
    }
    let branches = path.last.subcommands.map { subcommand in
      let function = path.appending(subcommand).functionName("_")
      return "            \(shellQuoted(subcommand.name))) \(function) ;;"
    }
    return ["case \"$state\" in", "    command)", "        local -a commands=("]
      + words
      + [
        "        )", "        _describe command commands", "        ;;", "    rest)",
        "        case \"$line[1]\" in",
      ] + branches + ["        esac", "        ;;", "esac"]
  }

  private func action(_ completion: Completion) -> String {
    switch completion {
    case .none: " "
    case .files: "_files"
    case .folders: "_files -/"
    case .words(let words): "(\(words.map(escaped).joined(separator: " ")))"
    }
  }

  /// Escapes what `_arguments` gives a meaning to.
  private func escaped(_ text: String) -> String {
    var result = ""
    for letter in text {
      if "\\:[]() ".contains(letter), letter != " " { result.append("\\") }
      result.append(letter)
    }
    return result
  }
}
