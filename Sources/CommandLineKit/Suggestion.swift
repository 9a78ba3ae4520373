/// Guesses which known word was meant by an unknown one.
///
/// ```swift
/// Suggestion.nearest(to: "ascned", among: ["ascend", "musa"])  // "ascend"
/// ```
public enum Suggestion {
  /// Finds the candidate nearest to `word`, or nil when none is near.
  ///
  /// Near is an edit distance of at most a third of the longer word, at least one, whatever the case
  /// of the letters; failing that, the only candidate that begins with `word`. Of equally near ones
  /// the first wins.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars)
    var best: (distance: Int, word: String)?
    for candidate in candidates {
      let letters = Array(candidate.lowercased().unicodeScalars)
      let limit = max(1, max(letters.count, wanted.count) / 3)
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = editDistance(wanted, letters)
      // One letter in place of another is no likeness.
      guard distance <= limit, distance < letters.count else { continue }
      if distance < best?.distance ?? Int.max { best = (distance, candidate) }
    }
    if let best { return best.word }
    let longer = candidates.filter { $0.hasPrefix(word) }
    return longer.count == 1 && wanted.count > 1 ? longer.first : nil
  }

  /// Counts the letters to insert, delete, replace or swap with their neighbour.
  static func editDistance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for (row, letter) in first.enumerated() {
      var current = [row + 1]
      for (column, other) in second.enumerated() {
        let replaced = last[column] + (letter == other ? 0 : 1)
        var least = min(replaced, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, letter == second[column - 1], other == first[row - 1] {
          least = min(least, beforeLast[column - 1] + 1)
        }
        current.append(least)
      }
      (beforeLast, last) = (last, current)
    }
    return last[second.count]
  }
}
