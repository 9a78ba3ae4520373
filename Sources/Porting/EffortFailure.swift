public import Bytes

/// What is wrong with a file of efforts or routes, and where.
public struct EffortFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// Line and column.
  public let position: SourcePosition
  /// Path of field names and indices that leads there, such as `tasks[3].hours`.
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
