/// A sentence with places for values, such as `nothing is known of {what} on {door}`.
struct PhrasePattern: Sendable {
  /// The sentence between the places; one more than there are places.
  private let literals: [Substring]
  /// The names of the places.
  private let names: [Substring]
  /// The sentence in another language, with the same places.
  let translation: String

  /// Takes a sentence apart; nil when it has no places.
  init?(_ sentence: String, translation: String) {
    var literals: [Substring] = []
    var names: [Substring] = []
    var rest = sentence[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      literals.append(rest[..<open])
      names.append(rest[rest.index(after: open)..<close])
      rest = rest[rest.index(after: close)...]
    }
    guard !names.isEmpty else { return nil }
    self.literals = literals + [rest]
    self.names = names
    self.translation = translation
  }

  /// How many bytes of a sentence are told by the pattern itself: the more, the closer it fits.
  var weight: Int { literals.reduce(0) { $0 + $1.utf8.count } }

  /// What stands in the places of a sentence; nil when it is not of this pattern.
  func values(in sentence: String) -> [(name: Substring, value: Substring)]? {
    guard let first = literals.first, sentence.hasPrefix(first) else { return nil }
    var rest = sentence.dropFirst(first.count)
    var values: [(name: Substring, value: Substring)] = []
    for (name, literal) in zip(names, literals.dropFirst()) {
      let isLast = values.count == names.count - 1
      if isLast {
        guard rest.hasSuffix(literal) else { return nil }
        values.append((name, rest.dropLast(literal.count)))
        break
      }
      guard !literal.isEmpty, let place = rest.firstRange(of: literal) else { return nil }
      values.append((name, rest[..<place.lowerBound]))
      rest = rest[place.upperBound...]
    }
    return values.allSatisfy { !$0.value.isEmpty } ? values : nil
  }

  /// The translation with values in its places.
  func filled(_ values: [(name: Substring, value: String)]) -> String {
    var rest = translation[...]
    var result = ""
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = rest[rest.index(after: open)..<close]
      result += rest[..<open]
      result += values.first { $0.name == name }?.value ?? String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
