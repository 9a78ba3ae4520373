/// Walks the words of a command line down a tree of commands.
struct ArgumentParser {
  /// The flag that every command has unless it declares one of that name itself.
  static let help = Flag("help", short: "h", help: "Print help.").declaration

  private var path: CommandPath
  private var words: ArraySlice<String>
  private var given: [String: [String]] = [:]
  private var operands: [String] = []

  init(root: Command, words: [String]) {
    path = CommandPath(root: root)
    self.words = words[...]
  }

  mutating func parse(_ presets: Preset.Source) throws(UsageFailure) -> Invocation {
    var areOptionsOver = false
    while let word = words.popFirst() {
      if areOptionsOver || word == "-" || !word.hasPrefix("-") {
        if !areOptionsOver, operands.isEmpty, try descend(to: word) { continue }
        if let page = try helpPage(for: word, isWord: !areOptionsOver) { return .help(page) }
        operands.append(word)
      } else if word == "--" {
        areOptionsOver = true
      } else if word.hasPrefix("--") {
        try takeLong(word)
      } else {
        try takeShort(word)
      }
      if given[Self.help.name] != nil, path.ownsHelp { return .help(HelpPage(path)) }
    }
    return try finish(presets)
  }

  private func finish(_ presets: Preset.Source) throws(UsageFailure) -> Invocation {
    guard let action = path.last.action else {
      let names = path.last.subcommands.map(\.name).joined(separator: ", ")
      throw failure("missing command: one of \(names)")
    }
    try checkOperandCount()
    var arguments = Arguments(
      command: path.names, operands: operands, given: given,
      known: Set(path.options.map(\.name)), hint: path.hint)
    // What was given on the command line stands; of several presets the first counts.
    for preset in try presets(arguments) where arguments.given[preset.name] == nil {
      guard let option = path.options.first(where: { $0.name == preset.name }) else { continue }
      arguments.given[preset.name] = try values(of: preset, option)
    }
    return .run(action, arguments)
  }

  /// The values of a preset, once they are known to fit their option.
  private func values(
    of preset: Preset, _ option: OptionDeclaration
  ) throws(UsageFailure) -> [String] {
    func failure(_ reason: String, _ suggestion: String? = nil) -> UsageFailure {
      self.failure("\(preset.origin): '\(preset.name)' \(reason)", meant: suggestion)
    }
    guard option.takesValue else {
      switch preset.values {
      case ["true"], ["1"]: return [""]
      case ["false"], ["0"]: return []
      default: throw failure("is a flag: true or false")
      }
    }
    guard option.isRepeated || preset.values.count == 1 else { throw failure("takes one value") }
    for value in preset.values {
      do throws(ValueFailure) {
        try option.check(value)
      } catch {
        throw failure("has the value \(quoted(value)), which \(error.reason)", error.suggestion)
      }
    }
    return preset.values
  }

  private func failure(_ message: String, meant suggestion: String? = nil) -> UsageFailure {
    let question = suggestion.map { "; did you mean '\($0)'?" } ?? ""
    return UsageFailure(message + question, hint: path.hint)
  }

  // MARK: Commands and operands

  /// Goes down to a subcommand if `word` names one.
  private mutating func descend(to word: String) throws(UsageFailure) -> Bool {
    let current = path.last
    if let subcommand = current.subcommands.first(where: { $0.name == word }) {
      path.append(subcommand)
      return true
    }
    guard !current.subcommands.isEmpty, current.operands.isEmpty, word != "help" else {
      return false
    }
    throw failure(
      "unknown command \(quoted(word))",
      meant: Suggestion.nearest(to: word, among: current.subcommands.map(\.name) + ["help"]))
  }

  /// The page that `help COMMAND…` asks for, if `word` is that `help`.
  private mutating func helpPage(for word: String, isWord: Bool) throws(UsageFailure) -> HelpPage? {
    guard isWord, word == "help", operands.isEmpty, !path.last.subcommands.isEmpty else {
      return nil
    }
    while let name = words.popFirst(), name != "help", name != "--help", name != "-h" {
      guard try descend(to: name) else {
        throw failure("\(path.names.joined(separator: " ")) has no command \(quoted(name))")
      }
    }
    return HelpPage(path)
  }

