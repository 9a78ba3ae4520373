/// Extents that the user fixes before inference.
public struct InputPins: Sendable, Hashable {
  /// Extents by symbol, as in `--dim batch=1`.
  public var symbols: [String: Int64]
  /// Shapes by graph input, as in `--input-shape x=1x3x224x224`; nil leaves a dim as declared.
  public var shapes: [String: [Int64?]]

  /// Makes pins; without arguments nothing is fixed.
  public init(symbols: [String: Int64] = [:], shapes: [String: [Int64?]] = [:]) {
    self.symbols = symbols
    self.shapes = shapes
  }

  /// No pins.
  public static let none = InputPins()
}
