import CommandLineKit
import Testing

@Suite struct TerminalTests {
  @Test(
    arguments: [
      (["COLUMNS": "72"], true, 97, 72), (["COLUMNS": "72"], false, nil, 72), ([:], true, 97, 97),
      (["COLUMNS": ""], true, 97, 97), (["COLUMNS": "wide"], true, 97, 97),
      (["COLUMNS": "0"], true, 97, 97), ([:], true, 0, 80), ([:], true, nil, 80),
      ([:], false, nil, 100), (["COLUMNS": "3"], true, 97, 20),
      (["COLUMNS": "99999"], true, 97, 1000),
    ] as [([String: String], Bool, Int?, Int)])
  func widthComesFromTheNearestWish(
    variables: [String: String], isTerminal: Bool, columns: Int?, expected: Int
  ) {
    let terminal = Terminal(
      environment: Environment(variables), isTerminal: isTerminal, columns: columns)
    #expect(terminal.width == expected)
  }

  @Test(
    arguments: [
      ([:], true, .auto, true),
      ([:], false, .auto, false),
      ([:], false, .always, true),
      ([:], true, .never, false),
      (["TERM": "dumb"], true, .auto, false),
      (["TERM": "xterm"], true, .auto, true),
      (["NO_COLOR": "1"], true, .auto, false),
      (["NO_COLOR": ""], true, .auto, true),
      (["NO_COLOR": "1"], true, .always, true),
      (["NO_COLOR": "1", "FORCE_COLOR": "1"], true, .auto, false),
      (["CLICOLOR_FORCE": "1"], false, .auto, true),
      (["CLICOLOR_FORCE": "0"], false, .auto, false),
      (["FORCE_COLOR": "1", "TERM": "dumb"], false, .auto, true),
      (["FORCE_COLOR": "1"], false, .never, false),
      (["CLICOLOR": "0"], true, .auto, false),
    ] as [([String: String], Bool, ColourChoice, Bool)])
  func colourFollowsTheCommandLineThenTheEnvironment(
    variables: [String: String], isTerminal: Bool, choice: ColourChoice, expected: Bool
  ) {
    let terminal = Terminal(
      environment: Environment(variables), isTerminal: isTerminal, colour: choice)
    #expect(terminal.hasColour == expected)
  }

  @Test(
    arguments: [
      ([:], false), (["LANG": "C"], false), (["LANG": "de_DE.UTF-8"], true),
      (["LANG": "C.utf8"], true), (["LANG": "ca_ES.UTF-8@valencia"], true),
      (["LANG": "de_DE.UTF-8", "LC_ALL": "C"], false),
      (["LANG": "C", "LC_CTYPE": "en_GB.UTF-8"], true),
      (["LANG": "C.UTF-8", "LC_ALL": ""], true), (["LANG": "de_DE.ISO-8859-1"], false),
    ] as [([String: String], Bool)])
  func charactersBeyondASCIINeedAUnicodeLocale(variables: [String: String], expected: Bool) {
    let terminal = Terminal(environment: Environment(variables), isTerminal: true)
    #expect(terminal.hasUnicode == expected)
  }

  @Test func theProcessHasAnEnvironment() {
    #expect(Environment.process["PATH"] != nil)
    #expect(Environment.process["NO_SUCH_VARIABLE_IS_SET"] == nil)
  }

  @Test func anUnknownDescriptorIsNoTerminal() {
    #expect(!Terminal.live(descriptor: -1).isTerminal)
  }
}
