/// A whole number that may depend on the sizes of the inputs: a dimension, or one element of a
/// tensor that carries shapes.
///
/// Four bytes. An extent that fits stands in the code itself; anything else is an entry of the
/// `DimensionTable` that made it, where equal expressions have equal codes.
struct Dim: Sendable, Hashable {
  /// From 0 the extent itself, below 0 the complement of an entry's position.
  let code: Int32

  /// Nothing is known; not equal to another unknown one.
  static let unknown = Dim(code: .min)
  static let zero = Dim(code: 0)
  static let one = Dim(code: 1)

  init(code: Int32) { self.code = code }

  /// The extent when it stands in the code itself.
  var inlineValue: Int64? { code >= 0 ? Int64(code) : nil }

  var isUnknown: Bool { code == .min }
}
