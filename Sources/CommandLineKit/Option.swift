/// Anything that can stand in a command's list of options.
public protocol CommandOption: Sendable {
  /// Name, help and syntax, without the type of the value.
  var declaration: OptionDeclaration { get }
}

/// Name, help and syntax of an option or flag: all that help, completions and manual pages need.
public struct OptionDeclaration: Sendable {
  /// Long name, without dashes.
  public let name: String
  /// Letter of the short form.
  public let short: Character?
  /// What stands for the value in help; nil for a flag.
  public let placeholder: String?
  /// One sentence or a few.
  public let help: String
  /// All values, when they can be listed.
  public let choices: [String]
  /// The value when none is given, if it is worth telling.
  public let defaultText: String?
  /// Whether it may be given more than once.
  public let isRepeated: Bool
  /// Whether subcommands take it too.
  public let isInherited: Bool
  /// What a shell offers as value.
  public let completion: Completion
  /// Throws when a text is no value of this option.
  let check: @Sendable (String) throws(ValueFailure) -> Void

  /// Whether it is followed by a value.
  public var takesValue: Bool { placeholder != nil }
}

/// An option with a value; `Result` is what reading it gives.
///
/// The type says how often it may be given and what comes when it is not:
/// ```swift
/// static let format = Option("format", short: "f", as: .choice(of: Format.self), default: .text,
///   help: "Choose the report.")                                  // Option<Format>
/// static let rules = Option<String?>("rules", placeholder: "dir", as: .path(.folders),
///   help: "Read the rules from a folder.")                       // nil when not given
/// static let targets = Option<[String]>("target", short: "t", placeholder: "stack", as: .text,
///   help: "Judge against a stack.")                              // may be repeated
/// ```
/// It is read by `try arguments[format]`.
public struct Option<Result: Sendable>: CommandOption {
  /// Name, help and syntax.
  public let declaration: OptionDeclaration
  let read: @Sendable ([String]) throws(ValueFailure) -> Result

  private init<Value: Sendable>(
    _ name: String, _ short: Character?, _ placeholder: String?, _ format: ValueFormat<Value>,
    defaultText: String?, isRepeated: Bool, help: String,
    read: @escaping @Sendable ([String]) throws(ValueFailure) -> Result
  ) {
    declaration = OptionDeclaration(
      name: name, short: short, placeholder: placeholder ?? name, help: help,
      choices: format.choices, defaultText: defaultText, isRepeated: isRepeated, isInherited: true,
      completion: format.completion,
      check: { text throws(ValueFailure) in _ = try format.parse(text) })
    self.read = read
  }

  /// Declares an option that has a value even when it is not given; help shows that default.
  public init(
    _ name: String, short: Character? = nil, placeholder: String? = nil,
    as format: ValueFormat<Result>, default value: Result, help: String
  ) {
    self.init(
      name, short, placeholder, format, defaultText: format.describe(value), isRepeated: false,
      help: help
    ) { texts throws(ValueFailure) in
      guard let text = texts.last else { return value }
      return try format.parse(text)
    }
  }

  /// Declares an option that is nil when it is not given.
  public init<Value: Sendable>(
    _ name: String, short: Character? = nil, placeholder: String? = nil,
    as format: ValueFormat<Value>, help: String
  ) where Result == Value? {
    self.init(
      name, short, placeholder, format, defaultText: nil, isRepeated: false, help: help
    ) { texts throws(ValueFailure) in
      guard let text = texts.last else { return nil }
      return try format.parse(text)
    }
  }

  /// Declares an option that may be repeated; its values come in the order given.
  public init<Value: Sendable>(
    _ name: String, short: Character? = nil, placeholder: String? = nil,
    as format: ValueFormat<Value>, help: String
  ) where Result == [Value] {
    self.init(
      name, short, placeholder, format, defaultText: nil, isRepeated: true, help: help
    ) { texts throws(ValueFailure) in
      var values: [Value] = []
      for text in texts { values.append(try format.parse(text)) }
      return values
    }
  }
}

/// An option without a value.
///
/// ```swift
/// static let verbose = Flag("verbose", short: "v", help: "Say more; twice for still more.")
/// // arguments[verbose] is true or false, arguments.count(of: verbose) is 2 after -vv
/// ```
public struct Flag: CommandOption {
  /// Name, help and syntax.
  public let declaration: OptionDeclaration

  /// Declares a flag; one that is not inherited belongs to its command alone, not to subcommands.
  public init(_ name: String, short: Character? = nil, isInherited: Bool = true, help: String) {
    declaration = OptionDeclaration(
      name: name, short: short, placeholder: nil, help: help, choices: [], defaultText: nil,
      isRepeated: true, isInherited: isInherited, completion: .none,
      check: { _ throws(ValueFailure) in })
  }
}
