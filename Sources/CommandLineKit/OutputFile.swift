#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that appears under its name only when it is complete.
///
/// The bytes go to a temporary file in the same folder, which `commit` moves to its place; without
/// `commit` it is removed, and a file that was there before stays as it was. The path `-`, and
/// `/dev/stdout` and its like, are descriptors that the process has already. What exists but is no
/// regular file (a device, a FIFO) is written to directly.
/// ```swift
/// let file = try OutputFile("report.xml")
/// try file.output.write("<report/>\n")
/// try file.commit()
/// ```
public final class OutputFile {
  /// Where the bytes go.
  private enum Destination {
    /// A descriptor of the process, which stays open.
    case inherited
    /// A device or pipe opened by us.
    case direct
    /// A temporary file on its way to `final`.
    case atomic(temporary: String, final: String)
  }

  /// Takes the bytes.
  public let output: ByteOutput

  private let path: String
  private let descriptor: Int32
  private let destination: Destination
  private var isOpen = true

  /// Opens a file for writing; one that exists is refused when `replacing` is false.
  ///
  /// - Throws: `OutputFailure` when the folder is missing or not writable, when the path is a
  ///   folder, or when an existing file is read-only.
  public init(_ path: String, replacing: Bool = true) throws(OutputFailure) {
    self.path = path
    if let inherited = Self.inheritedDescriptor(path) {
      descriptor = inherited.number
      destination = .inherited
      output = ByteOutput(descriptor: inherited.number, path: inherited.name)
      return
    }
    guard !path.isEmpty else { throw OutputFailure(path: "''", reason: "is no file name") }
    (descriptor, destination) = try Self.open(path, replacing: replacing)
    output = ByteOutput(descriptor: descriptor, path: path)
  }

  deinit {
    discard()
  }

  /// Writes a whole file at once.
  ///
  /// - Throws: `OutputFailure`; nothing is left behind then.
  public static func write(_ bytes: [UInt8], to path: String) throws(OutputFailure) {
    do {
      try write(to: path) { output in try output.write(bytes) }
    } catch let failure as OutputFailure {
      throw failure
    } catch {
      throw OutputFailure(path: path, reason: "\(error)")
    }
  }

  /// Writes a whole file, piece by piece; an interrupt (Ctrl-C) waits until nothing half-written is
  /// left: `body` then fails at its next piece.
  ///
  /// - Throws: `OutputFailure` or what `body` throws; nothing is left behind then.
  public static func write(to path: String, _ body: (ByteOutput) throws -> Void) throws {
    let interrupts = inheritedDescriptor(path) == nil ? HeldInterrupts() : nil
    // The file is put in its place or dropped before the interrupt goes on its way.
    defer { interrupts?.release() }
    let file = try OutputFile(path)
    defer { file.discard() }
    if let interrupts {
      file.output.stops = { interrupts.arePending }
    }
    try body(file.output)
    try file.commit()
  }

  /// Sends what is left and puts the file in its place; the output takes nothing more after this.
  ///
  /// - Throws: `OutputFailure`; the temporary file is removed then.
  public func commit() throws(OutputFailure) {
    guard isOpen else { return }
    do throws(OutputFailure) {
      try output.flush()
      try finish()
    } catch {
      discard()
      throw error
    }
  }

  private func finish() throws(OutputFailure) {
    switch destination {
    case .inherited:
      isOpen = false
    case .direct:
      isOpen = false
      guard close(descriptor) == 0 else { throw .lastError(path) }
    case .atomic(let temporary, let final):
      // Some file systems have nothing to synchronise and say so.
      guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
        throw .lastError(path)
      }
      guard rename(temporary, final) == 0 else { throw .lastError(path, "cannot be replaced") }
      isOpen = false
      guard close(descriptor) == 0 else { throw .lastError(path) }
    }
  }

  /// Drops what was written; a file that existed before stays as it was.
  public func discard() {
    guard isOpen else { return }
    isOpen = false
    switch destination {
    case .inherited: break
    case .direct: close(descriptor)
    case .atomic(let temporary, _):
      close(descriptor)
      unlink(temporary)
    }
  }
}

