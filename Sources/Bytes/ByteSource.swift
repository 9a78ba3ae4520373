#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The bytes of one input, mapped from a file or held in memory, for as long as someone refers to it.
///
/// Files of 64 KiB and more are mapped, so weights that nobody asks for are never read. A mapped
/// file that is cut short by another program while it is read ends the process with SIGBUS; smaller
/// files and pipes are copied and cannot.
public final class ByteSource: Sendable {
  /// How the bytes are kept.
  private enum Storage: Sendable {
    case owned([UInt8])
    /// Start address of a private read-only mapping, kept as a number so that the class is `Sendable`.
    case mapped(address: UInt, count: Int)
    /// Start address of memory that outlives the process's use of it.
    case immortal(address: UInt, count: Int)
  }

  private let storage: Storage

  /// Wraps bytes that are already in memory.
  public init(_ bytes: [UInt8]) {
    storage = .owned(bytes)
  }

  /// Wraps memory that is never changed or released, such as constants in the binary; nothing is
  /// copied.
  public init(immortal bytes: UnsafeBufferPointer<UInt8>) {
    storage = unsafe .immortal(address: UInt(bitPattern: bytes.baseAddress), count: bytes.count)
  }

  fileprivate init(address: UInt, count: Int) {
    storage = .mapped(address: address, count: count)
  }

  deinit {
    if case .mapped(let address, let count) = storage {
      _ = unsafe munmap(UnsafeMutableRawPointer(bitPattern: address), count)
    }
  }

  /// Number of bytes.
  public var count: Int {
    switch storage {
    case .owned(let bytes): bytes.count
    case .mapped(_, let count), .immortal(_, let count): count
    }
  }

  /// Lends all bytes to `body`.
  public func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    switch storage {
    case .owned(let bytes):
      return try body(bytes.span)
    case .mapped(let address, let count), .immortal(let address, let count):
      let start = unsafe UnsafePointer<UInt8>(bitPattern: address)
      let buffer = unsafe UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
      return try body(unsafe buffer.span)
    }
  }
}

// MARK: - Opening files

/// Why a file could not be opened for reading.
public struct FileFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Path as the user gave it.
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
}

extension ByteSource {
  /// Files smaller than this are read into memory instead of being mapped.
  private static let smallestMapping = 64 << 10

  /// Opens a regular file; `-` reads standard input to its end.
  ///
  /// - Throws: `FileFailure` when the path is missing, no regular file, or cannot be read.
  public static func open(_ path: String) throws(FileFailure) -> ByteSource {
    if path == "-" { return ByteSource(try readAll(STDIN_FILENO, path: "standard input")) }
    // O_NONBLOCK keeps a FIFO without a writer from hanging the open.
    let descriptor = openFile(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileFailure(path: path, reason: lastError()) }
    defer { close(descriptor) }

    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw FileFailure(path: path, reason: lastError())
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileFailure(path: path, reason: "is \(kind(of: status.st_mode)), not a regular file")
    }
    let size = Int(status.st_size)
    guard size >= smallestMapping else { return ByteSource(try readAll(descriptor, path: path)) }

    let mapping = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapping = unsafe mapping, unsafe mapping != MAP_FAILED else {
      throw FileFailure(path: path, reason: "cannot be mapped: \(lastError())")
    }
    return ByteSource(address: UInt(bitPattern: mapping), count: size)
  }

  private static func readAll(_ descriptor: Int32, path: String) throws(FileFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = unsafe chunk.withUnsafeMutableBytes {
        unsafe read(descriptor, $0.baseAddress, $0.count)
      }
      if got == 0 { return bytes }
      if got < 0 {
        if errno == EINTR { continue }
        throw FileFailure(path: path, reason: lastError())
      }
      bytes.append(contentsOf: chunk[..<got])
    }
  }

  private static func kind(of mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFDIR: "a directory"
    case S_IFIFO: "a pipe (FIFO)"
    case S_IFSOCK: "a socket"
    case S_IFCHR, S_IFBLK: "a device"
    default: "a special file"
    }
  }

  private static func lastError() -> String {
    unsafe String(cString: strerror(errno)).lowercased()
  }
}

/// The C function, which `ByteSource.open` hides by its name.
private func openFile(_ path: String, _ flags: Int32) -> Int32 {
  unsafe open(path, flags)
}
