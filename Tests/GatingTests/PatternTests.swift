import Gating
import Testing

@Suite struct PatternTests {
  @Test(arguments: [
    ("conv", "conv", true), ("conv", "conv2", false), ("*", "", true), ("*", "a/b", true),
    ("a*c", "abbc", true), ("a*c", "abbcd", false), ("a*b*c", "aXbYbZc", true), ("?", "é", true),
    ("??", "é", false), ("", "", true), ("", "a", false), ("*.q", "layer.0.q", true),
    ("a**b", "ab", true), ("[ab]", "a", false), ("[ab]", "[ab]", true),
  ])
  func starsAndQuestionMarksStandForText(pattern: String, text: String, matches: Bool) {
    #expect(Pattern(pattern).matches(text) == matches)
  }

  @Test func manyStarsDoNotTakeForEver() {
    let pattern = Pattern(String(repeating: "*a", count: 500) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 5000)))
  }
}
