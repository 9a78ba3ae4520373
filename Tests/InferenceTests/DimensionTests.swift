import Bytes
import ModelGraph
import Testing

@testable import Inference

@Suite struct DimensionTests {
  /// A table with the symbols `N` and `M`.
  private struct Symbols: ~Copyable {
    var table = DimensionTable()
    let n: Dim
    let m: Dim

    init() {
      n = table.symbol("N")
      m = table.symbol("M")
    }

    func text(_ dim: Dim) -> String { table.text(dim, in: ModelGraph(source: ByteSource([]))) }
  }

  @Test func `sums and products have one form`() {
    var dims = Symbols()
    let first = dims.table.product(dims.table.sum(dims.n, dims.m), dims.table.sum(dims.m, dims.n))
    let squares = dims.table.sum(
      dims.table.product(dims.n, dims.n), dims.table.product(dims.m, dims.m))
    let twice = dims.table.product(dims.table.product(dims.n, dims.m), dims.table.fixed(2))
    let second = dims.table.sum(squares, twice)
    #expect(first == second)
    #expect(dims.text(first) == "N*N + N*M*2 + M*M")
    #expect(dims.table.difference(first, second) == .zero)
  }

  @Test func `division cancels what both sides share`() {
    var dims = Symbols()
    let total = dims.table.product(of: [dims.n, dims.m, dims.table.fixed(12)])
    let part = dims.table.product(dims.m, dims.table.fixed(4))
    #expect(dims.text(dims.table.floorQuotient(total, part)) == "N*3")
    let sum = dims.table.sum(dims.n, dims.m)
    #expect(dims.table.floorQuotient(dims.table.product(sum, dims.n), sum) == dims.n)
  }

  @Test func `nested divisions flatten`() {
    var dims = Symbols()
    let two = dims.table.fixed(2)
    var extent = dims.n
    for _ in 0..<5 { extent = dims.table.ceilingQuotient(extent, two) }
    #expect(dims.text(extent) == "(N + 31)/32")
  }

  @Test func `whole parts leave a division`() {
    var dims = Symbols()
    let raised = dims.table.sum(
      dims.table.product(dims.n, dims.table.fixed(4)), dims.table.fixed(7))
    #expect(dims.text(dims.table.floorQuotient(raised, dims.table.fixed(4))) == "N + 1")
    let mixed = dims.table.sum(dims.table.product(dims.n, dims.table.fixed(6)), dims.table.fixed(3))
    #expect(dims.text(dims.table.floorQuotient(mixed, dims.table.fixed(4))) == "(N*3 + 1)/2")
  }

  @Test func `extremes fold when the order is certain`() {
    var dims = Symbols()
    let next = dims.table.sum(dims.n, .one)
    #expect(dims.table.maximum(dims.n, next) == next)
    #expect(dims.table.minimum(dims.n, next) == dims.n)
    #expect(dims.text(dims.table.maximum(dims.m, dims.n)) == "max(N, M)")
  }

  @Test func `overflow and absurd growth end in unknown`() {
    var dims = Symbols()
    let huge = dims.table.fixed(.max)
    #expect(dims.table.sum(huge, .one).isUnknown)
    #expect(dims.table.product(dims.table.product(dims.n, huge), dims.table.fixed(2)).isUnknown)
    var power = dims.n
    for _ in 0..<40 { power = dims.table.product(power, dims.table.sum(dims.n, dims.m)) }
    #expect(power.isUnknown)
    #expect(dims.table.floorQuotient(dims.n, .zero).isUnknown)
  }

  @Test func `deep nesting ends in unknown`() {
    var dims = Symbols()
    var extent = dims.n
    for step in 0..<20 {
      let shifted = dims.table.sum(extent, dims.m)
      extent = dims.table.minimum(
        dims.table.floorQuotient(shifted, dims.table.fixed(Int64(step) + 2)), dims.m)
    }
    #expect(extent.isUnknown)
  }

  @Test func `unknown extents spread, but not through zero`() {
    var dims = Symbols()
    #expect(dims.table.sum(.unknown, .one).isUnknown)
    #expect(dims.table.product(.unknown, .zero) == .zero)
  }
}