  private func checkOperandCount() throws(UsageFailure) {
    var least = 0
    var most = 0
    for operand in path.last.operands {
      least += operand.count.lowerBound
      guard operands.count >= least else { throw failure("missing operand <\(operand.name)>") }
      let (sum, isTooLarge) = most.addingReportingOverflow(operand.count.upperBound)
      most = isTooLarge ? Int.max : sum
    }
    guard operands.count <= most else {
      throw failure("unexpected operand \(quoted(operands[most]))")
    }
  }

  // MARK: Options

  /// Takes `--name`, `--name=value` or `--name value`.
  private mutating func takeLong(_ word: String) throws(UsageFailure) {
    let parts = word.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let value = parts.count > 1 ? String(parts[1]) : nil
    guard let option = path.options.first(where: { $0.name == name }) else {
      throw unknownOption(name)
    }
    guard option.takesValue else {
      guard value == nil else { throw failure("option '--\(name)' takes no value") }
      return try record("", for: option, spelled: "--\(name)")
    }
    let text = if let value { value } else { try nextValue(for: "--\(name)", of: option) }
    try record(text, for: option, spelled: "--\(name)")
  }

  /// Takes `-a`, `-abc`, `-ovalue`, `-o=value` or `-o value`.
  private mutating func takeShort(_ word: String) throws(UsageFailure) {
    var letters = word.dropFirst()
    if letters.count > 1, path.options.contains(where: { $0.name == letters }) {
      throw failure("unknown option \(quoted(word))", meant: "--\(letters)")
    }
    while let letter = letters.popFirst() {
      let spelled = "-\(letter)"
      guard let option = path.options.first(where: { $0.short == letter }) else {
        let place = spelled == word ? "" : " in \(quoted(word))"
        throw failure("unknown option \(quoted(spelled))\(place)")
      }
      guard option.takesValue else {
        try record("", for: option, spelled: spelled)
        continue
      }
      let rest = letters.first == "=" ? letters.dropFirst() : letters
      let text = letters.isEmpty ? try nextValue(for: spelled, of: option) : String(rest)
      return try record(text, for: option, spelled: spelled)
    }
  }

  /// The next word as a value; one that looks like an option is more likely a forgotten value.
  private mutating func nextValue(
    for spelled: String, of option: OptionDeclaration
  ) throws(UsageFailure) -> String {
    let needs = "option '\(spelled)' needs a value <\(option.placeholder ?? option.name)>"
    guard let word = words.first else { throw failure(needs) }
    let isNumber = word.dropFirst().first?.isNumber ?? false
    guard word == "-" || isNumber || !word.hasPrefix("-") else {
      throw failure("\(needs); if it is \(quoted(word)), write '--\(option.name)=\(word)'")
    }
    words.removeFirst()
    return word
  }

  private mutating func record(
    _ text: String, for option: OptionDeclaration, spelled: String
  ) throws(UsageFailure) {
    do throws(ValueFailure) {
      try option.check(text)
    } catch {
      throw failure(
        "value \(quoted(text)) of option '\(spelled)' \(error.reason)", meant: error.suggestion)
    }
    guard option.isRepeated || given[option.name] == nil else {
      throw failure("option '--\(option.name)' is given twice")
    }
    given[option.name, default: []].append(text)
  }

  private func unknownOption(_ name: String) -> UsageFailure {
    let message = "unknown option \(quoted("--\(name)"))"
    if let owner = path.descendant(with: name) {
      return failure("\(message) here; it belongs after '\(owner)'")
    }
    let nearest = Suggestion.nearest(to: name, among: path.options.map(\.name))
    return failure(message, meant: nearest.map { "--\($0)" })
  }
}
