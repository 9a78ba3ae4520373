import Testing

@testable import CommandLineKit

@Suite struct HelpTests {
  @Test func theToolListsItsCommands() throws {
    #expect(
      HelpPage(Sample.root).text(width: 80) == """
        Draw and copy

        Usage: sample [options] <command>

        Commands:
          draw           Draw shapes
          copy           Copy a file
          store          Look after the store

        Options:
          -q, --quiet    Print results only.
          -v, --verbose  Say more.
              --version  Print the version.
          -h, --help     Print help.

        Run 'sample help <command>' for more on a command.

        """)
  }

  @Test func aCommandListsItsOptionsByGroup() throws {
    #expect(
      try Sample.help(["help", "draw"]).text(width: 70) == """
        Draw shapes

        Usage: sample draw [options] <file>...

        Draws each file's shape on every target, the first one first.

          kept   as it is

        Arguments:
          <file>...            File to draw.

        Options:
          -s, --shape <shape>  Choose a shape. [values: circle, square,
                               triangle] [default: circle]
          -t, --target <name>  Draw on a target. Costs time. [may be repeated]
          -h, --help           Print help.

        Tuning options:
          -j, --jobs <count>   Work on several files at once. [default: 2]
              --rules <dir>    Read rules from a folder.

        Global options:
          -q, --quiet          Print results only.
          -v, --verbose        Say more.

        Examples:
          Draw a square
            sample draw -s square it's.txt

        """)
  }

  @Test(arguments: [40, 50, 60, 79, 100, 200])
  func helpKeepsToTheWidth(width: Int) throws {
    for words in [["help"], ["help", "draw"], ["help", "store"], ["help", "copy"]] {
      let text = try Sample.help(words).text(width: width)
      let longest = text.split(separator: "\n").map(\.count).max() ?? 0
      #expect(longest <= min(width, 100))
    }
  }

  @Test func aLongWordGetsItsOwnLine() {
    #expect(wrapped("a verylongword b", width: 6) == ["a", "verylongword", "b"])
  }

  @Test func noLineIsLongerThanAsked() {
    #expect(wrapped("one two three four", width: 9) == ["one two", "three", "four"])
    #expect(wrapped("one two", width: 7) == ["one two"])
  }
}
