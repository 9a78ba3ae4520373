/// Why a document was not read.
public struct XMLFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, in plain words.
  public let reason: String
  /// Line where it shows, counted from 1; nil when it concerns the document as a whole.
  public let line: Int?

  /// Makes a failure.
  public init(_ reason: String, line: Int? = nil) {
    self.reason = reason
    self.line = line
  }

  /// `line 3: reason`.
  public var description: String { line.map { "line \($0): \(reason)" } ?? reason }

  static let outOfMemory = XMLFailure("out of memory")

  static func tooLarge(_ count: Int, limit: Int) -> XMLFailure {
    XMLFailure("is \(count) bytes long, more than the \(limit) that are accepted")
  }
}

/// The size of document that is accepted unless a caller says otherwise, 64 MiB.
public let defaultDocumentLimit = 64 << 20
