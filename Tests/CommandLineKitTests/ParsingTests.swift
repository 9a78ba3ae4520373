import CommandLineKit
import Testing

@Suite struct ParsingTests {
  @Test(arguments: [
    ["draw", "--shape=square", "f"], ["draw", "--shape", "square", "f"], ["draw", "-ssquare", "f"],
    ["draw", "-s", "square", "f"], ["draw", "-s=square", "f"], ["draw", "f", "-qvssquare"],
  ])
  func aValueMayBeWrittenInSeveralWays(words: [String]) throws {
    guard case .run(_, let arguments) = try Sample.root.parse(words) else {
      Issue.record("asks for help")
      return
    }
    #expect(try arguments[Sample.shape] == .square)
    #expect(arguments.operands == ["f"])
  }

  @Test func valuesThatAreNotGivenHaveDefaults() throws {
    let arguments = try Sample.arguments("draw", "f")
    #expect(try arguments[Sample.shape] == .circle)
    #expect(try arguments[Sample.jobs] == 2)
    #expect(try arguments[Sample.rules] == nil)
    #expect(try arguments[Sample.targets] == [])
    #expect(!arguments[Sample.quiet])
    #expect(!arguments.isGiven(Sample.shape))
  }

  @Test func aGivenDefaultCountsAsGiven() throws {
    #expect(try Sample.arguments("draw", "f", "--shape=circle").isGiven(Sample.shape))
  }

  @Test func repeatedOptionsKeepTheirOrder() throws {
    let arguments = try Sample.arguments("draw", "-tb", "f", "--target=a", "-t", "b")
    #expect(try arguments[Sample.targets] == ["b", "a", "b"])
  }

  @Test func aValueMayHoldAnEqualsSign() throws {
    #expect(try Sample.arguments("draw", "f", "--target=a=b=").self[Sample.targets] == ["a=b="])
  }

  @Test func flagsAreBundledAndCounted() throws {
    let arguments = try Sample.arguments("draw", "-vqv", "f", "--verbose")
    #expect(arguments.count(of: Sample.verbose) == 3)
    #expect(arguments[Sample.quiet])
  }

  @Test func optionsOfAParentMayStandOnBothSidesOfTheCommand() throws {
    #expect(try Sample.arguments("-q", "draw", "f")[Sample.quiet])
    #expect(try Sample.arguments("draw", "f", "-q")[Sample.quiet])
    #expect(try Sample.arguments("store", "-q", "build")[Sample.quiet])
  }

  @Test func twoDashesEndTheOptions() throws {
    let arguments = try Sample.arguments("draw", "--", "-q", "--help", "--")
    #expect(arguments.operands == ["-q", "--help", "--"])
    #expect(!arguments[Sample.quiet])
  }

  @Test func aLoneDashIsAnOperandOrAValue() throws {
    let arguments = try Sample.arguments("draw", "-", "--target", "-")
    #expect(arguments.operands == ["-"])
    #expect(try arguments[Sample.targets] == ["-"])
  }

  @Test func nestedCommandsAreFound() throws {
    #expect(try Sample.arguments("store", "build").command == ["sample", "store", "build"])
  }

  @Test func anOperandMayBeNamedLikeACommand() throws {
    #expect(try Sample.arguments("draw", "copy", "help").operands == ["copy", "help"])
  }

  @Test(arguments: [
    ["help"], ["--help"], ["-h"], ["help", "--help"], ["-qh"], ["--help", "draw"],
  ])
  func helpOfTheToolIsAskedForInSeveralWays(words: [String]) throws {
    #expect(try Sample.help(words).text(width: 80) == HelpPage(Sample.root).text(width: 80))
  }

  @Test func helpOfACommandIsTheSameBeforeAndAfterIt() throws {
    let after = try Sample.help(["store", "validate", "--rules", "x", "-h"]).text(width: 80)
    #expect(try Sample.help(["help", "store", "validate"]).text(width: 80) == after)
    #expect(try Sample.help(["store", "help", "validate"]).text(width: 80) == after)
    #expect(after.contains("Usage: sample store validate [options]"))
  }

  @Test func theActionOfTheCommandIsRun() throws {
    guard case .run(let action, let arguments) = try Sample.root.parse(["draw", "a", "b"]) else {
      Issue.record("asks for help")
      return
    }
    #expect(try action(arguments) == 2)
  }

