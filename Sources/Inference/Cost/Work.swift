/// Arithmetic that a node does, counted without regard to how fast hardware does it.
public struct Work: Sendable, Hashable {
  /// Multiplications that are each followed by an addition, in products of matrices and convolutions.
  public let multiplyAdds: Int64
  /// All other operations on elements: additions, comparisons, divisions, and elementary functions
  /// such as an exponential as one each.
  public let operations: Int64

  /// Makes an amount of work.
  public init(multiplyAdds: Int64 = 0, operations: Int64 = 0) {
    self.multiplyAdds = max(0, multiplyAdds)
    self.operations = max(0, operations)
  }

  /// Nothing to compute: data are moved at most.
  public static let none = Work()

  /// Floating-point operations, two for each multiply-add; the largest number when it does not fit.
  public var flops: Int64 {
    multiplyAdds.timesClamping(2).plusClamping(operations)
  }

  func times(_ count: Int64) -> Work {
    Work(
      multiplyAdds: multiplyAdds.timesClamping(count), operations: operations.timesClamping(count))
  }

  func plus(_ other: Work) -> Work {
    Work(
      multiplyAdds: multiplyAdds.plusClamping(other.multiplyAdds),
      operations: operations.plusClamping(other.operations))
  }
}

extension Int64 {
  /// The sum of two amounts, or the largest number when it is larger.
  package func plusClamping(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  /// The product of two amounts, or the largest number when it is larger.
  package func timesClamping(_ other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}

extension Sequence<Int64> {
  /// The product of extents, or the largest number when it is larger.
  var clampedProduct: Int64 { reduce(1) { $0.timesClamping($1) } }
}
