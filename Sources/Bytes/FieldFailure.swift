/// What is wrong with a field of a rule file, and where.
public struct FieldFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// Line and column.
  public let position: SourcePosition
  /// Path of field names and indices that leads there, such as `operators[3].limits[0].check`.
  public let path: String
  /// What is wrong and what would be right, in plain words.
  public let reason: String

  /// Makes a failure.
  public init(file: String, position: SourcePosition, path: String, reason: String) {
    self.file = file
    self.position = position
    self.path = path
    self.reason = reason
  }

  /// `file:line:column: path: reason`.
  public var description: String {
    let place = "\(file):\(position.line ?? 0):\(position.column ?? 0)"
    return path.isEmpty ? "\(place): \(reason)" : "\(place): \(path): \(reason)"
  }
}
