public import Bytes

/// Why a model could not be read, and where.
public struct ReadFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong and, where something can be done, what to do.
  public let reason: String
  /// Where in the file; nil when the file as a whole is meant.
  public let position: SourcePosition?

  /// Makes a failure.
  public init(_ reason: String, at position: SourcePosition?) {
    self.reason = reason
    self.position = position
  }

  /// `byte 120: reason`.
  public var description: String { position.map { "\($0): \(reason)" } ?? reason }
}

extension ReadFailure {
  /// A failure of the wire format, at its byte.
  init(_ failure: WireFailure, in record: String) {
    self.init("\(record): \(failure.reason)", at: .byte(failure.offset))
  }
}
