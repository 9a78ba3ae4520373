import Compatibility
import Testing

@testable import Reporting

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a\nb\tc\r", "a\\nb\\tc\\r"), ("\u{1B}[0m", "\\u{1B}[0m"),
    ("\u{0}", "\\u{0}"), ("\u{85}", "\\u{85}"), ("a\u{202E}b", "a\\u{202E}b"),
    ("é 你好 👩‍👧", "é 你好 👩‍👧"), ("\u{FFFD}", "\u{FFFD}"), ("back\\slash", "back\\slash"),
  ])
  func whatCannotBeSeenIsSpelledOut(text: String, visible: String) {
    #expect(text.visible() == visible)
  }

  @Test func lineEndsMayStay() {
    #expect("a\nb\r".visible(keepsLineEnds: true) == "a\nb\\r")
  }

  @Test(arguments: [("×…–", "x...-"), ("é", "\\u{E9}"), ("a\u{A0}b", "a b"), ("~", "~")])
  func asciiSpellsTheRestOut(text: String, ascii: String) {
    #expect(text.visible(isASCII: true) == ascii)
  }

  @Test func longTextsAreCutByCodePoints() {
    #expect("abcdef".visible(limit: 3) == "abc…")
    #expect("abcdef".visible(limit: 3, isASCII: true) == "abc...")
    #expect("abc".visible(limit: 3) == "abc")
    #expect("éèê".visible(limit: 3) == "éèê")
    #expect(("e" + String(repeating: "\u{301}", count: 9)).visible(limit: 3) == "e\u{301}\u{301}…")
  }

  @Test func shortenedTextsKeepEverythingElse() {
    #expect("a\u{0}bc".shortened(to: 3) == "a\u{0}b…")
    #expect("你好".shortened(to: 2) == "你好")
  }

  @Test(arguments: [
    ("abc", 3), ("é", 1), ("e\u{301}", 1), ("你好", 4), ("한국", 4), ("ﾊ", 1), ("😀", 2), ("", 0),
    ("a\u{200D}b", 2),
  ])
  func widthsAreThoseOfATerminal(text: String, columns: Int) {
    #expect(text.columns == columns)
  }

  @Test(arguments: [
    ("abc", ["abc"]), ("你好", ["你", "好"]), ("ab你c", ["ab", "你", "c"]),
    ("你\u{301}好", ["你\u{301}", "好"]), ("", [""]),
  ])
  func linesMayEndBetweenWideCharacters(text: String, parts: [String]) {
    #expect(text.breakable == parts)
  }
}
