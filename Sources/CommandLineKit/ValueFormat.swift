/// What a shell offers when the user asks for the rest of a word.
public enum Completion: Sendable, Equatable {
  /// Nothing.
  case none
  /// Names of files and folders.
  case files
  /// Names of folders.
  case folders
  /// Fixed words.
  case words([String])
}

/// Why a word is no value of the option it was given to.
///
/// The reason continues a sentence that begins with the word:
/// `value '0' of option '--jobs'` + `is less than 1`.
public struct ValueFailure: Error, Sendable, Equatable {
  /// The rest of the sentence, such as `is no whole number`.
  public let reason: String
  /// What the user may have meant.
  public let suggestion: String?

  /// Makes a failure; `suggestion` is what the user may have meant.
  public init(_ reason: String, suggestion: String? = nil) {
    self.reason = reason
    self.suggestion = suggestion
  }
}

/// How the text of an option becomes a value, and how help and shells describe it.
///
/// ```swift
/// .text                          // any non-empty text
/// .path(.files)                  // the same, completed by the shell
/// .integer(in: 1...64)
/// .choice(of: ColourChoice.self) // an enumeration of strings
/// ValueFormat { text throws(ValueFailure) in try Ratio(text) }
/// ```
public struct ValueFormat<Value: Sendable>: Sendable {
  /// All values, when they can be listed.
  public let choices: [String]
  /// What a shell offers.
  public let completion: Completion
  /// Writes a value the way a user would, for the defaults that help shows.
  public let describe: @Sendable (Value) -> String
  /// Reads a value.
  public let parse: @Sendable (String) throws(ValueFailure) -> Value

  /// Makes a format from a closure; listed choices are also what a shell offers.
  public init(
    choices: [String] = [], completion: Completion? = nil,
    describe: @escaping @Sendable (Value) -> String = { "\($0)" },
    parse: @escaping @Sendable (String) throws(ValueFailure) -> Value
  ) {
    self.choices = choices
    self.completion = completion ?? (choices.isEmpty ? .none : .words(choices))
    self.describe = describe
    self.parse = parse
  }
}

extension ValueFormat where Value == String {
  /// Any text but the empty one, which is nearly always an unset variable of a script.
  public static var text: ValueFormat { path(.none) }

  /// A path that is not empty.
  public static func path(_ completion: Completion) -> ValueFormat {
    ValueFormat(completion: completion) { text throws(ValueFailure) in
      guard !text.isEmpty else { throw ValueFailure("is empty") }
      return text
    }
  }

  /// One of several words known only while the program runs.
  public static func choice(among words: [String]) -> ValueFormat {
    ValueFormat(choices: words) { text throws(ValueFailure) in
      guard words.contains(text) else { throw .none(of: words, given: text) }
      return text
    }
  }
}

extension ValueFormat where Value == Int {
  /// A whole number within `range`.
  public static func integer(in range: ClosedRange<Int> = 0...Int.max) -> ValueFormat {
    ValueFormat { text throws(ValueFailure) in
      guard let number = Int(text) else { throw ValueFailure("is no whole number") }
      guard number >= range.lowerBound else {
        throw ValueFailure("is less than \(range.lowerBound)")
      }
      guard number <= range.upperBound else {
        throw ValueFailure("is more than \(range.upperBound)")
      }
      return number
    }
  }
}

extension ValueFormat where Value == Double {
  /// A finite number within `range`.
  public static func number(in range: ClosedRange<Double>) -> ValueFormat {
    ValueFormat { text throws(ValueFailure) in
      guard let number = Double(text), number.isFinite else { throw ValueFailure("is no number") }
      guard range.contains(number) else {
        throw ValueFailure("is not between \(range.lowerBound) and \(range.upperBound)")
      }
      return number
    }
  }
}

extension ValueFormat where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of the raw values of an enumeration.
  public static func choice(of _: Value.Type = Value.self) -> ValueFormat {
    let words = Value.allCases.map(\.rawValue)
    return ValueFormat(choices: words, describe: \.rawValue) { text throws(ValueFailure) in
      guard let value = Value(rawValue: text) else { throw .none(of: words, given: text) }
      return value
    }
  }
}

extension ValueFailure {
  static func none(of words: [String], given text: String) -> ValueFailure {
    ValueFailure(
      "is none of \(words.joined(separator: ", "))",
      suggestion: Suggestion.nearest(to: text, among: words))
  }
}
