/// A value that an option has where the command line does not give it, such as from a file.
public struct Preset: Sendable, Equatable {
  /// Finds presets once the words of the command line are known.
  public typealias Source = (Arguments) throws(UsageFailure) -> [Preset]

  /// Long name of the option.
  public let name: String
  /// The values, as they would be typed; for a flag `true` or `false`.
  public let values: [String]
  /// Where it was found, for messages.
  public let origin: String

  /// Makes a preset.
  public init(name: String, values: [String], origin: String) {
    self.name = name
    self.values = values
    self.origin = origin
  }
}
