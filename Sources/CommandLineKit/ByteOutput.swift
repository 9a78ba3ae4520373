#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why output could not be written.
public struct OutputFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Path as the user gave it, or `standard output`.
  public let path: String
  /// What is wrong, in plain words.
  public let reason: String

  /// Makes a failure for `path`.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// `path: reason`.
  public var description: String { "\(path): \(reason)" }

  /// Makes a failure from the error of the system call just made.
  static func lastError(_ path: String, _ action: String = "") -> OutputFailure {
    let reason = String(cString: strerror(errno)).lowercased()
    return OutputFailure(path: path, reason: action.isEmpty ? reason : "\(action): \(reason)")
  }
}

/// Bytes on their way to an open descriptor, sent in blocks of 64 KiB.
///
/// A reader that goes away (`tool | head -1`) ends the output quietly: later writes do nothing, and
/// `isReaderGone` tells a long-running writer that it may stop. This needs SIGPIPE to be ignored.
/// ```swift
/// ByteOutput.ignoreBrokenPipes()                // once, when the program starts
/// let output = ByteOutput.standardOutput()
/// try output.write("3 findings\n")
/// try output.flush()                            // what is not flushed is lost
/// ```
public final class ByteOutput {
  private static let blockSize = 64 << 10

  /// Path for messages.
  public let path: String
  /// Whether the other end of the pipe was closed.
  public private(set) var isReaderGone = false

  /// Is asked before each block whether to give up, as after an interrupt.
  var stops: () -> Bool = { false }

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var failure: OutputFailure?

  /// Writes to a descriptor that stays the caller's to close; `path` is for messages.
  public init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
    buffer.reserveCapacity(Self.blockSize)
  }

  /// Makes an output to descriptor 1.
  public static func standardOutput() -> ByteOutput {
    ByteOutput(descriptor: STDOUT_FILENO, path: "standard output")
  }

  /// Makes an output to descriptor 2.
  public static func standardError() -> ByteOutput {
    ByteOutput(descriptor: STDERR_FILENO, path: "standard error")
  }

  /// Lets writes to a closed pipe fail instead of ending the process.
  public static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }

  /// Appends text as UTF-8.
  ///
  /// - Throws: `OutputFailure`, and the same again at each later call.
  public func write(_ text: String) throws(OutputFailure) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.blockSize { try flush() }
  }

  /// Appends bytes.
  ///
  /// - Throws: `OutputFailure`, and the same again at each later call.
  public func write(_ bytes: [UInt8]) throws(OutputFailure) {
    try write(bytes.span)
  }

  /// Appends bytes.
  ///
  /// - Throws: `OutputFailure`, and the same again at each later call.
  public func write(_ bytes: Span<UInt8>) throws(OutputFailure) {
    bytes.withUnsafeBufferPointer { buffer.append(contentsOf: $0) }
    if buffer.count >= Self.blockSize { try flush() }
  }

  /// Sends what was appended.
  ///
  /// - Throws: `OutputFailure` when the system does not take it all.
  public func flush() throws(OutputFailure) {
    defer { buffer.removeAll(keepingCapacity: true) }
    if let failure { throw failure }
    guard !isReaderGone else { return }
    if stops() {
      let failure = OutputFailure(path: path, reason: "interrupted")
      self.failure = failure
      throw failure
    }
    let code = Self.send(buffer, to: descriptor)
    guard code != 0 else { return }
    guard code != EPIPE else {
      isReaderGone = true
      return
    }
    errno = code
    let failure = OutputFailure.lastError(path)
    self.failure = failure
    throw failure
  }

  /// Writes all bytes and returns 0, or the error number of the first write that failed.
  private static func send(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
          // A non-blocking descriptor shared with another program: wait until it takes more.
          var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&request, 1, -1)
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }
}

/// The C function, which the methods of `ByteOutput` hide by their name.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
