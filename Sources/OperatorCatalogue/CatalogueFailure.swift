public import Bytes

/// Why an operator file could not be loaded, and where.
public struct CatalogueFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Name of the file.
  public let file: String
  /// Line and column of the offending text.
  public let position: SourcePosition
  /// Path of field names and indices that leads there, such as `operators[3].inputs.X`.
  public let path: String
  /// What is wrong, in plain words.
  public let reason: String

  /// Makes a failure.
  public init(file: String, position: SourcePosition, path: String, reason: String) {
    self.file = file
    self.position = position
    self.path = path
    self.reason = reason
  }

  /// `file: line 3, column 7: operators[3].inputs.X: reason`.
  public var description: String {
    path.isEmpty ? "\(file): \(position): \(reason)" : "\(file): \(position): \(path): \(reason)"
  }
}
