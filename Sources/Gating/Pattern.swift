/// A pattern over names: `*` stands for any text, `?` for one character, everything else for itself.
public struct Pattern: Sendable, Hashable {
  private let scalars: [Unicode.Scalar]

  /// Makes a pattern.
  public init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// Whether it matches a whole text; takes time in the product of the lengths at worst.
  public func matches(_ text: String) -> Bool {
    let text = Array(text.unicodeScalars)
    var place = 0
    var at = 0
    // Where to go on when a guess about the last star was wrong.
    var retry: (place: Int, at: Int)?
    while at < text.count {
      if place < scalars.count, scalars[place] == "*" {
        retry = (place, at)
        place += 1
      } else if place < scalars.count, scalars[place] == "?" || scalars[place] == text[at] {
        place += 1
        at += 1
      } else if let last = retry {
        retry = (last.place, last.at + 1)
        place = last.place + 1
        at = last.at + 1
      } else {
        return false
      }
    }
    return scalars[place...].allSatisfy { $0 == "*" }
  }
}
