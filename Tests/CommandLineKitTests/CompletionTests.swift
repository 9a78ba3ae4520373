import CommandLineKit
import Foundation
import Testing

@Suite struct CompletionTests {
  /// Runs a program with a text as input and returns its exit code and output; nil when it is missing.
  private func run(_ program: String, _ arguments: [String], input: String) throws -> (
    Int32, String
  )? {
    let folders = ["/bin", "/usr/bin", "/usr/local/bin"]
    guard
      let path = folders.map({ "\($0)/\(program)" }).first(
        where: FileManager.default.isExecutableFile)
    else { return nil }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    let (standardInput, standardOutput) = (Pipe(), Pipe())
    process.standardInput = standardInput
    process.standardOutput = standardOutput
    process.standardError = standardOutput
    try process.run()
    standardInput.fileHandleForWriting.write(Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    let output = standardOutput.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  @Test(arguments: Shell.allCases)
  func theShellAcceptsItsScript(shell: Shell) throws {
    let script = Sample.root.completionScript(for: shell)
    guard let (status, output) = try run(shell.rawValue, ["-n"], input: script) else { return }
    #expect(status == 0)
    #expect(output == "")
  }

  @Test(arguments: [
    (["sample", "dr"], "draw"),
    (["sample", "store", ""], "build,validate,help"),
    (["sample", "draw", "--shape", ""], "circle,square,triangle"),
    (["sample", "draw", "--shape", "=", "sq"], "square"),
    (["sample", "draw", "--shape", "="], "circle,square,triangle"),
    (["sample", "draw", "-s", "t"], "triangle"),
    (["sample", "-q", "draw", "--s"], "--shape"),
    (["sample", "draw", "--q"], "--quiet"),
    (["sample", "--sh"], ""),
    (["sample", "store", "validate", "--"], "--rules,--quiet,--verbose,--help"),
    (["sample", "draw", "--jobs", ""], ""),
    (["sample", "draw", "/usr/bi"], "/usr/bin"),
  ])
  func bashCompletes(words: [String], expected: String) throws {
    let list = words.map { "'\($0)'" }.joined(separator: " ")
    let script =
      Sample.root.completionScript(for: .bash) + """
        COMP_WORDS=(\(list))
        COMP_CWORD=\(words.count - 1)
        _sample
        IFS=,
        echo "${COMPREPLY[*]}"
        """
    guard let (_, output) = try run("bash", ["--norc"], input: script) else { return }
    #expect(output == expected + "\n")
  }

  @Test(arguments: [
    ("sample dr", "draw\tDraw shapes"), ("sample store v", "validate\tValidate the store"),
    ("sample draw --sh", "--shape\tChoose a shape"),
    ("sample draw --shape sq", "square\tChoose a shape"),
    ("sample draw -s t", "triangle\tChoose a shape"),
    ("sample draw --targ", "--target\tDraw on a target"),
    ("sample copy --sh", ""),
  ])
  func fishCompletes(line: String, expected: String) throws {
    let script =
      Sample.root.completionScript(for: .fish) + "complete -C '\(line)' | string collect\n"
    guard let (_, output) = try run("fish", ["--no-config"], input: script) else { return }
    #expect(output == expected)
  }

  @Test func theManualPageIsPlainRoff() throws {
    let page = ManualPage(
      Sample.root, version: "1.0", date: "2026-01-31", sections: [("EXIT STATUS", ".0\n  is fine")])
    #expect(page.text.hasPrefix(".TH \"SAMPLE\" 1 \"2026\\-01\\-31\" \"sample 1.0\"\n"))
    #expect(page.text.contains(".SH \"EXIT STATUS\"\n\\&.0\n.br\n  is fine\n"))
    #expect(page.text.contains("\\fB\\-s\\fR, \\fB\\-\\-shape\\fR \\fIshape\\fR"))
    guard
      let (status, output) = try run("groff", ["-man", "-Tascii", "-ww", "-z"], input: page.text)
    else { return }
    #expect(status == 0)
    #expect(output == "")
  }
}