// MARK: - Opening

extension OutputFile {
  /// The open descriptor that a path stands for.
  ///
  /// Opening `/dev/stdout` anew would cut off a file that the shell redirected output to.
  private static func inheritedDescriptor(_ path: String) -> (number: Int32, name: String)? {
    switch path {
    case "-", "/dev/stdout": return (STDOUT_FILENO, "standard output")
    case "/dev/stderr": return (STDERR_FILENO, "standard error")
    default:
      for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
        if let number = Int32(path.dropFirst(folder.count)), number >= 0 { return (number, path) }
      }
      return nil
    }
  }

  private static func open(
    _ path: String, replacing: Bool
  ) throws(OutputFailure) -> (Int32, Destination) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw .lastError(path) }
      guard !path.hasSuffix("/") else {
        throw OutputFailure(path: path, reason: "is a folder's name, not a file's")
      }
      // A link to nowhere: the file it names is made, the link stays.
      if isLink(path) { return (try openDirectly(path), .direct) }
      return try openTemporary(for: path, named: path, mode: 0o666, isExact: false)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      guard replacing else { throw OutputFailure(path: path, reason: "exists already") }
      // Renaming would replace even a read-only file, which nobody expects.
      guard access(path, W_OK) == 0 else { throw .lastError(path) }
      guard let resolved = realpath(path, nil) else { throw .lastError(path) }
      defer { free(resolved) }
      return try openTemporary(
        for: String(cString: resolved), named: path, mode: status.st_mode & 0o7777, isExact: true)
    case S_IFDIR:
      throw OutputFailure(path: path, reason: "is a folder")
    default:
      return (try openDirectly(path), .direct)
    }
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  private static func openDirectly(_ path: String) throws(OutputFailure) -> Int32 {
    let descriptor = openForWriting(path, O_CREAT | O_TRUNC, 0o666)
    guard descriptor >= 0 else { throw .lastError(path) }
    return descriptor
  }

  /// Makes a file beside `final` with a name that nothing else has; `path` is for messages.
  ///
  /// Exact permissions hold whatever the mask of the process.
  private static func openTemporary(
    for final: String, named path: String, mode: mode_t, isExact: Bool
  ) throws(OutputFailure) -> (Int32, Destination) {
    let folder = final.lastIndex(of: "/").map { String(final[...$0]) } ?? ""
    while true {
      let name = ".writing-" + String(UInt64.random(in: 0...UInt64.max), radix: 36)
      let temporary = folder + name
      let descriptor = openForWriting(temporary, O_CREAT | O_EXCL, mode & 0o777)
      guard descriptor >= 0 else {
        switch errno {
        case EEXIST: continue
        case ENOENT: throw OutputFailure(path: path, reason: "its folder does not exist")
        default: throw .lastError(path, "cannot be created")
        }
      }
      if isExact { _ = fchmod(descriptor, mode) }
      return (descriptor, .atomic(temporary: temporary, final: final))
    }
  }
}

/// The C function with the flags that every output has, repeated when a signal interrupts it.
private func openForWriting(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  while true {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | flags, mode)
    if descriptor >= 0 || errno != EINTR { return descriptor }
  }
}

/// Signals that end a process, kept waiting for a while.
///
/// They are kept from the thread that writes; it is the only one by then.
private struct HeldInterrupts {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]
  private var before = sigset_t()

  init() {
    var held = sigset_t()
    sigemptyset(&held)
    for number in Self.signals { sigaddset(&held, number) }
    pthread_sigmask(SIG_BLOCK, &held, &before)
  }

  /// Whether one of them is waiting.
  var arePending: Bool {
    var waiting = sigset_t()
    sigpending(&waiting)
    return Self.signals.contains { sigismember(&waiting, $0) == 1 }
  }

  /// Lets them through.
  func release() {
    var before = before
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}
