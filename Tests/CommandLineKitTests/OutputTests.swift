import CommandLineKit
import Foundation
import Testing

/// A folder that is removed with its contents.
private final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  func contents(_ name: String) -> String? {
    try? String(contentsOfFile: file(name), encoding: .utf8)
  }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }
}

@Suite struct OutputFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func permissions(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: folder.file(name))[.posixPermissions] as? Int
  }

  @Test func aFileAppearsOnlyWhenItIsComplete() throws {
    let file = try OutputFile(folder.file("a.txt"))
    try file.output.write("hello")
    try file.output.flush()
    #expect(folder.contents("a.txt") == nil)
    try file.commit()
    #expect(folder.contents("a.txt") == "hello")
    #expect(try folder.names == ["a.txt"])
  }

  @Test func anInterruptedFileLeavesNothingBehind() throws {
    // Without a handler the signal would end the tests, once it is let through; threads of tests
    // have it blocked.
    signal(SIGHUP) { _ in }
    var hangUp = sigset_t()
    sigemptyset(&hangUp)
    sigaddset(&hangUp, SIGHUP)
    pthread_sigmask(SIG_UNBLOCK, &hangUp, nil)
    defer { pthread_sigmask(SIG_BLOCK, &hangUp, nil) }
    try OutputFile.write(Array("old".utf8), to: folder.file("a.txt"))
    let failure = #expect(throws: OutputFailure.self) {
      try OutputFile.write(to: folder.file("a.txt")) { output in
        try output.write([UInt8](repeating: 65, count: 100_000))
        pthread_kill(pthread_self(), SIGHUP)
        try output.write([UInt8](repeating: 65, count: 100_000))
        Issue.record("the rest is not written")
      }
    }
    #expect(failure?.reason == "interrupted")
    #expect(folder.contents("a.txt") == "old")
    #expect(try folder.names == ["a.txt"])
    try OutputFile.write(Array("new".utf8), to: folder.file("a.txt"))
    #expect(folder.contents("a.txt") == "new")
  }

  @Test func anAbandonedFileLeavesNothingBehind() throws {
    try OutputFile.write(Array("old".utf8), to: folder.file("a.txt"))
    do {
      let file = try OutputFile(folder.file("a.txt"))
      try file.output.write("new")
      try file.output.flush()
    }
    #expect(folder.contents("a.txt") == "old")
    #expect(try folder.names == ["a.txt"])
  }

  @Test func aReplacedFileKeepsItsPermissions() throws {
    try OutputFile.write([], to: folder.file("a.txt"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640], ofItemAtPath: folder.file("a.txt"))
    try OutputFile.write(Array("new".utf8), to: folder.file("a.txt"))
    #expect(try permissions("a.txt") == 0o640)
    #expect(folder.contents("a.txt") == "new")
  }

  @Test func aNewFileFollowsTheMask() throws {
    let mask = umask(0)
    umask(mask)
    try OutputFile.write([], to: folder.file("a.txt"))
    #expect(try permissions("a.txt") == 0o666 & ~Int(mask))
  }

  @Test func aLinkStaysALink() throws {
    try OutputFile.write([], to: folder.file("real.txt"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link.txt"), withDestinationPath: "real.txt")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("lost.txt"), withDestinationPath: "made.txt")
    try OutputFile.write(Array("one".utf8), to: folder.file("link.txt"))
    try OutputFile.write(Array("two".utf8), to: folder.file("lost.txt"))
    #expect(folder.contents("real.txt") == "one")
    #expect(folder.contents("made.txt") == "two")
    #expect(try folder.names == ["link.txt", "lost.txt", "made.txt", "real.txt"])
  }

  @Test func anExistingFileMayBeProtected() throws {
    try OutputFile.write(Array("old".utf8), to: folder.file("a.txt"))
    let failure = #expect(throws: OutputFailure.self) {
      try OutputFile(folder.file("a.txt"), replacing: false)
    }
    #expect(failure?.reason == "exists already")
  }

  @Test(arguments: [
    ("missing/a.txt", "its folder does not exist"), ("", "is a folder"),
    ("new/", "is a folder's name, not a file's"), ("file/a.txt", "not a directory"),
    (String(repeating: "x", count: 300), "file name too long"),
  ])
  func impossiblePathsAreExplained(name: String, reason: String) throws {
    try OutputFile.write([], to: folder.file("file"))
    let failure = #expect(throws: OutputFailure.self) {
      try OutputFile.write([1], to: folder.file(name))
    }
    #expect(failure?.path == folder.file(name))
    #expect(failure?.reason == reason)
    #expect(try folder.names == ["file"])
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may write everywhere"))
  func unwritableFilesAndFoldersAreRefused() throws {
    try OutputFile.write([], to: folder.file("a.txt"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o444], ofItemAtPath: folder.file("a.txt"))
    let file = #expect(throws: OutputFailure.self) {
      try OutputFile.write([], to: folder.file("a.txt"))
    }
    #expect(file?.reason == "permission denied")
    let root = #expect(throws: OutputFailure.self) { try OutputFile.write([], to: "/a.txt") }
    #expect(root?.reason == "cannot be created: permission denied")
  }

  @Test func noFileNameIsRefused() {
    #expect(throws: OutputFailure(path: "''", reason: "is no file name")) { try OutputFile("") }
  }

  @Test func devicesAreWrittenToDirectly() throws {
    try OutputFile.write([1, 2, 3], to: "/dev/null")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func aFullDeviceIsReported() {
    let failure = #expect(throws: OutputFailure.self) {
      try OutputFile.write([1, 2, 3], to: "/dev/full")
    }
    #expect(failure?.description == "/dev/full: no space left on device")
  }

  @Test func aPipeWithANameTakesTheBytes() throws {
    let path = folder.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    // With a reader there already, writing a few bytes does not block.
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    try OutputFile.write(Array("through".utf8), to: path)
    let reading = FileHandle(fileDescriptor: reader, closeOnDealloc: true)
    #expect(try reading.readToEnd() == Data("through".utf8))
    #expect(try folder.names == ["pipe"])
  }
}