  @Test func readingAnOptionThatTheCommandDoesNotListTraps() async {
    await #expect(processExitsWith: .failure) {
      _ = try Sample.arguments("copy", "a")[Sample.shape]
    }
  }
}

@Suite struct UsageFailureTests {
  @Test(arguments: [
    (["draw", "f", "--shpae=x"], "unknown option '--shpae'; did you mean '--shape'?"),
    (["draw", "f", "--colour"], "unknown option '--colour'"),
    (["draw", "f", "-x"], "unknown option '-x'"),
    (["draw", "f", "-qx"], "unknown option '-x' in '-qx'"),
    (["draw", "f", "-shape"], "unknown option '-shape'; did you mean '--shape'?"),
    (["--shape", "x"], "unknown option '--shape' here; it belongs after 'sample draw'"),
    (["draw", "--version"], "unknown option '--version'"),
    (["drwa"], "unknown command 'drwa'; did you mean 'draw'?"),
    (["store", "sell"], "unknown command 'sell'"),
    (["help", "drw"], "unknown command 'drw'; did you mean 'draw'?"),
    (["help", "draw", "now"], "sample draw has no command 'now'"),
    (["store"], "missing command: one of build, validate"),
    ([], "missing command: one of draw, copy, store"),
    (["draw"], "missing operand <file>"),
    (["copy"], "missing operand <from>"),
    (["copy", "a", "b", "c"], "unexpected operand 'c'"),
    (["store", "build", "x"], "unexpected operand 'x'"),
    (["draw", "f", "--target"], "option '--target' needs a value <name>"),
    (
      ["draw", "-t", "-q", "f"],
      "option '-t' needs a value <name>; if it is '-q', write '--target=-q'"
    ),
    (["draw", "f", "--quiet=yes"], "option '--quiet' takes no value"),
    (["draw", "f", "-s", "square", "-s", "circle"], "option '--shape' is given twice"),
    (["draw", "f", "--target="], "value '' of option '--target' is empty"),
    (
      ["draw", "f", "--shape=sqare"],
      "value 'sqare' of option '--shape' is none of circle, square, triangle; did you mean 'square'?"
    ),
    (["draw", "f", "-j", "two"], "value 'two' of option '-j' is no whole number"),
    (["draw", "f", "-j", "0"], "value '0' of option '-j' is less than 1"),
    (["draw", "f", "-j", "-5"], "value '-5' of option '-j' is less than 1"),
    (["draw", "f", "--jobs=65"], "value '65' of option '--jobs' is more than 64"),
    (
      ["draw", "f", "--jobs=99999999999999999999"],
      "value '99999999999999999999' of option '--jobs' is no whole number"
    ),
  ])
  func theOffendingWordIsNamed(words: [String], message: String) {
    let failure = #expect(throws: UsageFailure.self) { try Sample.root.parse(words) }
    #expect(failure?.message == message)
  }

  @Test(arguments: [
    (["draw"], "run 'sample help draw' for what it takes"),
    (["store", "validate", "-x"], "run 'sample help store validate' for what it takes"),
    (["-x"], "run 'sample help' for what it takes"),
  ])
  func theHintLeadsToTheHelpOfTheCommand(words: [String], hint: String) {
    let failure = #expect(throws: UsageFailure.self) { try Sample.root.parse(words) }
    #expect(failure?.hint == hint)
  }

  @Test func aToolWithoutCommandsPointsToItsOption() {
    let failure = #expect(throws: UsageFailure.self) { try Sample.copy.parse([]) }
    #expect(failure?.hint == "run 'copy --help' for what it takes")
  }

  @Test func whatIsQuotedIsFitForATerminal() {
    let failure = #expect(throws: UsageFailure.self) {
      try Sample.root.parse(["--a\u{1B}[31m\u{202E}\n"])
    }
    #expect(failure?.message == #"unknown option '--a\u{1B}[31m\u{202E}\n'"#)
  }

  @Test func longWordsAreCut() {
    let word = String(repeating: "x", count: 100_000)
    let failure = #expect(throws: UsageFailure.self) { try Sample.root.parse([word]) }
    #expect(failure?.message == "unknown command '\(word.prefix(80))...'")
  }

  @Test func aCommandCanFailTheSameWay() throws {
    let failure = try Sample.arguments("copy", "a").failure("a is no place")
    #expect(failure.description == "a is no place\nrun 'sample help copy' for what it takes")
  }
}
