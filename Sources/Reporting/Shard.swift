/// One part of a run that is divided among machines: every `count`th model, from the `index`th on.
public struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// Which part, counted from 1.
  public let index: Int
  /// Number of parts.
  public let count: Int

  /// Makes a part; nil unless `1...count` holds the index.
  public init?(index: Int, count: Int) {
    guard index >= 1, index <= count else { return nil }
    self.index = index
    self.count = count
  }

  /// Reads `2/4`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]) else { return nil }
    self.init(index: index, count: count)
  }

  /// The elements of this part.
  public func part<Element>(of elements: [Element]) -> [Element] {
    stride(from: index - 1, to: elements.count, by: count).map { elements[$0] }
  }

  /// `2/4`.
  public var description: String { "\(index)/\(count)" }
}