@Suite struct ByteOutputTests {
  @Test func largeOutputArrivesWhole() throws {
    let folder = try TemporaryFolder()
    let file = try OutputFile(folder.file("a.txt"))
    let line = "0123456789abcde\n"
    for _ in 0..<20_000 { try file.output.write(line) }
    try file.output.write([UInt8](repeating: 10, count: 200_000))
    try file.commit()
    let text = try #require(folder.contents("a.txt"))
    #expect(text.utf8.count == 520_000)
    #expect(text.hasPrefix(line + line))
  }

  @Test func aReaderThatGoesAwayEndsTheOutputQuietly() throws {
    ByteOutput.ignoreBrokenPipes()
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    let output = ByteOutput(descriptor: ends[1], path: "pipe")
    try output.write("lost")
    #expect(!output.isReaderGone)
    try output.flush()
    #expect(output.isReaderGone)
    try output.write([UInt8](repeating: 0, count: 100_000))
    close(ends[1])
  }

  @Test func aPipeThatIsFullForNowIsWaitedFor() throws {
    let (bytes, result) = (Pipe(), Pipe())
    let counting = Process()
    counting.executableURL = URL(filePath: "/bin/sh")
    counting.arguments = ["-c", "sleep 0.1; wc -c"]
    counting.standardInput = bytes
    counting.standardOutput = result
    try counting.run()
    let writer = bytes.fileHandleForWriting
    #expect(fcntl(writer.fileDescriptor, F_SETFL, O_NONBLOCK) == 0)

    let output = ByteOutput(descriptor: writer.fileDescriptor, path: "pipe")
    try output.write([UInt8](repeating: 0, count: 1_000_000))
    try output.flush()
    try writer.close()
    #expect(result.fileHandleForReading.readDataToEndOfFile() == Data("1000000\n".utf8))
    counting.waitUntilExit()
  }

  @Test func aFailureIsToldAgainAtEachFlush() {
    let output = ByteOutput(descriptor: -1, path: "nowhere")
    for _ in 0..<2 {
      #expect(throws: OutputFailure(path: "nowhere", reason: "bad file descriptor")) {
        try output.write("x")
        try output.flush()
      }
    }
  }
}
