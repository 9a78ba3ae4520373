import Testing

@testable import CommandLineKit

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("ascned", "ascend"), ("asend", "ascend"), ("ASCEND", "ascend"), ("mus", "musa"),
    ("onnx", "onnxruntime"), ("onxxrunime", "onnxruntime"), ("onnxrt", nil), ("mx", nil),
    ("cuda", nil),
    ("x", nil),
    ("", nil),
  ])
  func onlyNearWordsAreSuggested(word: String, expected: String?) {
    #expect(Suggestion.nearest(to: word, among: ["ascend", "musa", "onnxruntime"]) == expected)
  }

  @Test func theFirstOfEquallyNearWordsWins() {
    #expect(Suggestion.nearest(to: "cat", among: ["bat", "rat"]) == "bat")
  }

  @Test func aBeginningOfTwoWordsSuggestsNone() {
    #expect(Suggestion.nearest(to: "in", among: ["integer", "inspect"]) == nil)
  }

  @Test(arguments: [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("ab", "ba", 1)])
  func distancesAreCounted(first: String, second: String, expected: Int) {
    let distance = Suggestion.editDistance(
      Array(first.unicodeScalars), Array(second.unicodeScalars))
    #expect(distance == expected)
  }
}
