/// Writes completions for fish: one line an option, each with the command under which it holds.
struct FishCompletions {
  let tool: String
  let paths: [CommandPath]

  var lines: [String] {
    ["# Completions of \(tool) for fish.", ""] + condition + [""]
      + ["complete -c \(shellQuoted(tool)) -f"]
      + paths.flatMap(completions)
  }

  private var function: String { "_" + CommandPath.functionName(paths) + "_at" }

  /// A function that tells whether the words so far lead to the command named by its argument.
  private var condition: [String] {
    let steps = paths.dropFirst().map { path in
      "            case \(shellQuoted(path.line))\n                set command \(shellQuoted(path.line))"
    }
    return [
      "function \(function)",
      "    set -l command \(shellQuoted(tool))",
      "    for word in (commandline -opc)[2..-1]",
      "        switch \"$command $word\"",
    ] + steps + [
      "        end",
      "    end",
      "    test \"$command\" = \"$argv[1]\"",
      "end",
    ]
  }

  private func completions(_ path: CommandPath) -> [String] {
    // The condition is a command line of its own, so its quotes are quoted again.
    let test = shellQuoted("\(function) \"\(path.line)\"")
    let start = "complete -c \(shellQuoted(tool)) -n \(test)"
    var lines = path.nextWords.map { word in
      "\(start) -a \(shellQuoted(word.name)) -d \(shellQuoted(word.summary))"
    }
    let operands = offer(path.operandCompletion)
    if !operands.isEmpty { lines.append("\(start) \(operands)") }
    lines += path.options.map { option in
      let names = (option.short.map { "-s \($0) " } ?? "") + "-l \(shellQuoted(option.name))"
      let value = option.takesValue ? " \(required(option.completion))" : ""
      return "\(start) \(names)\(value) -d \(shellQuoted(option.shortHelp))"
    }
    return lines
  }

  /// A value that must follow; only where a file is wanted are files offered.
  private func required(_ completion: Completion) -> String {
    switch completion {
    case .none: "-x"
    case .files: "-r \(offer(.files))"
    case .folders, .words: "-x \(offer(completion))"
    }
  }

  private func offer(_ completion: Completion) -> String {
    switch completion {
    case .none: ""
    case .files: "-F"
    case .folders: "-a '(__fish_complete_directories)'"
    case .words(let words): "-a \(shellQuoted(words.joined(separator: " ")))"
    }
  }
}
